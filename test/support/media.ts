import fc from 'fast-check';
import type { Content, Delta, Interaction, InteractionEvent, MediaBlock, MediaModality } from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop } from 'rx-interactions/testing';

export const encode = (bytes: Uint8Array | string): string => Buffer.from(bytes as string, 'latin1').toString('base64');

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

export const joined = (pieces: readonly (Uint8Array | undefined)[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => [...(piece ?? [])]));

/** The delta that brings a piece of sound. */
export const soundDelta = (
  data: string,
  more: Partial<Extract<Delta, { readonly type: 'audio' }>> = {},
): Extract<Delta, { readonly type: 'audio' }> => ({ type: 'audio', mime_type: 'audio/l16', data, ...more });

/** Samples, none of which look like the beginning of a file. */
const samples = (maxLength: number) =>
  fc.uint8Array({ minLength: 1, maxLength }).map((bytes) => bytes.map((byte) => byte | 0x80));

const cutText = (text: string, places: readonly number[]): readonly string[] => {
  const edges = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return edges.slice(1).map((end, at) => text.slice(edges[at], end));
};

/** A sound, and the pieces of base64 that it comes in. */
export interface Sound {
  readonly bytes: Uint8Array;
  readonly pieces: readonly string[];
}

/** Encoded piece by piece, each with the padding it needs. */
const encodedInPieces: fc.Arbitrary<Sound> = fc
  .array(samples(9), { minLength: 1, maxLength: 8 })
  .map((parts) => ({ bytes: joined(parts), pieces: parts.map(encode) }));

const MAGIC = /^(?:UklGR|T2dnU|ZkxhQ|SUQz)/;

/** Encoded as a whole and cut behind any letter. */
const cutAnywhere = (bytes: fc.Arbitrary<Uint8Array>, isPadded: boolean): fc.Arbitrary<Sound> =>
  fc
    .tuple(bytes, fc.array(fc.nat({ max: 100 }), { maxLength: 8 }))
    .map(([all, places]) => ({
      bytes: all,
      pieces: cutText(isPadded ? encode(all) : encode(all).replace(/=+$/, ''), places),
    }))
    .filter(({ pieces }) => !pieces.some((piece) => MAGIC.test(piece)));

/** Without padding, whatever follows. */
const cutWholeGroups = cutAnywhere(
  samples(40).filter(({ length }) => length % 3 === 0),
  true,
);

export const sound: fc.Arbitrary<Sound> = fc.oneof(
  encodedInPieces,
  cutAnywhere(samples(40), true),
  cutAnywhere(samples(40), false),
);

const text = (value: string): Delta & Content => ({ type: 'text', text: value });
const note: Delta = { type: 'text_annotation_delta', annotations: [{ type: 'url_citation', url: 'u', end_index: 1 }] };

const someSound = (kind: fc.Arbitrary<Sound>): fc.Arbitrary<readonly Delta[]> =>
  fc
    .tuple(
      kind,
      fc.constantFrom({}, { mime_type: 'audio/wav' }, { sample_rate: 24_000, channels: 1 }, { rate: 24_000 }),
    )
    .map(([{ pieces }, more]) => pieces.map((piece) => soundDelta(piece, more)));

/** Deltas of an output: text, media of all kinds, annotations, and what has no place in it. */
const deltas = (kind: fc.Arbitrary<Sound>): fc.Arbitrary<readonly Delta[]> =>
  fc
    .array(
      fc.oneof(
        someSound(kind),
        fc
          .constantFrom<Delta>(
            text('a'),
            text('b'),
            text(''),
            note,
            { type: 'image', mime_type: 'image/png', data: encode('png') },
            { type: 'image', uri: 'https://example.com/i' },
            { type: 'image', data: encode('jpeg'), uri: 'https://example.com/i' },
            { type: 'image', mime_type: 'image/png' },
            { type: 'video', data: encode('video') },
            { type: 'video', uri: 'https://example.com/v', mime_type: 'video/mp4' },
            { type: 'document', data: '', mime_type: 'application/pdf' },
            { type: 'audio' },
            soundDelta(''),
            soundDelta(encode('RIFF in file'), { mime_type: 'audio/wav' }),
            soundDelta(encode('OggS in file')),
            soundDelta(encode('bytes'), { uri: 'https://example.com/s' }),
            { type: 'audio', uri: 'https://example.com/s' },
            { type: 'thought_signature', signature: 's' },
            { type: 'unknown', received: { type: 'x_new' } },
          )
          .map((delta) => [delta]),
      ),
      { maxLength: 8 },
    )
    .map((all) => all.flat());

const startContent: fc.Arbitrary<readonly Content[]> = fc.array(
  fc.constantFrom<Content>(
    text('a'),
    text(''),
    { type: 'image' },
    { type: 'image', data: encode('png') },
    { type: 'audio' },
    { type: 'audio', mime_type: 'audio/l16', data: 'gIGC' },
    { type: 'audio', mime_type: 'audio/mp3', data: 'gIE=' },
    { type: 'video', uri: 'https://example.com/v' },
    { type: 'unknown', received: { type: 'x_new' } },
  ),
  { maxLength: 3 },
);

/** Whole answers of up to three steps, whose deltas interleave, with media and other things in any order. */
export const answersWithMedia: fc.Arbitrary<readonly InteractionEvent[]> = fc
  .constantFrom(encodedInPieces, cutWholeGroups)
  .chain((kind) =>
    fc.tuple(
      fc.array(fc.tuple(startContent, deltas(kind), fc.boolean()), { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat({ max: 2 }), { maxLength: 60 }),
    ),
  )
  .map(([steps, turns]) => {
    const streams = steps.map(([content, all, hasStart], index): InteractionEvent[] => [
      ...(hasStart ? [stepStart(index, { type: 'model_output', ...(content.length > 0 && { content }) })] : []),
      ...all.map((delta) => stepDelta(index, delta)),
      stepStop(index),
    ]);
    const interleaved = turns.flatMap((turn) => streams[turn % streams.length]?.splice(0, 1) ?? []);
    return [created(), ...interleaved, ...streams.flat(), completed()];
  });

/** The blocks of one modality that an interaction shows and that can be had, as they should come out of a stream. */
export const blocksIn = ({ steps }: Interaction, modality: MediaModality): readonly MediaBlock[] =>
  steps.flatMap((step, position) =>
    step.type === 'model_output'
      ? (step.content ?? []).flatMap((content, block): readonly MediaBlock[] => {
          if (content.type !== modality || (content.data === undefined && content.uri === undefined)) return [];
          return [
            {
              position,
              block,
              mimeType: content.mime_type,
              ...(content.data !== undefined && { bytes: Uint8Array.from(bytesOf(content.data)) }),
              ...(content.uri !== undefined && { uri: content.uri }),
              ...(content.type === 'audio' && content.sample_rate !== undefined && { sampleRate: content.sample_rate }),
              ...(content.type === 'audio' && content.channels !== undefined && { channels: content.channels }),
            },
          ];
        })
      : [],
  );

/** In the order in which an interaction shows them. */
export const inPlace = <B extends Pick<MediaBlock, 'position' | 'block'>>(blocks: readonly B[]): readonly B[] =>
  [...blocks].sort((a, b) => a.position - b.position || a.block - b.block);

export const MODALITIES: readonly MediaModality[] = ['image', 'audio', 'video', 'document'];
