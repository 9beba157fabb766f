import * as t from 'io-ts';
import { from, type Observable } from 'rxjs';
import { type InteractionEvent, type OutputError, reduceOutput, type Step, type TurnMark } from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import * as z from 'zod';

import { marbles } from '../support/marbles.js';
import { errorOf, valuesOf } from '../support/outcome.js';
import { emits } from '../support/types.js';

const Soup = t.type({ name: t.string, serves: t.number });
const SOUP = '{"name":"Soup","serves":4}';

const saying = (...pieces: readonly string[]): readonly InteractionEvent[] => [
  stepStart(0, 'model_output'),
  ...pieces.map((piece) => textDelta(0, piece)),
  stepStop(0),
];
const whole = (step: Step): readonly InteractionEvent[] => [stepStart(0, step), stepStop(0)];

const answer = (status: string, ...steps: readonly (readonly InteractionEvent[])[]): readonly InteractionEvent[] => [
  created(),
  ...steps.flat(),
  completed({ status }),
];

const CALL: Step = { type: 'function_call', id: 'c1', name: 'f', arguments: {} };
const RESULT: Step = { type: 'function_result', call_id: 'c1', result: 'done' };

/** A turn of two rounds, as `runTools` tells it. */
const turn = (
  before: string,
  ...last: readonly (readonly InteractionEvent[])[]
): readonly (InteractionEvent | TurnMark)[] => [
  { event_type: 'turn.started' },
  ...answer('requires_action', saying(before), whole(CALL)),
  ...whole(RESULT),
  created({ id: 'v1_two' }),
  ...last.flat(),
  completed({ id: 'v1_two' }),
];

const outputOf = (events: readonly (InteractionEvent | TurnMark)[]): unknown =>
  valuesOf(from(events).pipe(reduceOutput()))[0];
const faultOf = (events: readonly (InteractionEvent | TurnMark)[]): unknown =>
  errorOf(from(events).pipe(reduceOutput(Soup)));

describe('reduceOutput', () => {
  it(
    'emits once, when its source completes, and holds it no longer than that',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const letters = { d: textDelta(0, '{"a":'), g: textDelta(0, '1}') };
      const events = coldEvents('-c-s-d-g-p-f|', letters);
      const subs = '             ^-----------!';
      const result = '           ------------(v|)';

      expectObservable(events.pipe(reduceOutput())).toBe(result, { v: { a: 1 } });
      expectSubscriptions(events.subscriptions).toBe(subs);
    }),
  );

  it(
    'passes an error of its source on, and releases it when it is left',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const failing = coldEvents(' -c-s-d-#', undefined, 'boom');
      const endless = coldEvents(' -c-s-d--');
      const until = '             ------!';

      expectObservable(failing.pipe(reduceOutput())).toBe('-------#', undefined, 'boom');
      expectObservable(endless.pipe(reduceOutput()), until).toBe('-------');
      expectSubscriptions(endless.subscriptions).toBe('^-----!');
    }),
  );

  it('has a state of its own for every subscription', () => {
    const output$ = from(answer('completed', saying(SOUP))).pipe(reduceOutput(Soup));

    expect([...valuesOf(output$), ...valuesOf(output$)]).toEqual([JSON.parse(SOUP), JSON.parse(SOUP)]);
  });

  it('has the type of what checks it', () => {
    const events$: Observable<InteractionEvent> = from(answer('completed', saying('{"name":"So', 'up","serves":4}')));
    const Zod = z.object({ name: z.string(), serves: z.number().transform(String) });
    const ofCodec = events$.pipe(reduceOutput(Soup));
    const ofZod = events$.pipe(reduceOutput(Zod));
    const ofNothing = events$.pipe(reduceOutput());
    emits<{ name: string; serves: number }>()(ofCodec);
    emits<{ name: string; serves: string }>()(ofZod);
    emits<unknown>()(ofNothing);

    expect(valuesOf(ofCodec)).toEqual([{ name: 'Soup', serves: 4 }]);
    expect(valuesOf(ofZod)).toEqual([{ name: 'Soup', serves: '4' }]);
    expect(valuesOf(ofNothing)).toEqual([{ name: 'Soup', serves: 4 }]);
  });

  it.each<[what: string, events: readonly (InteractionEvent | TurnMark)[], output: unknown]>([
    [
      'an interaction that thinks first',
      answer('completed', whole({ type: 'thought', signature: 's' }), saying('[1]')),
      [1],
    ],
    [
      'a turn, without what was said before the functions ran',
      turn('{"not":"this"}', saying('{"but":', '"this"}')),
      { but: 'this' },
    ],
    [
      'the last of several turns',
      [...turn('Hm.', saying('1')), { event_type: 'turn.started' }, ...answer('completed', saying('2'))],
      2,
    ],
    ['nothing', answer('completed', saying('null')), null],
  ])('is that of %s', (_what, events, output) => {
    expect(outputOf(events)).toEqual(output);
  });

  it.each<[what: string, events: readonly (InteractionEvent | TurnMark)[], error: Partial<OutputError>]>([
    ['was cut short', answer('incomplete', saying('{"name":"So')), { code: 'incomplete', text: '{"name":"So' }],
    ['was cut short, and is JSON all the same', answer('incomplete', saying('12')), { code: 'incomplete', text: '12' }],
    [
      'was refused',
      answer('completed', whole({ type: 'model_output', error: { code: 3 } })),
      { code: 'incomplete', text: '' },
    ],
    [
      'was refused after functions had run',
      turn(SOUP, whole({ type: 'thought', signature: 's' })),
      { code: 'incomplete', text: '' },
    ],
    [
      'waits for functions',
      answer('requires_action', saying('Let me look.'), whole(CALL)),
      { code: 'incomplete', text: 'Let me look.' },
    ],
    ['never came', [], { code: 'incomplete', text: '' }],
    ['is no JSON', answer('completed', saying('Soup!')), { code: 'not_json', text: 'Soup!' }],
    ['is not all', answer('completed', saying('{"name":')), { code: 'incomplete', text: '{"name":' }],
    ['does not fit', answer('completed', saying('{"name":"Soup"}')), { code: 'invalid', text: '{"name":"Soup"}' }],
  ])('errors where the output %s', (_what, events, error) => {
    const fault = faultOf(events) as OutputError;

    expect(fault).toMatchObject({ name: 'OutputError', ...error });
    expect(fault.partial).toMatchObject({ diagnostics: [] });
  });

  it('says how an interaction ended that did not complete', () => {
    expect(faultOf(answer('failed'))).toMatchObject({
      message: 'The output is not whole: the interaction ended as "failed"',
      interactionId: 'v1_test',
    });
  });
});
