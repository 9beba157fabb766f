import { from } from 'rxjs';
import { type InteractionEvent, reduceText, scanText, type TurnMark } from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta, thoughtSummary } from 'rx-interactions/testing';

import { costRatio } from '../support/cost.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

const textsOf = (...events: readonly (InteractionEvent | TurnMark)[]): readonly string[] => {
  const texts = valuesOf(from(events).pipe(scanText()));
  expect(valuesOf(from(events).pipe(reduceText()))).toEqual([texts.at(-1) ?? '']);
  return texts;
};
const turn: TurnMark = { event_type: 'turn.started' };

describe('scanText', () => {
  operatorQuestions(scanText, {
    values: { a: 'd', b: 'dd' },
    one: {
      events: '-d-|',
      result: '-a-|',
    },
    many: {
      events: '-c-s-d-d-p-f|',
      result: '-----a-b----|',
    },
    fails: {
      events: '-c-s-d-#',
      result: '-----a-#',
    },
    left: {
      events: '-c-s-d-d-',
      until: ' ------!  ',
      result: '-----a---',
    },
    again: 'sdp',
  });

  it('counts the content of a step.start as a first delta (T9)', () => {
    const start = stepStart(0, { type: 'model_output', content: [{ type: 'text', text: 'Once' }] });
    expect(textsOf(start, textDelta(0, ' upon'), stepStop(0))).toEqual(['Once', 'Once upon']);
  });

  it('keeps the order of the steps where their deltas interleave (T10)', () => {
    expect(
      textsOf(
        ...[stepStart(0, 'model_output'), stepStart(1, 'model_output')],
        ...[textDelta(1, 'b'), textDelta(0, 'a'), stepStop(1), textDelta(0, 'A'), stepStop(0)],
        ...[stepStart(2, 'model_output'), textDelta(2, 'c'), stepStop(2)],
      ),
    ).toEqual(['b', 'ab', 'aAb', 'aAbc']);
  });

  it('joins text around media', () => {
    const image = stepDelta(0, { type: 'image', data: 'AAAA' });
    expect(textsOf(stepStart(0, 'model_output'), textDelta(0, 'a'), image, textDelta(0, 'b'))).toEqual(['a', 'ab']);
  });

  it('leaves out thoughts, the text among them, what a user put in, and pieces that are empty', () => {
    expect(
      textsOf(
        ...[stepStart(0, 'thought'), textDelta(0, 'hm'), thoughtSummary(0, 'so'), stepStop(0)],
        stepStart(1, { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }),
        ...[stepStart(2, 'model_output'), textDelta(2, ''), textDelta(2, 'a')],
      ),
    ).toEqual(['a']);
  });

  it('goes on in the next hop, and back to where a hop began when it is told again', () => {
    const hop = (id: string, text: string) => [created({ id }), stepStart(0, 'model_output'), textDelta(0, text)];
    const last = [stepStop(0), completed({ id: 'v1_2' })];
    expect(textsOf(...hop('v1_1', 'a'), ...hop('v1_2', 'b'), ...hop('v1_2', 'b'), textDelta(0, 'c'), ...last)).toEqual([
      'a',
      'ab',
      'a',
      'ab',
      'abc',
    ]);
  });

  it('starts again with a new turn', () => {
    expect(textsOf(turn, textDelta(0, 'a'), turn, textDelta(0, 'b'))).toEqual(['a', '', 'b']);
  });

  it('costs no more for a delta of a long text', () => {
    const scan = (size: number) => () =>
      valuesOf(from(Array.from({ length: size }, () => textDelta(0, 'some text '))).pipe(scanText())).length;
    expect(costRatio(scan(10_000), scan(40_000))).toBeLessThan(4 * 2.3);
  });
});
