import * as t from 'io-ts';
import {
  type ClientTool,
  defineTool,
  functionResult,
  googleSearch,
  type Interaction,
  InteractionError,
  type InteractionEvent,
  ofEventType,
  outputText,
  reduceInteraction,
  runTools,
  type RunToolsConfig,
  type RunToolsRequest,
  scanInteraction,
  type Step,
  type ToolCall,
  type ToolResult,
  type TurnEvent,
  UnsettledError,
} from 'rx-interactions';
import {
  completed,
  created,
  type MarbleHelpers,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
} from 'rx-interactions/testing';
import {
  concat,
  defer,
  EMPTY,
  filter,
  finalize,
  lastValueFrom,
  map,
  NEVER,
  type ObservedValueOf,
  of,
  pipe,
  Subject,
  take,
  tap,
  throwError,
  timer,
  toArray,
} from 'rxjs';

import { type Equal, typed } from '../support/types.js';
import { marbles } from '../support/marbles.js';
import { errorOf, failureOf } from '../transport/support/observe.js';
import { callEvents, callingRound, scriptedClient } from './support/interactions.js';

const model = 'gemini-3-flash-preview';
const request: RunToolsRequest = { model, input: 'What is the weather?' };

/** A round that answers in text and calls nothing. */
const answeringRound = (id: string, text = 'Sunny.'): readonly InteractionEvent[] => [
  created({ id }),
  stepStart(0, 'model_output'),
  textDelta(0, text),
  stepStop(0),
  completed({ id, usage: { total_tokens: 5 } }),
];

/** A tool that answers with its name and what it was called with. */
const echo = (name: string): ClientTool => defineTool({ name, execute: (args) => ({ [name]: args }) });

const run = (
  client: Parameters<typeof runTools>[0],
  tools: RunToolsRequest['tools'],
  config?: RunToolsConfig,
): Promise<TurnEvent[]> =>
  lastValueFrom(runTools(client, { ...request, tools }, { random: () => 0.5, ...config }).pipe(toArray()));

const namesOf = (events: readonly TurnEvent[]) => events.map(({ event_type }) => event_type);

/** The results that were sent back, in order. */
const resultsOf = ({ input }: { readonly input?: unknown }) =>
  (input as readonly Step[]).map(
    (step) => step.type === 'function_result' && [step.call_id, step.is_error ?? false, step.result],
  );

describe('runTools', () => {
  it('is the stream of its interaction, where nothing is called', async () => {
    const round = answeringRound('v1_one');
    const { client, requests } = scriptedClient(round);
    const [started, ...events] = await run(client, [echo('f')]);
    expect(started).toEqual({ event_type: 'turn.started', turnId: expect.any(String) as string, input: request.input });
    expect(events).toEqual(round);
    expect(requests).toHaveLength(1);
  });

  it('runs what is called, sends the result back, and goes on until nothing is', async () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f', { a: 1 }]),
      callingRound('v1_two', ['2', 'f', { a: 2 }]),
      answeringRound('v1_three'),
    );
    const events = await run(client, [echo('f')]);
    expect(namesOf(events)).toEqual([
      'turn.started',
      ...['interaction.created', 'step.start', 'step.delta', 'step.stop'],
      ...['tool.call', 'tool.result', 'interaction.completed', 'step.start', 'step.stop'],
      ...['interaction.created', 'step.start', 'step.delta', 'step.stop'],
      ...['tool.call', 'tool.result', 'interaction.completed', 'step.start', 'step.stop'],
      ...['interaction.created', 'step.start', 'step.delta', 'step.stop', 'interaction.completed'],
    ]);
    expect(requests.map(({ previous_interaction_id: id }) => id)).toEqual([undefined, 'v1_one', 'v1_two']);
    expect(requests.slice(1).map(resultsOf)).toEqual([
      [['1', false, { f: { a: 1 } }]],
      [['2', false, { f: { a: 2 } }]],
    ]);
  });

  it('declares its tools, and passes those of the server on', async () => {
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'f']), answeringRound('v1_two'));
    const f = defineTool({ name: 'f', description: 'Does f.', parameters: t.type({}), execute: () => 1 });
    await run(client, [f, googleSearch()]);
    const tools = [
      { type: 'function', name: 'f', description: 'Does f.', parameters: { type: 'object', properties: {} } },
      { type: 'google_search' },
    ];
    expect(requests.map((sent) => sent.tools)).toEqual([tools, tools]);
  });

  it('needs no tools', async () => {
    const { client, requests } = scriptedClient(answeringRound('v1_one'));
    await lastValueFrom(runTools(client, request));
    expect(requests).toEqual([request]);
  });

  it('sends again whatever the server does not remember, and forces a call only once', async () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f']),
      callingRound('v1_two', ['2', 'f']),
      answeringRound('v1_three'),
    );
    const kept = {
      model,
      system_instruction: 'Be brief.',
      response_format: { type: 'text' },
      service_tier: 'flex',
    } as const;
    await lastValueFrom(
      runTools(client, {
        ...kept,
        input: 'Hi',
        generation_config: { seed: 1, tool_choice: 'any' },
        tools: [echo('f')],
      }),
    );
    expect(requests.map((sent) => sent.generation_config?.tool_choice)).toEqual(['any', 'auto', 'auto']);
    for (const sent of requests) expect(sent).toMatchObject({ ...kept, generation_config: { seed: 1 } });
    expect(requests.slice(1).some(({ input }) => input === 'Hi')).toBe(false);
  });

  it('gives each of its requests the config of the call, and nothing of its own', async () => {
    const { client, configs } = scriptedClient(callingRound('v1_one', ['1', 'f']), answeringRound('v1_two'));
    const given = { headers: { 'x-trace': 't' }, extraBody: { brand_new: 1 } };
    await run(client, [echo('f')], { ...given, maxRounds: 5, concurrent: 2, onToolError: 'throw' });
    expect(configs).toEqual([given, given]);
  });

  it('is cold, and a turn of its own for each subscription', async () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f']),
      answeringRound('v1_two'),
      callingRound('v1_three', ['1', 'f']),
      answeringRound('v1_four'),
    );
    const turn$ = runTools(client, { ...request, tools: [echo('f')] });
    expect(requests).toEqual([]);
    const turns = [await lastValueFrom(turn$.pipe(toArray())), await lastValueFrom(turn$.pipe(toArray()))];
    expect(requests).toHaveLength(4);
    const [first, second] = turns.map(([started]) => started?.event_type === 'turn.started' && started.turnId);
    expect(first).toMatch(/^turn_./);
    expect(second).not.toBe(first);
  });

  it('marks its own events with the id of the turn, which random makes the same each time', async () => {
    const idsFor = async (random: () => number) => {
      const { client } = scriptedClient(callingRound('v1_one', ['1', 'f'], ['2', 'f']), answeringRound('v1_two'));
      const f = defineTool({ name: 'f', execute: () => of('half', 'whole') });
      const events = await run(client, [f], { random });
      return events.flatMap((event) => ('turnId' in event ? [[event.event_type, event.turnId]] : []));
    };
    const ids = await idsFor(() => 0.25);
    expect(ids.map(([name]) => name)).toEqual([
      'turn.started',
      ...['tool.call', 'tool.progress', 'tool.progress', 'tool.result'],
      ...['tool.call', 'tool.progress', 'tool.progress', 'tool.result'],
    ]);
    expect(new Set(ids.map(([, id]) => id)).size).toBe(1);
    expect(await idsFor(() => 0.25)).toEqual(ids);
    expect(await idsFor(() => 0.75)).not.toEqual(ids);
  });

  it('has events that are told apart by their type', async () => {
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']), answeringRound('v1_two'));
    const turn$ = runTools(client, { ...request, tools: [echo('f')] });
    typed<Equal<ObservedValueOf<typeof turn$>, TurnEvent>>();
    const names$ = turn$.pipe(
      ofEventType('tool.call', 'tool.result'),
      map((event) => {
        typed<Equal<typeof event, ToolCall | ToolResult>>();
        return event.call.name;
      }),
    );
    expect(await lastValueFrom(names$.pipe(toArray()))).toEqual(['f', 'f']);
  });
});

describe('when tools are called', () => {
  it('decides by the steps: calls run although the status says completed (T26)', async () => {
    const { client, requests } = scriptedClient(
      [created(), ...callEvents(0, '1', 'f', { a: 1 }), completed({ status: 'completed' })],
      answeringRound('v1_two'),
    );
    await run(client, [echo('f')]);
    expect(requests).toHaveLength(2);
  });

  it('decides by the steps: requires_action without a call is the end', async () => {
    const round = [created(), stepStart(0, 'model_output'), stepStop(0), completed({ status: 'requires_action' })];
    const { client, requests } = scriptedClient(round);
    expect((await run(client, [echo('f')])).slice(1)).toEqual(round);
    expect(requests).toHaveLength(1);
  });

  it('leaves calls of the server to the server', async () => {
    const { client, requests } = scriptedClient([
      created(),
      stepStart(0, { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } }),
      stepStop(0),
      completed({ status: 'requires_action' }),
    ]);
    await run(client, [echo('google_search')]);
    expect(requests).toHaveLength(1);
  });

  it('does not run a call again that a later round repeats', async () => {
    const execute = jest.fn(() => 'ok');
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'f']), [
      created({ id: 'v1_two' }),
      ...callEvents(0, '1', 'f'),
      stepStart(1, { type: 'function_result', call_id: '1', result: 'ok' }),
      stepStop(1),
      completed({ id: 'v1_two' }),
    ]);
    await run(client, [defineTool({ name: 'f', execute })]);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(2);
  });

  it('gives a call without an id one, and answers by it', async () => {
    const { client, requests } = scriptedClient(callingRound('v1_one', ['', 'f'], ['', 'g']), answeringRound('v1_two'));
    await run(client, [echo('f'), echo('g')]);
    const ids = resultsOf(requests[1]!).map((result) => result && result[0]);
    expect(ids.every((id) => id !== '' && id !== undefined)).toBe(true);
    expect(new Set(ids).size).toBe(2);
  });

  it('answers a call whose arguments are no JSON, runs the others, and goes on', async () => {
    const execute = jest.fn(() => 'ok');
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f', '{"a":'], ['2', 'f', { a: 1 }]),
      answeringRound('v1_two'),
    );
    await run(client, [defineTool({ name: 'f', execute })]);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(resultsOf(requests[1]!)).toEqual([
      ['1', true, expect.stringContaining('{"a":')],
      ['2', false, 'ok'],
    ]);
  });

  it('goes on although no call of a round can run', async () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f', 'nonsense']),
      answeringRound('v1_two'),
    );
    const events = await run(client, [echo('f')]);
    expect(namesOf(events)).not.toContain('tool.call');
    expect(resultsOf(requests[1]!)).toEqual([['1', true, expect.stringContaining('nonsense')]]);
  });
});

describe('calls of one round', () => {
  it('finish in any order, and are answered in the order of the calls, in one request', async () => {
    const finish: Record<string, Subject<string>> = { a: new Subject(), b: new Subject(), c: new Subject() };
    const started: string[] = [];
    const slow = defineTool({
      name: 'slow',
      parameters: t.type({ key: t.string }),
      execute: ({ key }) => {
        started.push(key);
        return lastValueFrom(finish[key]!);
      },
    });
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'slow', { key: 'a' }], ['2', 'slow', { key: 'b' }], ['3', 'slow', { key: 'c' }]),
      answeringRound('v1_two'),
    );
    const results$ = new Subject<string>();
    const events: TurnEvent[] = [];
    const done = lastValueFrom(
      runTools(client, { ...request, tools: [slow] }).pipe(
        map((event) => {
          events.push(event);
          if (event.event_type === 'tool.result') results$.next(event.call.id);
        }),
      ),
    );
    expect(started).toEqual(['a', 'b', 'c']);
    for (const key of ['c', 'a', 'b']) {
      expect(requests).toHaveLength(1);
      const answered = lastValueFrom(results$.pipe(take(1)));
      finish[key]!.next(`result of ${key}`);
      finish[key]!.complete();
      await answered;
    }
    await done;
    expect(events.flatMap((event) => (event.event_type === 'tool.result' ? [event.call.id] : []))).toEqual([
      '3',
      '1',
      '2',
    ]);
    expect(requests).toHaveLength(2);
    expect(resultsOf(requests[1]!)).toEqual([
      ['1', false, 'result of a'],
      ['2', false, 'result of b'],
      ['3', false, 'result of c'],
    ]);
  });

  /** Two tools that take their time: a has a progress on the way. */
  const slowTools = (cold: MarbleHelpers['cold']) => [
    defineTool({ name: 'a', execute: () => cold('----x-----(y|)', { x: 'x', y: 'y' }) }),
    defineTool({ name: 'b', execute: () => cold('------(z|)    ', { z: 'z' }) }),
  ];

  /** The events of tools: c is a call, p a progress, r a result. */
  const toolMarks = pipe(
    map(({ event_type }: TurnEvent) => event_type),
    filter((name) => name.startsWith('tool.')),
    map((name) => name.charAt('tool.'.length)),
  );

  it(
    'run at the same time',
    marbles(({ cold, expectObservable }) => {
      const { client } = scriptedClient(callingRound('v1_one', ['1', 'a'], ['2', 'b']), answeringRound('v1_two'));
      // a             ----x-----(y|)
      // b             ------(z|)
      const expected = '(cc)p-(pr)(pr|)';
      expectObservable(runTools(client, { ...request, tools: slowTools(cold) }).pipe(toolMarks)).toBe(expected);
    }),
  );

  it(
    'run one after the other with concurrent: 1',
    marbles(({ cold, expectObservable }) => {
      const { client } = scriptedClient(callingRound('v1_one', ['1', 'a'], ['2', 'b']), answeringRound('v1_two'));
      // a             ----x-----(y|)
      // b                       ------(z|)
      const expected = 'c---p-----(prc)-(pr|)';
      const turn$ = runTools(client, { ...request, tools: slowTools(cold) }, { concurrent: 1 });
      expectObservable(turn$.pipe(toolMarks)).toBe(expected);
    }),
  );

  it('run no more of them at once than they may', async () => {
    let running = 0;
    let most = 0;
    const busy = defineTool({
      name: 'busy',
      execute: () =>
        defer(() => {
          running += 1;
          most = Math.max(most, running);
          return timer(1).pipe(
            finalize(() => {
              running -= 1;
            }),
          );
        }),
    });
    const calls = Array.from({ length: 7 }, (_, at) => [String(at), 'busy'] as const);
    const { client } = scriptedClient(callingRound('v1_one', ...calls), answeringRound('v1_two'));
    const events = await run(client, [busy], { concurrent: 3 });
    expect(most).toBe(3);
    expect(events.filter(({ event_type }) => event_type === 'tool.result')).toHaveLength(7);
  });

  it.each([0, -1, NaN])('is refused where none could ever run: concurrent %d', async (concurrent) => {
    const { client, requests } = scriptedClient(answeringRound('v1_one'));
    const outcome = run(client, [echo('f')], { concurrent });
    await expect(outcome).rejects.toMatchObject({ name: 'RequestError', fields: ['concurrent'] });
    expect(requests).toEqual([]);
  });
});

describe('what a tool gives', () => {
  const outcomeOf = async (execute: () => unknown, config?: RunToolsConfig) => {
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'f']), answeringRound('v1_two'));
    const events = await run(client, [defineTool({ name: 'f', execute })], config);
    return {
      progress: events.flatMap((event) => (event.event_type === 'tool.progress' ? [event.value] : [])),
      results: resultsOf(requests[1]!),
      events,
    };
  };

  it.each<[string, () => unknown, readonly unknown[], unknown]>([
    ['a value', () => 'ok', [], 'ok'],
    ['an object', () => ({ celsius: 22 }), [], { celsius: 22 }],
    ['a number', () => 22, [], { result: 22 }],
    ['nothing', () => undefined, [], ''],
    ['a Promise', () => Promise.resolve('ok'), [], 'ok'],
    ['an Observable of one value', () => of('ok'), ['ok'], 'ok'],
    ['an Observable of several: the last one', () => of('a', 'b', 'c'), ['a', 'b', 'c'], 'c'],
    ['an Observable of none', () => EMPTY, [], ''],
    [
      'content',
      () => [{ type: 'image', data: 'AA', mime_type: 'image/png' }],
      [],
      [{ type: 'image', data: 'AA', mime_type: 'image/png' }],
    ],
    ['an array', () => [1, 2], [], { result: [1, 2] }],
  ])('is progress and a result: %s', async (_what, execute, progress, result) => {
    const outcome = await outcomeOf(execute);
    expect(outcome.progress).toEqual(progress);
    expect(outcome.results).toEqual([['1', false, result]]);
  });

  it.each<[string, () => unknown, readonly unknown[], string]>([
    [
      'throws',
      () => {
        throw new Error('no such city');
      },
      [],
      'no such city',
    ],
    ['rejects', () => Promise.reject(new Error('no such city')), [], 'no such city'],
    ['fails', () => throwError(() => new Error('no such city')), [], 'no such city'],
    [
      'fails after some progress',
      () =>
        concat(
          of('half'),
          throwError(() => new Error('no such city')),
        ),
      ['half'],
      'no such city',
    ],
    ['fails with text', () => throwError((): unknown => 'no such city'), [], 'no such city'],
    ['gives what JSON cannot hold', () => ({ size: 1n }), [], 'JSON'],
  ])('is told to the model where it %s', async (_what, execute, progress, message) => {
    const outcome = await outcomeOf(execute);
    expect(outcome.progress).toEqual(progress);
    expect(outcome.results).toEqual([['1', true, expect.stringContaining(message)]]);
    expect(outcome.events.filter(({ event_type }) => event_type === 'tool.result')).toHaveLength(1);
  });

  it('is told to the model where it fails, and not what that rests on', async () => {
    const cause = new Error('password of the database rejected');
    const outcome = await outcomeOf(() => Promise.reject(new Error('no such city', { cause })));
    expect(outcome.results).toEqual([['1', true, 'no such city']]);
  });

  it('is told to the model where there is no such tool', async () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'g'], ['2', 'f']),
      answeringRound('v1_two'),
    );
    await run(client, [echo('f')]);
    expect(resultsOf(requests[1]!)).toEqual([
      ['1', true, expect.stringContaining('"g"')],
      ['2', false, { f: {} }],
    ]);
  });

  it('is told to the model where the arguments do not fit, with their place', async () => {
    const execute = jest.fn();
    const parameters = t.type({ trip: t.type({ city: t.string }) });
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f', { trip: { city: 5 } }]),
      answeringRound('v1_two'),
    );
    await run(client, [defineTool({ name: 'f', parameters, execute })]);
    expect(resultsOf(requests[1]!)).toEqual([['1', true, expect.stringContaining('trip.city: expected string')]]);
    expect(execute).not.toHaveBeenCalled();
  });

  it('comes as a tool.result and, once all are there, as steps between the rounds', async () => {
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f'], ['2', 'g']), answeringRound('v1_two'));
    const events = await run(client, [echo('f'), echo('g')]);
    const first = events.findIndex(({ event_type }) => event_type === 'interaction.completed');
    expect(events.filter(({ event_type }) => event_type.startsWith('tool.'))).toMatchObject([
      { event_type: 'tool.call', call: { id: '1' } },
      { event_type: 'tool.result', call: { id: '1' }, result: { call_id: '1', result: { f: {} } } },
      { event_type: 'tool.call', call: { id: '2' } },
      { event_type: 'tool.result', call: { id: '2' }, result: { call_id: '2', result: { g: {} } } },
    ]);
    expect(events.slice(first + 1, first + 5)).toMatchObject([
      { event_type: 'step.start', step: { type: 'function_result', call_id: '1', result: { f: {} } } },
      { event_type: 'step.stop' },
      { event_type: 'step.start', step: { type: 'function_result', call_id: '2', result: { g: {} } } },
      { event_type: 'step.stop' },
    ]);
    // between two interactions no step is taken for another
    const indices = events
      .slice(0, first + 5)
      .flatMap((event) => (event.event_type === 'step.start' ? [event.index] : []));
    expect(new Set(indices).size).toBe(4);
  });
});

describe("with onToolError: 'throw'", () => {
  const config: RunToolsConfig = { onToolError: 'throw' };

  it('a tool that fails ends the turn with a ToolError that has its cause and the turn so far', async () => {
    const cause = new Error('no such city');
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    const f = defineTool({ name: 'f', execute: () => throwError(() => cause) });
    const { values, error } = await failureOf(runTools(client, { ...request, tools: [f] }, config));
    expect(namesOf(values).at(-1)).toBe('tool.call');
    expect(error).toMatchObject({
      name: 'ToolError',
      code: 'tool_failed',
      tool: 'f',
      interactionId: 'v1_one',
      partial: { ids: ['v1_one'], steps: [{ type: 'function_call', id: '1' }] },
    });
    expect(InteractionError.is(error) && error.cause).toBe(cause);
    expect(requests).toHaveLength(1);
  });

  it.each<[string, ClientTool[], object]>([
    ['an unknown tool', [], { cause: { message: expect.stringContaining('"f"') as unknown } }],
    [
      'arguments that do not fit',
      [defineTool({ name: 'f', parameters: t.type({ a: t.string }), execute: () => 1 })],
      { cause: { name: 'ArgumentsError' } },
    ],
    [
      'a result that JSON cannot hold',
      [defineTool({ name: 'f', execute: () => 1n })],
      { cause: { name: 'TypeError' } },
    ],
  ])('%s does the same', async (_what, tools, expected) => {
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    expect(await errorOf(runTools(client, { ...request, tools }, config))).toMatchObject({
      name: 'ToolError',
      ...expected,
    });
  });

  it('the other tools of the round are left', async () => {
    const left = jest.fn();
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'slow'], ['2', 'bad']));
    const tools = [
      defineTool({ name: 'slow', execute: () => NEVER.pipe(finalize(left)) }),
      defineTool({ name: 'bad', execute: () => Promise.reject(new Error('bad')) }),
    ];
    await errorOf(runTools(client, { ...request, tools }, config));
    expect(left).toHaveBeenCalledTimes(1);
  });
});

describe('maxRounds', () => {
  it('ends a turn that does not end by itself with the whole of it', async () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f']),
      callingRound('v1_two', ['2', 'f']),
      callingRound('v1_three', ['3', 'f']),
    );
    const { values, error } = await failureOf(runTools(client, { ...request, tools: [echo('f')] }, { maxRounds: 3 }));
    expect(error).toMatchObject({ name: 'RoundLimitError', code: 'round_limit', maxRounds: 3 });
    expect(InteractionError.is(error) && error.partial?.ids).toEqual(['v1_one', 'v1_two', 'v1_three']);
    expect(InteractionError.is(error) && error.partial?.steps.map(({ type }) => type)).toEqual([
      'function_call',
      'function_result',
      'function_call',
      'function_result',
      'function_call',
    ]);
    expect(requests).toHaveLength(3);
    expect(values.filter(({ event_type }) => event_type === 'tool.call')).toHaveLength(2);
  });

  it('is no error where the last round that is allowed calls nothing', async () => {
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']), answeringRound('v1_two'));
    await expect(run(client, [echo('f')], { maxRounds: 2 })).resolves.toBeDefined();
  });

  it('of 1 runs no tool', async () => {
    const execute = jest.fn();
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    const turn$ = runTools(client, { ...request, tools: [defineTool({ name: 'f', execute })] }, { maxRounds: 1 });
    expect(await errorOf(turn$)).toMatchObject({ name: 'RoundLimitError', maxRounds: 1 });
    expect(execute).not.toHaveBeenCalled();
  });

  it('is 10 unless it is said', async () => {
    const rounds = Array.from({ length: 11 }, (_, at) => callingRound(`v1_${String(at)}`, [String(at), 'f']));
    const { client, requests } = scriptedClient(...rounds);
    expect(await errorOf(runTools(client, { ...request, tools: [echo('f')] }))).toMatchObject({ maxRounds: 10 });
    expect(requests).toHaveLength(10);
  });
});

describe('a turn that is left', () => {
  it('aborts the signals of its tools, and leaves their Observables, before unsubscribe() returns', () => {
    const signals: AbortSignal[] = [];
    const left = jest.fn();
    const tools = [
      defineTool({
        name: 'promise',
        execute: (_args, { signal }) => {
          signals.push(signal);
          return new Promise(() => undefined);
        },
      }),
      defineTool({
        name: 'observable',
        execute: (_args, { signal }) => {
          signals.push(signal);
          return NEVER.pipe(finalize(left));
        },
      }),
    ];
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'promise'], ['2', 'observable']));
    const subscription = runTools(client, { ...request, tools }).subscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(left).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(1);
  });

  it('does not hear of a tool that fails after it was left', async () => {
    let reject: (error: Error) => void = () => undefined;
    const f = defineTool({ name: 'f', execute: () => new Promise((_resolve, fail) => (reject = fail)) });
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    const heard: string[] = [];
    const subscription = runTools(client, { ...request, tools: [f] }).subscribe({
      next: ({ event_type }) => heard.push(event_type),
      error: () => heard.push('error'),
    });
    subscription.unsubscribe();
    reject(new Error('late'));
    await new Promise(setImmediate);
    expect(heard.slice(-2)).toEqual(['tool.call', 'interaction.completed']);
  });

  it(
    'leaves the round that runs',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events: Record<string, InteractionEvent> = {
        c: created({ id: 'v1_one' }),
        s: callEvents(0, '1', 'f')[0]!,
        p: stepStop(0),
        f: completed({ id: 'v1_one', status: 'requires_action' }),
        C: created({ id: 'v1_two' }),
      };
      const one = cold(' c-s-p-f----  ', events);
      const two = cold('       -C-----  ', events);
      const unsub = '   ---------!    ';
      const subs1 = '   ^-----!       ';
      const subs2 = '   ------^--!    ';
      const { client } = scriptedClient(one, two);

      const turn$ = runTools(client, { ...request, tools: [echo('f')] }).pipe(
        filter(({ event_type }) => event_type.startsWith('interaction.')),
      );

      expectObservable(turn$, unsub).toBe('c-----fC', events);
      expectSubscriptions(one.subscriptions).toBe(subs1);
      expectSubscriptions(two.subscriptions).toBe(subs2);
    }),
  );

  it('between two values of a synchronous tool runs no further', () => {
    const pulled: number[] = [];
    const f = defineTool({ name: 'f', execute: () => of(1, 2, 3, 4).pipe(tap((value) => pulled.push(value))) });
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    runTools(client, { ...request, tools: [f] })
      .pipe(ofEventType('tool.progress'), take(2))
      .subscribe();
    expect(pulled).toEqual([1, 2]);
    expect(requests).toHaveLength(1);
  });
});

describe('a turn as one timeline', () => {
  const rounds = () =>
    scriptedClient(
      [
        created({ id: 'v1_one' }),
        stepStart(0, 'thought'),
        thoughtSignature(0, 's1'),
        stepStop(0),
        ...callEvents(1, '1', 'f', { a: 1 }),
        ...callEvents(2, '2', 'g'),
        completed({ id: 'v1_one', status: 'requires_action', usage: { total_tokens: 10, total_input_tokens: 4 } }),
      ],
      [
        created({ id: 'v1_two' }),
        stepStart(0, 'model_output'),
        textDelta(0, 'Sunny.'),
        stepStop(0),
        completed({ id: 'v1_two', usage: { total_tokens: 5, total_input_tokens: 3 } }),
      ],
    );

  const whole = {
    id: 'v1_two',
    status: 'completed',
    ids: ['v1_one', 'v1_two'],
    usage: { total_tokens: 15, total_input_tokens: 7 },
    diagnostics: [],
    steps: [
      { type: 'thought', signature: 's1' },
      { type: 'function_call', id: '1', name: 'f', arguments: { a: 1 } },
      { type: 'function_call', id: '2', name: 'g', arguments: {} },
      functionResult({ id: '1', name: 'f' }, { f: { a: 1 } }),
      functionResult({ id: '2', name: 'g' }, { g: {} }),
      { type: 'model_output', content: [{ type: 'text', text: 'Sunny.' }] },
    ],
  };

  it('reduces to the steps of all rounds with the results between them, all ids, and the usage of all', async () => {
    const turn$ = runTools(rounds().client, { ...request, tools: [echo('f'), echo('g')] });
    const turn = await lastValueFrom(turn$.pipe(reduceInteraction()));
    expect(turn).toMatchObject(whole);
    expect(outputText(turn)).toBe('Sunny.');
  });

  it('is scanned without a step back', async () => {
    const turn$ = runTools(rounds().client, { ...request, tools: [echo('f'), echo('g')] });
    const snapshots = await lastValueFrom(turn$.pipe(scanInteraction(), toArray()));
    const lengths = snapshots.map(({ steps }) => steps.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(snapshots.at(-1)).toMatchObject(whole);
    const last = snapshots.at(-1)!;
    // what is finished stays the same object to the end
    const withResults = snapshots.find(({ steps }) => steps.length === 5)!;
    expect(withResults.steps.slice(0, 4).every((step, place) => step === last.steps[place])).toBe(true);
  });

  it('begins anew with each turn', async () => {
    const turn = () => runTools(rounds().client, { ...request, tools: [echo('f'), echo('g')] });
    const snapshot = await lastValueFrom(concat(turn(), turn()).pipe(reduceInteraction()));
    expect(snapshot).toMatchObject(whole);
    expect(snapshot.steps).toHaveLength(6);
  });

  it.each([
    ['in the first round', 0],
    ['in the second round', 1],
  ])('is on an error %s, whole', async (_where, place) => {
    const error = new UnsettledError('disconnected', { partial: { status: 'in_progress' } as Interaction });
    const failing = concat(
      of(created({ id: 'v1_cut' }), stepStart(0, 'model_output'), textDelta(0, 'It is')),
      throwError(() => error),
    );
    const { client } = scriptedClient(...[callingRound('v1_one', ['1', 'f']), failing].slice(1 - place));
    const failed = await errorOf(runTools(client, { ...request, tools: [echo('f')] }));
    expect(failed).toBe(error);
    expect(error.partial).toMatchObject({ id: 'v1_cut', status: 'in_progress' });
    expect(error.partial?.ids).toEqual(['v1_one', 'v1_cut'].slice(1 - place));
    expect(error.partial?.steps.map(({ type }) => type)).toEqual(
      ['function_call', 'function_result', 'model_output'].slice(place === 0 ? 2 : 0),
    );
    expect(error.partial && outputText(error.partial)).toBe('It is');
  });
});

describe('a turn that is not stored', () => {
  /** As the server streams it with `store: false`: with empty ids. */
  const unstored = (events: readonly InteractionEvent[]): readonly InteractionEvent[] =>
    events.map((event) =>
      'interaction' in event ? { ...event, interaction: { ...event.interaction, id: '' } } : event,
    );

  it('sends its history along, longer from round to round', async () => {
    const { client, requests } = scriptedClient(
      unstored([
        created(),
        stepStart(0, 'thought'),
        thoughtSignature(0, 's1'),
        stepStop(0),
        ...callEvents(1, '1', 'f', { a: 1 }),
        completed({ status: 'requires_action' }),
      ]),
      unstored([
        created(),
        stepStart(0, 'thought'),
        thoughtSignature(0, 's2'),
        stepStop(0),
        ...callEvents(1, '2', 'f', { a: 2 }),
        completed({ status: 'requires_action' }),
      ]),
      unstored(answeringRound('')),
    );
    const turn = await lastValueFrom(
      runTools(client, { ...request, store: false, tools: [echo('f')] }).pipe(reduceInteraction()),
    );
    const user: Step = { type: 'user_input', content: [{ type: 'text', text: 'What is the weather?' }] };
    const one: readonly Step[] = [
      { type: 'thought', signature: 's1' },
      { type: 'function_call', id: '1', name: 'f', arguments: { a: 1 } },
      functionResult({ id: '1', name: 'f' }, { f: { a: 1 } }),
    ];
    const two: readonly Step[] = [
      { type: 'thought', signature: 's2' },
      { type: 'function_call', id: '2', name: 'f', arguments: { a: 2 } },
      functionResult({ id: '2', name: 'f' }, { f: { a: 2 } }),
    ];
    expect(requests.map(({ input }) => input)).toEqual([
      'What is the weather?',
      [user, ...one],
      [user, ...one, ...two],
    ]);
    expect(requests.every((sent) => sent.store === false && sent.previous_interaction_id === undefined)).toBe(true);
    expect(turn.ids).toEqual([]);
    expect(turn.steps).toHaveLength(7);
  });

  it('but was to be is an error that says so', async () => {
    const { client } = scriptedClient(unstored(callingRound('', ['1', 'f'])));
    expect(await errorOf(runTools(client, { ...request, tools: [echo('f')] }))).toMatchObject({
      name: 'RequestError',
      fields: ['previous_interaction_id'],
      partial: { steps: [{ type: 'function_call' }] },
    });
  });
});
