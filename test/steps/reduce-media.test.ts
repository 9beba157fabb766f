import fc from 'fast-check';
import { from } from 'rxjs';
import {
  type Delta,
  type InteractionEvent,
  type MediaBlock,
  type MediaModality,
  reduceInteraction,
  reduceMedia,
  type TurnMark,
} from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop } from 'rx-interactions/testing';

import { costRatio } from '../support/cost.js';
import { answersWithMedia, blocksIn, encode, inPlace, MODALITIES, sound, soundDelta } from '../support/media.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { errorOf, valuesOf } from '../support/outcome.js';

const blocksOf = (
  modality: MediaModality,
  ...events: readonly (InteractionEvent | TurnMark)[]
): readonly MediaBlock[] => valuesOf(from(events).pipe(reduceMedia(modality)));

/** One step with these deltas, which stops. */
const stepOf = (...deltas: readonly Delta[]): readonly InteractionEvent[] => [
  stepStart(0, 'model_output'),
  ...deltas.map((delta) => stepDelta(0, delta)),
  stepStop(0),
];

const shown = (blocks: readonly MediaBlock[]) =>
  blocks.map(({ position, block, bytes, uri }) =>
    [position, block, bytes ? Buffer.from(bytes).toString('latin1') : uri].join(' '),
  );

const image = (data: string): Delta => ({ type: 'image', mime_type: 'image/png', data });

const abc = Uint8Array.of(97, 98, 99);

describe('reduceMedia', () => {
  operatorQuestions(() => reduceMedia('audio'), {
    letters: { a: stepDelta(0, soundDelta('YWI=')), b: stepDelta(0, soundDelta('Yw==')) },
    values: {
      A: { position: 0, block: 0, mimeType: 'audio/l16', bytes: abc },
      B: { position: 1, block: 0, mimeType: 'audio/l16', bytes: abc },
    },
    one: {
      events: '-a-|',
      result: '---|',
    },
    many: {
      events: '-c-s-a-b-p-s-a-b-f|',
      result: '---------A-------B|',
    },
    fails: {
      events: '-c-s-a-b-d-#',
      result: '---------A-#',
    },
    left: {
      events: '-s-a-b-p-s-a-b-p-',
      until: ' --------------!  ',
      result: '-------A---------',
    },
    again: 'sabp',
  });

  operatorQuestions(() => reduceMedia('image'), {
    letters: { i: stepDelta(0, image('YWJj')) },
    values: {
      I: { position: 0, block: 0, mimeType: 'image/png', bytes: abc },
      J: { position: 0, block: 1, mimeType: 'image/png', bytes: abc },
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

  it('gives a sound as a whole, however it came', () => {
    fc.assert(
      fc.property(sound, ({ bytes, pieces }) => {
        expect(blocksOf('audio', ...stepOf(...pieces.map((piece) => soundDelta(piece))))).toEqual([
          { position: 0, block: 0, mimeType: 'audio/l16', bytes },
        ]);
      }),
    );
  });

  it('gives a sound when what follows tells that it is over', () => {
    const file = soundDelta(encode('RIFF in file'));
    expect(shown(blocksOf('audio', stepStart(0, 'model_output'), stepDelta(0, soundDelta('YWJj'))))).toEqual([]);
    expect(
      shown(blocksOf('audio', stepStart(0, 'model_output'), stepDelta(0, soundDelta('YWJj')), stepDelta(0, file))),
    ).toEqual(['0 0 abc']);
    expect(shown(blocksOf('audio', ...stepOf(soundDelta('YWJj'), file)))).toEqual(['0 0 abc', '0 1 RIFF in file']);
  });

  it('gives what comes by reference, and what comes both ways', () => {
    const linked: Delta = { type: 'audio', uri: 'u' };
    const both: Delta = { type: 'audio', uri: 'u', data: 'YWJj' };
    expect(blocksOf('audio', ...stepOf(linked, both, { type: 'audio' }))).toEqual([
      { position: 0, block: 0, mimeType: undefined, uri: 'u' },
      { position: 0, block: 1, mimeType: undefined, uri: 'u', bytes: abc },
    ]);
  });

  it('gives a sound without bytes as one', () => {
    expect(blocksOf('audio', ...stepOf(soundDelta('')))).toEqual([
      { position: 0, block: 0, mimeType: 'audio/l16', bytes: Uint8Array.of() },
    ]);
  });

  it('says what is known of a sound', () => {
    expect(
      blocksOf(
        'audio',
        ...stepOf(soundDelta('YWJj', { rate: 24_000, channels: 2 }), soundDelta('YWJj', { rate: 8_000 })),
      ),
    ).toEqual([
      { position: 0, block: 0, mimeType: 'audio/l16', sampleRate: 24_000, channels: 2, bytes: abc },
      { position: 0, block: 1, mimeType: 'audio/l16', sampleRate: 8_000, bytes: abc },
    ]);
  });

  it('keeps steps apart that interleave', () => {
    expect(
      shown(
        blocksOf(
          'audio',
          ...[stepStart(0, 'model_output'), stepStart(1, 'model_output')],
          ...[stepDelta(0, soundDelta('YWJj')), stepDelta(1, soundDelta('eHl6')), stepDelta(0, soundDelta('ZGVm'))],
          ...[stepStop(1), stepStop(0)],
        ),
      ),
    ).toEqual(['1 0 xyz', '0 0 abcdef']);
  });

  it('never gives a sound that is cut, and nothing of it where the hop or a new turn has a sound at its place', () => {
    const begun = [created(), stepStart(0, 'model_output'), stepDelta(0, soundDelta('YWJj'))];
    const turn: TurnMark = { event_type: 'turn.started' };
    expect(shown(blocksOf('audio', ...begun))).toEqual([]);
    expect(shown(blocksOf('audio', ...begun, ...begun, stepStop(0), completed()))).toEqual(['0 0 abc']);
    expect(shown(blocksOf('audio', ...begun, turn, ...stepOf(soundDelta('eHl6'))))).toEqual(['0 0 xyz']);
  });

  it('errors with DecodeError at what is not base64', () => {
    expect(errorOf(from(stepOf(image('****'))).pipe(reduceMedia('image')))).toMatchObject({ name: 'DecodeError' });
    expect(errorOf(from(stepOf(soundDelta('YWJjY'))).pipe(reduceMedia('audio')))).toMatchObject({
      name: 'DecodeError',
    });
  });

  it('costs the same for each piece of a long sound', () => {
    const piece = stepDelta(0, soundDelta('YWJj'.repeat(250)));
    const collect = (count: number) => {
      const events = [stepStart(0, 'model_output'), ...Array.from({ length: count }, () => piece), stepStop(0)];
      return () => blocksOf('audio', ...events)[0]?.bytes?.length;
    };
    expect(collect(10)()).toBe(7_500);
    expect(costRatio(collect(500), collect(2_000))).toBeLessThan(4 * 2.3);
  });

  it('gives the blocks that the interaction has', () => {
    fc.assert(
      fc.property(answersWithMedia, (events) => {
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));
        for (const modality of MODALITIES) {
          expect(inPlace(blocksOf(modality, ...events))).toEqual(blocksIn(interaction!, modality));
        }
      }),
      { numRuns: 300 },
    );
  });
});
