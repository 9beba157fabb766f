import fc from 'fast-check';
import { from } from 'rxjs';
import {
  DecodeError,
  type Delta,
  type InteractionEvent,
  type MediaChunk,
  mediaChunks,
  type MediaModality,
  reduceInteraction,
} from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { costRatio } from '../support/cost.js';
import {
  answersWithMedia,
  blocksIn,
  encode,
  inPlace,
  joined,
  MODALITIES,
  sound,
  soundDelta,
} from '../support/media.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

const chunksOf = (modality: MediaModality, ...events: readonly InteractionEvent[]): readonly MediaChunk[] =>
  valuesOf(from(events).pipe(mediaChunks(modality)));

/** One step with these deltas, which stops. */
const stepOf = (...deltas: readonly Delta[]): readonly InteractionEvent[] => [
  stepStart(0, 'model_output'),
  ...deltas.map((delta) => stepDelta(0, delta)),
  stepStop(0),
];

const soundsOf = (...deltas: readonly Delta[]): readonly MediaChunk[] => chunksOf('audio', ...stepOf(...deltas));

/** Chunks in few words: block, bytes as text, flags. */
const shown = (chunks: readonly MediaChunk[]) =>
  chunks.map(({ block, bytes, uri, first, last }) =>
    [block, bytes ? Buffer.from(bytes).toString('latin1') : uri, `${first ? '^' : ''}${last ? '$' : ''}`].join(' '),
  );

const image = (data: string): Delta => ({ type: 'image', mime_type: 'image/png', data });

const ABC = Uint8Array.of(97, 98, 99);

describe('mediaChunks', () => {
  const chunk = { position: 0, block: 0, mimeType: 'audio/l16' };

  operatorQuestions(() => mediaChunks('audio'), {
    letters: { a: stepDelta(0, soundDelta('YWJj')), b: stepDelta(0, soundDelta('YWJjYW')) },
    values: {
      A: { ...chunk, bytes: ABC, first: true, last: false },
      B: { ...chunk, bytes: ABC, first: false, last: false },
      C: { ...chunk, bytes: Uint8Array.of(), first: false, last: true },
      D: { ...chunk, bytes: ABC.subarray(0, 1), first: false, last: true },
    },
    one: {
      events: '-a-|',
      result: '-A-|',
    },
    many: {
      events: '-c-s-a-a-b-p-f|',
      result: '-----A-B-B-D--|',
    },
    fails: {
      events: '-c-s-a-#',
      result: '-----A-#',
    },
    left: {
      events: '-c-s-a-a-',
      until: ' ------!  ',
      result: '-----A---',
    },
    again: 'sap',
  });

  operatorQuestions(() => mediaChunks('image'), {
    letters: { i: stepDelta(0, image('YWJj')) },
    values: {
      I: { ...chunk, mimeType: 'image/png', bytes: ABC, first: true, last: true },
      J: { ...chunk, mimeType: 'image/png', block: 1, bytes: ABC, first: true, last: true },
    },
    one: {
      events: '-i-|',
      result: '-I-|',
    },
    many: {
      events: '-c-s-i-i-p-f|',
      result: '-----I-J----|',
    },
    fails: {
      events: '-c-s-i-#',
      result: '-----I-#',
    },
    left: {
      events: '-c-s-i-i-',
      until: ' ------!  ',
      result: '-----I---',
    },
    again: 'sip',
  });

  describe('of sound', () => {
    it('gives the bytes of what came, however the base64 was cut', () => {
      fc.assert(
        fc.property(sound, ({ bytes, pieces }) => {
          const events = stepOf(...pieces.map((piece) => soundDelta(piece)));
          const chunks = chunksOf('audio', ...events);
          const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));

          expect(joined(chunks.map((one) => one.bytes))).toEqual(bytes);
          expect(blocksIn(interaction!, 'audio').map((block) => block.bytes)).toEqual([bytes]);
          expect(new Set(chunks.map(({ block }) => block))).toEqual(new Set([0]));
        }),
        { numRuns: 500 },
      );
    });

    it('keeps back no more than the group of letters that is not whole', () => {
      fc.assert(
        fc.property(sound, ({ pieces }) => {
          let came = 0;
          let given = 0;
          from(pieces.map((piece) => stepDelta(0, soundDelta(piece))))
            .pipe(mediaChunks('audio'))
            .subscribe(({ bytes }) => (given += bytes?.length ?? 0));
          for (const piece of pieces) came += Buffer.from(piece, 'base64').length;
          expect(came - given).toBeLessThanOrEqual(3);
        }),
      );
    });

    it('says which piece is the first, and which the last', () => {
      expect(shown(soundsOf(soundDelta('YWJj'), soundDelta('YWJj')))).toEqual(['0 abc ^', '0 abc ', '0  $']);
      expect(shown(soundsOf(soundDelta('YWI=')))).toEqual(['0 ab ^', '0  $']);
      // pieces that are padded are complete: their bytes stay together, which matters to who plays samples of 16 bits
      expect(shown(soundsOf(soundDelta('YWJjYWI='), soundDelta('Yw==')))).toEqual(['0 abcab ^', '0 c ', '0  $']);
    });

    it.each([
      ['text', { type: 'text', text: 'a' } as const],
      ['an image', image('YWJj')],
      ['a sound by reference', { type: 'audio', uri: 'u', mime_type: 'audio/l16' } as const],
    ])('is over where %s follows', (_what, delta) => {
      const chunks = soundsOf(soundDelta('YWJj'), delta, soundDelta('YWJj')).filter(({ uri }) => uri === undefined);
      expect(shown(chunks)).toEqual(['0 abc ^', '0  $', '2 abc ^', '2  $']);
    });

    it.each([
      ['annotations', { type: 'text_annotation_delta', annotations: [{ type: 'url_citation' }] } as const],
      ['an empty text', { type: 'text', text: '' } as const],
      ['a signature', { type: 'thought_signature', signature: 's' } as const],
      ['something unknown', { type: 'unknown', received: { type: 'x_new' } } as const],
    ])('goes on behind %s', (_what, delta) => {
      expect(shown(soundsOf(soundDelta('YWJj'), delta, soundDelta('YWJj')))).toEqual(['0 abc ^', '0 abc ', '0  $']);
    });

    it.each(['RIFF', 'OggS', 'fLaC', 'ID3'])('begins a block of its own where a file begins: %s (R2a)', (magic) => {
      expect(shown(soundsOf(soundDelta('YWJj'), soundDelta(encode(`${magic}......`))))).toEqual([
        '0 abc ^',
        '0  $',
        `1 ${magic}...... ^`,
        '1  $',
      ]);
    });

    it.each([
      ['mime type', { mime_type: 'audio/wav' }],
      ['sample rate', { sample_rate: 16_000 }],
      ['number of channels', { channels: 2 }],
    ])('begins a block of its own where the %s changes', (_what, more) => {
      expect(soundsOf(soundDelta('YWJj'), soundDelta('YWJj', more)).map(({ block }) => block)).toEqual([0, 0, 1, 1]);
    });

    it('knows its rate and its channels, in the older spelling too', () => {
      const [first, , last] = soundsOf(
        soundDelta('YWJj', { sample_rate: 24_000, channels: 1 }),
        soundDelta('YWJj', { rate: 24_000, channels: 1 }),
      );
      expect(first).toMatchObject({ mimeType: 'audio/l16', sampleRate: 24_000, channels: 1, first: true });
      expect(last).toMatchObject({ mimeType: 'audio/l16', sampleRate: 24_000, channels: 1, last: true });
    });

    it('takes what is not said of it from the placeholder it fills', () => {
      const start = stepStart(0, { type: 'model_output', content: [{ type: 'audio', sample_rate: 24_000 }] });
      expect(chunksOf('audio', start, stepDelta(0, soundDelta('YWJj')))).toEqual([
        { ...chunk, bytes: ABC, sampleRate: 24_000, first: true, last: false },
      ]);
    });

    it('that is cut has no last piece', () => {
      const begun = [created(), stepStart(0, 'model_output'), stepDelta(0, soundDelta('YWJjYW'))];
      expect(shown(chunksOf('audio', ...begun))).toEqual(['0 abc ^']);
      // A replay tells it again, from its first piece.
      expect(shown(chunksOf('audio', ...begun, ...begun, stepStop(0)))).toEqual(['0 abc ^', '0 abc ^', '0 a $']);
    });

    it('is complete where the interaction is, or where its step begins anew', () => {
      const begun = [created(), stepStart(0, 'model_output'), stepDelta(0, soundDelta('YWJj'))];
      expect(shown(chunksOf('audio', ...begun, completed()))).toEqual(['0 abc ^', '0  $']);
      expect(shown(chunksOf('audio', ...begun, stepStart(0, 'thought')))).toEqual(['0 abc ^', '0  $']);
    });

    it('may be in the step.start already, and goes on from there', () => {
      const start = stepStart(0, { type: 'model_output', content: [soundDelta('YWJjYQ==')] });
      expect(shown(chunksOf('audio', start, stepDelta(0, soundDelta('YmM=')), stepStop(0)))).toEqual([
        '0 abca ^',
        '0 bc ',
        '0  $',
      ]);
    });

    it('costs the same for each piece of a long one', () => {
      const piece = stepDelta(0, soundDelta('YWJj'.repeat(250)));
      const listen = (count: number) => () => chunksOf('audio', ...Array.from({ length: count }, () => piece)).length;
      expect(costRatio(listen(500), listen(2_000))).toBeLessThan(4 * 2.3);
    });
  });

  describe('of other media', () => {
    it('gives each delta as a block (R2)', () => {
      const chunks = chunksOf('image', ...stepOf(image(encode('one')), image(encode('two'))));
      expect(shown(chunks)).toEqual(['0 one ^$', '1 two ^$']);
    });

    it.each(['image', 'audio', 'video', 'document'] as const)('gives a reference without bytes: %s', (type) => {
      expect(chunksOf(type, ...stepOf({ type, uri: 'https://example.com/x', mime_type: 'x/y' }))).toEqual([
        { position: 0, block: 0, mimeType: 'x/y', uri: 'https://example.com/x', first: true, last: true },
      ]);
    });

    it('does not invent a mime type', () => {
      expect(chunksOf('video', ...stepOf({ type: 'video', data: 'YWJj' }))).toEqual([
        { position: 0, block: 0, mimeType: undefined, bytes: ABC, first: true, last: true },
      ]);
    });

    it('fills a placeholder of the step.start in its place (R2)', () => {
      const start = stepStart(0, {
        type: 'model_output',
        content: [
          { type: 'text', text: 'a' },
          { type: 'image', mime_type: 'image/webp' },
        ],
      });
      expect(chunksOf('image', start, stepDelta(0, { type: 'image', data: 'YWJj' }), stepStop(0))).toEqual([
        { position: 0, block: 1, mimeType: 'image/webp', bytes: ABC, first: true, last: true },
      ]);
    });

    it('counts content that is in the step.start already (T9)', () => {
      const start = stepStart(0, {
        type: 'model_output',
        content: [
          { type: 'image', data: encode('one') },
          { type: 'text', text: '' },
        ],
      });
      expect(shown(chunksOf('image', start, textDelta(0, 'a'), stepDelta(0, image(encode('two')))))).toEqual([
        '0 one ^$',
        '2 two ^$',
      ]);
    });

    it('is not about what the user put in, or what a thought shows', () => {
      const input = stepStart(0, { type: 'user_input', content: [{ type: 'image', data: 'YWJj' }] });
      const thought = stepDelta(1, { type: 'thought_summary', content: { type: 'image', data: 'YWJj' } });
      expect(chunksOf('image', input, stepStop(0), stepStart(1, 'thought'), thought, stepStop(1))).toEqual([]);
    });

    it('costs the same for each byte of a large one', () => {
      const big = (megabytes: number) => {
        const events = stepOf(image('YWJj'.repeat(megabytes * 262_144)));
        return () => chunksOf('image', ...events)[0]?.bytes?.length;
      };
      expect(big(8)()).toBe(8 * 786_432);
      expect(costRatio(big(2), big(8))).toBeLessThan(4 * 2.3);
    });
  });

  it('keeps steps apart that interleave', () => {
    const chunks = chunksOf(
      'audio',
      ...[stepStart(0, 'model_output'), stepStart(1, 'model_output')],
      ...[stepDelta(0, soundDelta('YWJjY')), stepDelta(1, soundDelta('eHl6')), stepDelta(0, soundDelta('WJj'))],
      ...[stepStop(1), stepStop(0)],
    );
    expect(chunks.map(({ position }) => position)).toEqual([0, 1, 0, 1, 0]);
    expect(shown(chunks)).toEqual(['0 abc ^', '0 xyz ^', '0 abc ', '0  $', '0  $']);
  });

  it.each<readonly [string, MediaModality, readonly Delta[]]>([
    ['an image', 'image', [image('no base64!')]],
    ['an image that lacks a letter', 'image', [image('YWJjY')]],
    ['an image with padding in the middle', 'image', [image('YQ==YQ==')]],
    ['a sound', 'audio', [soundDelta('no base64!')]],
    ['a sound that lacks a letter', 'audio', [soundDelta('YWJjY')]],
    ['a piece of a sound', 'audio', [soundDelta('YWJj'), soundDelta('****')]],
    ['padding in front', 'audio', [soundDelta('=')]],
  ])('errors with DecodeError at what is not base64: %s', (_what, modality, deltas) => {
    const error = errorOf(from(stepOf(...deltas)).pipe(mediaChunks(modality)));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ code: 'malformed', issues: [{ path: 'delta.data', expected: 'base64' }] });
  });

  it('does not look into media that are not asked for', () => {
    const { values, error } = outcomeOf(
      from(stepOf(image('no base64!'), soundDelta('YWJj'))).pipe(mediaChunks('audio')),
    );
    expect(error).toBeUndefined();
    expect(values).toHaveLength(2);
  });

  it('tells the same blocks that the interaction has, at the same places, each with one beginning and one end', () => {
    fc.assert(
      fc.property(answersWithMedia, (events) => {
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));
        for (const modality of MODALITIES) {
          const chunks = chunksOf(modality, ...events);
          const whole = new Map<string, MediaChunk[]>();
          for (const one of chunks) {
            const key = `${one.position} ${one.block}`;
            whole.set(key, [...(whole.get(key) ?? []), one]);
          }
          const blocks = [...whole.values()].map((parts) => {
            expect(parts.map(({ first }) => first)).toEqual(parts.map((_, at) => at === 0));
            expect(parts.map(({ last }) => last)).toEqual(parts.map((_, at) => at === parts.length - 1));
            const { first: _first, last: _last, bytes, ...rest } = parts[0]!;
            return { ...rest, ...(bytes && { bytes: joined(parts.map((part) => part.bytes)) }) };
          });
          expect(inPlace(blocks)).toEqual(blocksIn(interaction!, modality));
        }
      }),
      { numRuns: 300 },
    );
  });
});
