import fc from 'fast-check';
import {
  accumulateInteraction,
  type Diagnostic,
  initialInteraction,
  type Interaction,
  type InteractionEvent,
  type InteractionState,
  snapshotOf,
  type Step,
  type TurnMark,
} from 'rx-interactions';
import {
  argumentsDelta,
  completed,
  created,
  errorEvent,
  statusUpdate,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
} from 'rx-interactions/testing';

import { decodeEvent } from '../../src/events/index.js';
import { truncateOpenSteps } from '../../src/interaction/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { costRatio } from '../support/cost.js';
import { deepFreeze } from '../support/freeze.js';

const after = (...events: readonly (InteractionEvent | TurnMark)[]): InteractionState =>
  events.reduce(accumulateInteraction, initialInteraction());
const shown = (...events: readonly (InteractionEvent | TurnMark)[]): Interaction => snapshotOf(after(...events));
const output = (text: string): Step => ({ type: 'model_output', content: [{ type: 'text', text }] });
const textStep = (index: number, text: string) => [
  stepStart(index, 'model_output'),
  textDelta(index, text),
  stepStop(index),
];

describe('a snapshot', () => {
  it('of nothing is an interaction in progress, with nothing in it', () => {
    expect(shown()).toEqual({ status: 'in_progress', steps: [], ids: [], diagnostics: [] });
  });

  it('has what was said when the interaction was created, and what came since', () => {
    expect(shown(created({ model: 'm' }), stepStart(0, 'model_output'), textDelta(0, 'a'))).toEqual({
      id: 'v1_test',
      object: 'interaction',
      model: 'm',
      status: 'in_progress',
      steps: [output('a')],
      ids: ['v1_test'],
      diagnostics: [],
    });
  });

  it('shows open steps in order of appearance, behind finished ones that wait for them too', () => {
    expect(
      shown(
        stepStart(0, 'model_output'),
        stepStart(1, 'thought'),
        thoughtSignature(1, 's'),
        stepStop(1),
        textDelta(0, 'a'),
      ).steps,
    ).toEqual([output('a'), { type: 'thought', signature: 's' }]);
  });

  it('shows an open call with the arguments {}', () => {
    expect(shown(stepStart(0, { type: 'function_call', name: 'f' }), argumentsDelta(0, '{"a":1}')).steps).toEqual([
      { type: 'function_call', name: 'f', arguments: {} },
    ]);
  });

  it('keeps members of the interaction that this version does not know', () => {
    const more = { role: 'model' } as object;
    expect(shown(created(more))).toMatchObject({ role: 'model' });
  });
});

describe('the members of the interaction', () => {
  it('have the latest value that says something', () => {
    expect(
      shown(
        created({ model: 'm', service_tier: 'standard', created: 'then' }),
        completed({ model: '', service_tier: 'priority', created: undefined, updated: 'now' }),
      ),
    ).toMatchObject({ model: 'm', service_tier: 'priority', created: 'then', updated: 'now', status: 'completed' });
  });

  it('have the status that was said last', () => {
    expect(shown(created(), statusUpdate('queued')).status).toBe('queued');
    expect(shown(created(), statusUpdate('in_progress'), completed({ status: 'incomplete' })).status).toBe(
      'incomplete',
    );
  });

  it('are completed by a final event without a status', () => {
    expect(shown(created(), completed({ status: undefined })).status).toBe('completed');
    expect(shown(created(), completed({ status: '' })).status).toBe('completed');
  });

  it('have the id of a status update where nothing was created, as on a stream that is resumed', () => {
    expect(shown(statusUpdate('in_progress', { interaction_id: 'v1_r' }))).toMatchObject({ id: 'v1_r', ids: ['v1_r'] });
  });

  it('have a token to continue with until an event takes it away', () => {
    const token = { continuation_token: 't1' };
    expect(shown(created(), statusUpdate('in_progress', token))).toMatchObject(token);
    expect(shown(created(), statusUpdate('in_progress', token), statusUpdate('in_progress'))).toMatchObject(token);
    expect(shown(created(), statusUpdate('in_progress', token), completed())).not.toHaveProperty('continuation_token');
    expect(shown(created(), statusUpdate('in_progress', token), errorEvent('x'))).not.toHaveProperty(
      'continuation_token',
    );
    expect(shown(created(), completed({ status: 'requires_continuation', ...token }))).toMatchObject(token);
  });
});

describe('usage', () => {
  const total = (total_tokens: number) => ({ total_tokens });

  it('is the latest that was told, and the final one beats all', () => {
    const running = { ...textDelta(0, 'a'), metadata: { total_usage: total(3) } };
    expect(shown(created({ usage: total(1) }), stepStart(0, 'model_output'), running).usage).toEqual(total(3));
    expect(shown(created(), statusUpdate('in_progress', { usage: total(4) }), running).usage).toEqual(total(3));
    expect(shown(created(), running, completed({ usage: total(9) })).usage).toEqual(total(9));
    expect(shown(created(), running, completed()).usage).toEqual(total(3));
  });

  it('is told by a delta that changes nothing else, too', () => {
    const nothing = { ...textDelta(0, ''), metadata: { total_usage: total(5) } };
    expect(shown(stepStart(0, 'model_output'), nothing).usage).toEqual(total(5));
  });

  it('is told by the metadata of a status update', () => {
    expect(shown(statusUpdate('in_progress', { metadata: { total_usage: total(6) } })).usage).toEqual(total(6));
  });

  it('of a step is no part of it, and not summed', () => {
    expect(
      shown(stepStart(0, 'model_output'), textDelta(0, 'a'), { ...stepStop(0), usage: total(7), step_usage: total(2) }),
    ).toEqual({ status: 'in_progress', steps: [output('a')], ids: [], diagnostics: [] });
  });
});

describe('a second hop or round', () => {
  const first = [
    created({ id: 'v1_1', model: 'm', created: 'then', previous_interaction_id: 'v1_0' }),
    ...textStep(0, 'a'),
    completed({
      id: 'v1_1',
      status: 'requires_continuation',
      continuation_token: 't1',
      created: 'then',
      usage: { total_tokens: 10, total_input_tokens: 4 },
    }),
  ];
  const second = [
    created({ id: 'v1_2', model: 'n', created: 'later', previous_interaction_id: 'v1_1' }),
    ...textStep(0, 'b'),
    completed({
      id: 'v1_2',
      created: 'later',
      previous_interaction_id: 'v1_1',
      usage: { total_tokens: 20, total_input_tokens: 14 },
    }),
  ];

  it('goes on behind the steps of the first, which are not glued', () => {
    expect(shown(...first, ...second).steps).toEqual([output('a'), output('b')]);
  });

  it('has all ids in order, and is known by its own', () => {
    expect(shown(...first, ...second)).toMatchObject({ id: 'v1_2', ids: ['v1_1', 'v1_2'] });
  });

  it('adds its usage to that of the first, live and at the end', () => {
    expect(shown(...first, second[0]!).usage).toEqual({ total_tokens: 10, total_input_tokens: 4 });
    expect(shown(...first, ...second).usage).toEqual({
      total_tokens: 30,
      total_input_tokens: 18,
      initial_input_tokens: 4,
    });
  });

  it('began when the first did, and from what the first did', () => {
    expect(shown(...first, ...second)).toMatchObject({ model: 'n', created: 'then', previous_interaction_id: 'v1_0' });
  });

  it('has neither where the first had neither', () => {
    const bare = [created({ id: 'v1_1' }), completed({ id: 'v1_1', status: 'requires_action' })];
    const whole = shown(...bare, ...second);
    expect(whole).not.toHaveProperty('created');
    expect(whole).not.toHaveProperty('previous_interaction_id');
  });

  it('is in progress again, without the token that it began from', () => {
    const begun = shown(...first, created({ id: 'v1_2', status: undefined }));
    expect(begun.status).toBe('in_progress');
    expect(begun).not.toHaveProperty('continuation_token');
  });

  it('has no id where the server keeps nothing', () => {
    const kept = [created({ id: '' }), ...textStep(0, 'a'), completed({ id: '' })];
    expect(shown(...kept, ...kept)).toMatchObject({ ids: [], steps: [output('a'), output('a')], diagnostics: [] });
  });

  it('finishes steps that the first left open, and says so', () => {
    expect(shown(created({ id: 'v1_1' }), stepStart(0, 'model_output'), textDelta(0, 'a'), ...second)).toMatchObject({
      steps: [output('a'), output('b')],
      diagnostics: [{ code: 'step_truncated', position: 0 }],
    });
  });

  it('replaces only its own steps where its final event brings them', () => {
    const whole = shown(...first, second[0]!, ...textStep(0, 'b'), completed({ id: 'v1_2', steps: [output('B')] }));
    expect(whole.steps).toEqual([output('a'), output('B')]);
    expect(whole.diagnostics).toEqual([{ code: 'steps_differ' }]);
  });
});

describe('an interaction that is announced again', () => {
  it('is assembled anew, and says so', () => {
    const again = shown(
      created({ usage: { total_tokens: 1 } }),
      ...textStep(0, 'a'),
      stepStart(1, 'thought'),
      created(),
      ...textStep(0, 'ab'),
      completed({ usage: { total_tokens: 2 } }),
    );
    expect(again).toMatchObject({ steps: [output('ab')], ids: ['v1_test'], usage: { total_tokens: 2 } });
    expect(again.diagnostics).toEqual([{ code: 'replayed' }]);
  });

  it('has no usage until it is told again', () => {
    const usage = { total_tokens: 1 };
    expect(shown(created(), statusUpdate('in_progress', { usage }), created())).not.toHaveProperty('usage');
    expect(shown(created(), statusUpdate('in_progress', { usage }), created({ usage })).usage).toEqual(usage);
  });

  it('keeps the hops before it', () => {
    expect(
      shown(
        created({ id: 'v1_1' }),
        ...textStep(0, 'a'),
        completed({ id: 'v1_1', status: 'requires_continuation', usage: { total_tokens: 1 } }),
        created({ id: 'v1_2' }),
        ...textStep(0, 'b'),
        created({ id: 'v1_2' }),
        ...textStep(0, 'bc'),
        completed({ id: 'v1_2', usage: { total_tokens: 2 } }),
      ),
    ).toMatchObject({ steps: [output('a'), output('bc')], ids: ['v1_1', 'v1_2'], usage: { total_tokens: 3 } });
  });

  it('is a first announcement where a stream was resumed without one', () => {
    expect(
      shown(statusUpdate('in_progress', { interaction_id: 'v1_test' }), created(), ...textStep(0, 'a')),
    ).toMatchObject({
      ids: ['v1_test'],
      diagnostics: [],
    });
  });
});

describe('the steps of a final event', () => {
  it('are those that were assembled, where they say the same', () => {
    const state = after(created(), ...textStep(0, 'a'));
    const whole = snapshotOf(accumulateInteraction(state, completed({ steps: [output('a')] })));
    expect(whole.diagnostics).toEqual([]);
    expect(whole.steps[0]).toBe(snapshotOf(state).steps[0]);
  });

  it('replace them where they differ, and that is noted', () => {
    expect(shown(created(), ...textStep(0, 'a'), completed({ steps: [output('b')] }))).toMatchObject({
      steps: [output('b')],
      diagnostics: [{ code: 'steps_differ' }],
    });
  });

  it('leave them alone where there are none', () => {
    expect(shown(created(), ...textStep(0, 'a'), completed({ steps: [] })).steps).toEqual([output('a')]);
  });

  it('lose empty ids and signatures like any', () => {
    expect(
      shown(created(), completed({ steps: [{ type: 'function_call', id: '', signature: '', arguments: {} }] })).steps,
    ).toEqual([{ type: 'function_call', arguments: {} }]);
  });

  it('do not differ from assembled calls for the want of arguments that are {}', () => {
    const call: Step = { type: 'function_call', id: 'c', name: 'f' };
    expect(shown(created(), stepStart(0, call), stepStop(0), completed({ steps: [call] })).diagnostics).toEqual([]);
  });
});

describe('what is odd', () => {
  it.each<readonly [string, readonly InteractionEvent[], readonly Diagnostic[]]>([
    [
      'a step that starts again before it stopped',
      [stepStart(0, 'model_output'), textDelta(0, 'a'), ...textStep(0, 'b')],
      [{ code: 'step_restarted', position: 0 }],
    ],
    ['a delta without a step', [textDelta(0, 'a'), stepStop(0)], [{ code: 'step_synthesized', position: 0 }]],
    [
      'a delta that its step has no place for',
      [stepStart(0, 'thought'), argumentsDelta(0, '{}'), stepStop(0)],
      [{ code: 'delta_ignored', position: 0, text: 'arguments_delta' }],
    ],
    ['a step that the end cuts', [stepStart(0, 'thought'), completed()], [{ code: 'step_truncated', position: 0 }]],
    ['an error of the server', [errorEvent('api_error', 'Oh')], [{ code: 'error_event', text: 'api_error: Oh' }]],
    ['an error with only a code', [errorEvent('api_error')], [{ code: 'error_event', text: 'api_error' }]],
    [
      'an unknown event',
      [{ event_type: 'unknown', received: { event_type: 'x' } }],
      [{ code: 'event_unknown', text: 'x' }],
    ],
    [
      'an unknown event without a name',
      [{ event_type: 'unknown', received: 7 }],
      [{ code: 'event_unknown', text: 'none' }],
    ],
    [
      'the same twice in a row, once',
      [stepStart(0, 'thought'), argumentsDelta(0, '{}'), argumentsDelta(0, '{}'), stepStop(0)],
      [{ code: 'delta_ignored', position: 0, text: 'arguments_delta' }],
    ],
  ])('is noted: %s', (_name, events, diagnostics) => {
    expect(shown(...events).diagnostics).toEqual(diagnostics);
  });

  it('of a step is noted with the place of the step, whatever its index', () => {
    expect(
      shown(
        ...textStep(7, 'a'),
        stepStart(3, { type: 'function_call', name: 'f' }),
        argumentsDelta(3, '['),
        stepStop(3),
        argumentsDelta(9, '{'),
      ).diagnostics,
    ).toEqual([
      { code: 'arguments_invalid', position: 1, text: '[' },
      { code: 'step_synthesized', position: 2 },
    ]);
  });

  it('is not a stop for a step that is not open: it changes nothing', () => {
    const state = after(created(), ...textStep(0, 'a'));
    expect(accumulateInteraction(state, stepStop(0))).toBe(state);
    expect(accumulateInteraction(state, stepStop(5))).toBe(state);
  });

  it('does not open a step again that has stopped, though it waits for one before it', () => {
    const waiting = [stepStart(0, 'thought'), ...textStep(1, 'a')];
    expect(shown(...waiting, textDelta(1, 'b'))).toMatchObject({
      steps: [{ type: 'thought' }, output('a'), output('b')],
      diagnostics: [{ code: 'step_synthesized', position: 2 }],
    });
    expect(shown(...waiting, ...textStep(1, 'b'))).toMatchObject({
      steps: [{ type: 'thought' }, output('a'), output('b')],
      diagnostics: [],
    });
  });

  it('keeps both steps that were under one index', () => {
    expect(shown(...textStep(0, 'a'), ...textStep(0, 'b')).steps).toEqual([output('a'), output('b')]);
    expect(shown(stepStart(0, 'model_output'), textDelta(0, 'a'), ...textStep(0, 'b')).steps).toEqual([
      output('a'),
      output('b'),
    ]);
  });
});

describe('the marks of a turn', () => {
  it('begin a new timeline with turn.started', () => {
    expect(shown(created(), ...textStep(0, 'a'), { event_type: 'turn.started' })).toEqual(shown());
  });

  it.each(['tool.call', 'tool.progress', 'tool.result', 'tool.approval_required'] as const)(
    'change nothing with %s',
    (event_type) => {
      const state = after(created(), ...textStep(0, 'a'));
      expect(accumulateInteraction(state, { event_type })).toBe(state);
    },
  );
});

describe('truncateOpenSteps', () => {
  it('finishes every open step, and flags each', () => {
    const state = after(
      ...textStep(0, 'a'),
      stepStart(1, 'model_output'),
      stepStart(2, 'thought'),
      stepStop(2),
      stepStart(3, { type: 'function_call', name: 'f' }),
      argumentsDelta(3, '{"a":1}'),
    );
    const cut = snapshotOf(truncateOpenSteps(state));
    expect(cut.steps).toEqual([
      output('a'),
      { type: 'model_output' },
      { type: 'thought' },
      { type: 'function_call', name: 'f', arguments: { a: 1 } },
    ]);
    expect(cut.diagnostics).toEqual([
      { code: 'step_truncated', position: 1 },
      { code: 'step_truncated', position: 3 },
    ]);
  });

  it('gives the same state back where no step is open', () => {
    const state = after(created(), ...textStep(0, 'a'));
    expect(truncateOpenSteps(state)).toBe(state);
  });
});

describe('accumulateInteraction', () => {
  /** Any events in any order, also such that no server would send. */
  const anyEvents: fc.Arbitrary<readonly (InteractionEvent | TurnMark)[]> = fc.array(
    fc.oneof(
      { weight: 12, arbitrary: arbitrary.canonical.event as fc.Arbitrary<InteractionEvent> },
      {
        weight: 3,
        arbitrary: arbitrary.spoiled(arbitrary.received.event).map((message) => {
          const decoded = decodeEvent(message);
          return decoded._tag === 'Right' ? decoded.right : ({ event_type: 'unknown', received: message } as const);
        }),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom<TurnMark>({ event_type: 'turn.started' }, { event_type: 'tool.progress' }),
      },
    ),
    { maxLength: 30 },
  );

  it('never throws, and writes to nothing that it is given', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const state = deepFreeze(events).reduce(accumulateInteraction, initialInteraction());
        snapshotOf(truncateOpenSteps(state));
      }),
      { numRuns: 500 },
    );
  });

  it('notes an event of an unknown kind that nobody has decoded', () => {
    const raw = { event_type: 'interaction.paused' } as unknown as InteractionEvent;
    expect(shown(raw).diagnostics).toEqual([{ code: 'event_unknown', text: 'interaction.paused' }]);
  });

  it('leaves every earlier state as it was, however the timeline branches from it', () => {
    fc.assert(
      fc.property(anyEvents, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (events, jumps) => {
        const states = [initialInteraction()];
        const texts = [JSON.stringify(snapshotOf(states[0]!))];
        events.forEach((event, at) => {
          // Mostly on from the latest state, now and then from one long ago.
          const jump = jumps[at % jumps.length]!;
          const from = jump % 4 === 0 ? states[jump % states.length]! : states.at(-1)!;
          const next = accumulateInteraction(from, event);
          states.push(next);
          texts.push(JSON.stringify(snapshotOf(next)));
        });
        expect(states.map((state) => JSON.stringify(snapshotOf(state)))).toEqual(texts);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same snapshot whether it was looked at on the way or not', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const watched = events.reduce((state, event) => {
          snapshotOf(state);
          return accumulateInteraction(state, event);
        }, initialInteraction());
        expect(snapshotOf(watched)).toEqual(shown(...events));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the identity of every step but the one that an event belongs to', () => {
    const touches = (event: InteractionEvent | TurnMark): number => {
      switch (event.event_type) {
        case 'step.start':
        case 'step.delta':
        case 'step.stop':
          return 1;
        case 'interaction.created':
        case 'interaction.completed':
        case 'turn.started':
          return Infinity; // these may end every open step, or all of them
        default:
          return 0;
      }
    };
    fc.assert(
      fc.property(anyEvents, (events) => {
        events.reduce((state, event) => {
          const { steps } = snapshotOf(state);
          const next = accumulateInteraction(state, event);
          const changed = snapshotOf(next).steps.filter((step, at) => at < steps.length && step !== steps[at]);
          expect(changed.length).toBeLessThanOrEqual(touches(event));
          return next;
        }, initialInteraction());
      }),
      { numRuns: 300 },
    );
  });

  it('costs a delta the same in a long interaction as in a short one', () => {
    const events = (steps: number) =>
      Array.from({ length: steps }, (_, at) => [
        stepStart(at, 'model_output'),
        ...Array.from({ length: 10 }, () => textDelta(at, 'abcdef')),
        stepStop(at),
      ]).flat();
    const [short, long] = [events(4_000), events(16_000)];
    const ratio = costRatio(
      () => short.reduce(accumulateInteraction, initialInteraction()),
      () => long.reduce(accumulateInteraction, initialInteraction()),
    );
    // Four times the steps: 4 where it is linear, 16 where it is quadratic.
    expect(ratio).toBeLessThan(12);
  });
});

describe('an event that changes nothing gives the same state back:', () => {
  const citation = { type: 'url_citation', url: 'https://example.com' } as const;
  const annotate = stepDelta(0, { type: 'text_annotation_delta', annotations: [citation] });
  const state = after(created(), stepStart(0, 'model_output'), textDelta(0, 'a'), annotate, thoughtSignature(0, 's'));

  it.each<readonly [string, InteractionEvent]>([
    ['empty text', textDelta(0, '')],
    ['no annotations', stepDelta(0, { type: 'text_annotation_delta' })],
    ['an empty signature', thoughtSignature(0, '')],
    ['annotations that are there already', annotate],
    ['a signature that is there already', thoughtSignature(0, 's')],
    ['a status that it has already', statusUpdate('in_progress', { interaction_id: 'v1_test' })],
    ['a stop for a step that is not open', stepStop(1)],
  ])('%s', (_name, event) => {
    expect(accumulateInteraction(state, event)).toBe(state);
  });
});

describe('several that assemble the same events', () => {
  const events = [created(), ...textStep(0, 'a'), stepStop(7), completed()];

  it('have the same states as long as the interaction goes on', () => {
    let [one, two] = [initialInteraction(), initialInteraction()];
    for (const event of events.slice(0, -1)) {
      one = accumulateInteraction(one, event);
      two = accumulateInteraction(two, event);
      expect(two).toBe(one);
    }
  });

  it('keep streams apart that take turns', () => {
    const other = [created({ id: 'other' }), textDelta(3, 'b'), stepStop(3), completed({ id: 'other' })];
    let [one, two] = [initialInteraction(), initialInteraction()];
    events.forEach((event, at) => {
      one = accumulateInteraction(one, event);
      const next = other[at];
      if (next) two = accumulateInteraction(two, next);
    });
    expect(snapshotOf(one)).toEqual(shown(...events));
    expect(snapshotOf(two)).toEqual(shown(...other));
    expect(snapshotOf(two).diagnostics).toEqual([{ code: 'step_synthesized', position: 0 }]);
    expect(snapshotOf(one).diagnostics).toEqual([]);
    expect(shown()).toEqual({ status: 'in_progress', steps: [], ids: [], diagnostics: [] });
  });
});
