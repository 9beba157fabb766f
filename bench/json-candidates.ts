/**
 * Who reads JSON that arrives in pieces: `JSON.parse` once at the end, which is the floor; this library, its values not read,
 * read, and read through its operator; and two parsers that others use for this.
 */
import { JSONParser } from '@streamparser/json';
import { parse } from 'partial-json';
import { from } from 'rxjs';

import { accumulateJson, initialJson, jsonValue } from '../src/json/index.js';
import { scanJson } from '../src/steps/scan-json.js';

/** Reads a text from its pieces, and hands over the value so far behind every one of them whose number `every` divides. */
export type JsonCandidate = (pieces: readonly string[], every: number, next: (value: unknown) => void) => void;

/** The candidates by name. */
export const jsonCandidates = {
  /** The whole, once; the pieces are joined before. */
  floor: (pieces, _every, next) => {
    next(JSON.parse(pieces.length === 1 ? pieces[0]! : pieces.join('')));
  },
  /** Only the last value. */
  unread: (pieces, _every, next) => {
    let state = initialJson;
    for (const piece of pieces) state = accumulateJson(state, piece);
    next(jsonValue(state));
  },
  read: (pieces, every, next) => {
    let state = initialJson;
    pieces.forEach((piece, at) => {
      state = accumulateJson(state, piece);
      if ((at + 1) % every === 0) next(jsonValue(state));
    });
  },
  scanJson: (pieces, every, next) => {
    let count = 0;
    void from(pieces)
      .pipe(scanJson())
      .subscribe({
        next: (snapshot) => {
          count += 1;
          if (count % every === 0) next(snapshot.value);
        },
        error: console.error,
      });
  },
  /** Hands over the same object every time, and writes to it: no snapshots, and no strings that grow. */
  'stream-p.': (pieces, every, next) => {
    const parser = new JSONParser({ emitPartialTokens: true, emitPartialValues: true });
    let root: unknown;
    parser.onValue = ({ value, parent, stack }) => {
      root = stack.length === 0 ? value : (stack[1]?.value ?? parent);
    };
    pieces.forEach((piece, at) => {
      parser.write(piece);
      if ((at + 1) % every === 0) next(root);
    });
  },
  /** Parses all of the text for every value. */
  'partial-j.': (pieces, every, next) => {
    let text = '';
    pieces.forEach((piece, at) => {
      text += piece;
      if ((at + 1) % every === 0) next(parse(text));
    });
  },
} satisfies Record<string, JsonCandidate>;

export type JsonCandidateName = keyof typeof jsonCandidates;
