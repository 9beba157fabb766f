import { SourceMap, type SourceMapPayload } from 'node:module';
import { gzipSync } from 'node:zlib';

import { roomOf } from './place-of.js';

/** What a room has in a bundle, in bytes. */
export interface RoomBytes {
  readonly room: string;
  readonly minified: number;
  /** By how much the gzipped bundle is smaller without it: what it has in common with the others is nobody's. */
  readonly gzip: number;
}

/** Between rooms: imports and exports, and what the bundler adds. */
const BETWEEN = 'imports and exports';

const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length;

interface Piece {
  readonly room: string;
  readonly text: string;
}

/** The bundle in pieces, each of one room. */
const piecesOf = (code: string, map: SourceMapPayload): readonly Piece[] => {
  const sources = new SourceMap(map);
  return code.split(/(?<=\n)/).flatMap((line, lineAt) => {
    const rooms = Array.from({ length: line.length }, (_, at) => {
      const { originalSource }: { readonly originalSource?: string } = sources.findEntry(lineAt, at);
      return originalSource === undefined ? BETWEEN : roomOf(originalSource);
    });
    const starts = rooms.flatMap((room, at) => (room === rooms[at - 1] ? [] : [{ room, at }]));
    return starts.map(({ room, at }, nth) => ({ room, text: line.slice(at, starts[nth + 1]?.at) }));
  });
};

/** Takes a bundle apart, by the map that goes with it; the largest room first. */
export const bytesByRoom = (code: string, map: SourceMapPayload): readonly RoomBytes[] => {
  const pieces = piecesOf(code, map);
  const whole = gzipped(code);
  const joined = (wanted: (piece: Piece) => boolean): string =>
    pieces.flatMap((piece) => (wanted(piece) ? piece.text : [])).join('');
  return [...new Set(pieces.map(({ room }) => room))]
    .map((of) => ({
      room: of,
      minified: joined(({ room }) => room === of).length,
      gzip: whole - gzipped(joined(({ room }) => room !== of)),
    }))
    .sort((a, b) => b.gzip - a.gzip);
};
