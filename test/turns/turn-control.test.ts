import {
  type Approval,
  type ClientTool,
  createClient,
  defineTool,
  fetchTransport,
  type FunctionCall,
  InteractionError,
  type InteractionEvent,
  outputText,
  reduceInteraction,
  runTools,
  type RunToolsConfig,
  type Step,
  type TurnEvent,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { completed, created, statusUpdate, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import {
  concat,
  delay,
  EMPTY,
  finalize,
  lastValueFrom,
  NEVER,
  type Observable,
  type ObservableInput,
  of,
  Subject,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { callEvents, callingRound, scriptedClient } from './support/interactions.js';

const model = 'm';
const input = 'Go.';

const answeringRound = (id: string): readonly InteractionEvent[] => [
  created({ id }),
  stepStart(0, 'model_output'),
  textDelta(0, 'Done.'),
  stepStop(0),
  completed({ id }),
];

const resultsOf = ({ input: sent }: { readonly input?: unknown }) =>
  (sent as readonly Step[]).map(
    (step) => step.type === 'function_result' && [step.call_id, step.is_error ?? false, step.result],
  );

const collect = (turn$: Observable<TurnEvent>): Promise<TurnEvent[]> => lastValueFrom(turn$.pipe(toArray()));

/** What a turn emits, and how it ends, in virtual time. */
const watch = (turn: (scheduler: TestScheduler) => Observable<TurnEvent>) => {
  const scheduler = new TestScheduler(() => undefined);
  const events: (readonly [at: number, name: string])[] = [];
  let end: { readonly at: number; readonly error?: unknown } | undefined;
  scheduler.run(() => {
    turn(scheduler).subscribe({
      next: ({ event_type }) => events.push([scheduler.now(), event_type]),
      error: (error: unknown) => (end = { at: scheduler.now(), error }),
      complete: () => (end = { at: scheduler.now() }),
    });
  });
  return { events, end };
};

const ok = defineTool({ name: 'f', execute: (args) => ({ ran: args }) });

describe('a call', () => {
  it('runs as soon as it is complete, while the model goes on; its result goes out when that has settled', () => {
    const model$ = new Subject<InteractionEvent>();
    const { client, requests } = scriptedClient(model$, answeringRound('v1_two'));
    const seen: string[] = [];
    runTools(client, { model, input, tools: [ok] }).subscribe(({ event_type }) => seen.push(event_type));
    const round = callingRound('v1_one', ['1', 'f', { a: 1 }]);
    for (const event of round.slice(0, -1)) model$.next(event);
    expect(seen.slice(-3)).toEqual(['step.stop', 'tool.call', 'tool.result']);
    for (const event of [stepStart(1, 'model_output'), textDelta(1, 'And '), stepStop(1)]) model$.next(event);
    expect(requests).toHaveLength(1);
    model$.next(round.at(-1)!);
    expect(resultsOf(requests[1]!)).toEqual([['1', false, { ran: { a: 1 } }]]);
    expect(seen.at(-1)).toBe('interaction.completed');
  });

  it('is waited for where the model is done first, and its slot is the next one’s', () => {
    const tools = [defineTool({ name: 'f', execute: ({ ms }) => timer(Number(ms)) })];
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f', { ms: 30 }], ['2', 'f', { ms: 10 }], ['3', 'f', { ms: 10 }]),
      answeringRound('v1_two'),
    );
    const { events, end } = watch(() => runTools(client, { model, input, tools }, { concurrent: 2 }));
    expect(events.filter(([, name]) => name === 'tool.call').map(([at]) => at)).toEqual([0, 0, 10]);
    expect(events.filter(([, name]) => name === 'tool.result').map(([at]) => at)).toEqual([10, 20, 30]);
    expect(resultsOf(requests[1]!)).toMatchObject([{ 0: '1' }, { 0: '2' }, { 0: '3' }]);
    expect(end).toEqual({ at: 30 });
  });

  it('is left as soon as the server answers it itself (migration guide)', async () => {
    const left = jest.fn();
    const never = defineTool({ name: 'f', execute: () => NEVER.pipe(finalize(left)) });
    const { client, requests } = scriptedClient([
      created({ id: 'v1_one' }),
      ...callEvents(0, '1', 'f'),
      stepStart(1, { type: 'function_result', call_id: '1', result: 'theirs' }),
      stepStop(1),
      completed({ id: 'v1_one' }),
    ]);
    const events = await collect(runTools(client, { model, input, tools: [never] }));
    expect(left).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(1);
    expect(events.map(({ event_type }) => event_type)).not.toContain('tool.result');
  });

  it('is not begun at all where that is while it waits for its turn', () => {
    const ran: string[] = [];
    const slow = defineTool({
      name: 'f',
      execute: (_args, { call }) => {
        ran.push(call.id);
        return timer(100);
      },
    });
    const { client, requests } = scriptedClient(
      [
        created({ id: 'v1_one' }),
        ...callEvents(0, '1', 'f'),
        ...callEvents(1, '2', 'f'),
        stepStart(2, { type: 'function_result', call_id: '2', result: 'theirs' }),
        stepStop(2),
        completed({ id: 'v1_one', status: 'requires_action' }),
      ],
      answeringRound('v1_two'),
    );
    const { events, end } = watch(() => runTools(client, { model, input, tools: [slow] }, { concurrent: 1 }));
    expect(ran).toEqual(['1']);
    expect(events.filter(([, name]) => name === 'tool.call')).toHaveLength(1);
    expect(resultsOf(requests[1]!)).toMatchObject([{ 0: '1' }]);
    expect(end).toEqual({ at: 100 });
  });

  it('does not run again, nor is answered again, where an answer repeats one of an earlier turn', async () => {
    const execute = jest.fn(() => 'again');
    const echo = [
      created({ id: 'v1_two' }),
      ...callEvents(0, 'old', 'f'),
      ...callEvents(1, 'new', 'f'),
      completed({ id: 'v1_two', status: 'requires_action' }),
    ];
    const { client, requests } = scriptedClient(echo, answeringRound('v1_three'));
    const history: Step[] = [
      { type: 'function_call', id: 'old', name: 'f', arguments: {} },
      { type: 'function_result', call_id: 'old', name: 'f', result: 'then' },
    ];
    const tools = [defineTool({ name: 'f', execute })];
    await collect(runTools(client, { model, input, tools, previous_interaction_id: 'v1_one' }, { history }));
    expect(execute).toHaveBeenCalledTimes(1);
    expect(resultsOf(requests[1]!)).toEqual([['new', false, 'again']]);
  });

  it('of a round whose results could not be sent does not run', async () => {
    const execute = jest.fn(() => 1);
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    const turn$ = runTools(
      client,
      { model, input, tools: [defineTool({ name: 'f', execute })] },
      { budget: { rounds: 1 } },
    );
    await expect(lastValueFrom(turn$)).rejects.toMatchObject({ name: 'BudgetError', limit: 'rounds', allowed: 1 });
    expect(execute).not.toHaveBeenCalled();
  });
});

describe('approve', () => {
  const turnWith = (approve: RunToolsConfig['approve'], config: RunToolsConfig = {}, tool: ClientTool = ok) => {
    const { client, requests } = scriptedClient(
      callingRound('v1_one', ['1', 'f', { path: '/etc' }]),
      answeringRound('v1_two'),
    );
    const turn$ = (more: RunToolsConfig = {}) =>
      runTools(client, { model, input, tools: [tool] }, { approve, ...config, ...more });
    return { turn$, requests };
  };
  const toolEvents = (events: readonly TurnEvent[]) =>
    events.flatMap(({ event_type }) => (event_type.startsWith('tool.') ? [event_type] : []));

  it.each<[string, Approval, readonly string[], readonly unknown[]]>([
    ['true runs it', true, ['tool.call', 'tool.result'], ['1', false, { ran: { path: '/etc' } }]],
    [
      'other arguments run it with those',
      { arguments: { path: '/tmp' } },
      ['tool.call', 'tool.result'],
      ['1', false, { ran: { path: '/tmp' } }],
    ],
    ['false tells the model', false, ['tool.result'], ['1', true, expect.stringContaining('not approved')]],
    [
      'deny tells it why',
      { deny: 'never there' },
      ['tool.result'],
      ['1', true, expect.stringContaining('never there')],
    ],
  ])('%s', async (_name, approval, names, result) => {
    const asked: FunctionCall[] = [];
    const { turn$, requests } = turnWith((call) => (asked.push(call), of(approval)));
    const events = await collect(turn$());
    expect(toolEvents(events)).toEqual(['tool.approval_required', ...names]);
    expect(asked).toMatchObject([{ id: '1', name: 'f', arguments: { path: '/etc' } }]);
    expect(resultsOf(requests[1]!)).toEqual([result]);
  });

  it.each<[string, () => ObservableInput<Approval>]>([
    ['nothing', () => EMPTY],
    ['an error', () => throwError(() => new Error('no dialog'))],
    [
      'a throw',
      () => {
        throw new Error('no dialog');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('no dialog'))],
  ])('%s denies', async (_name, approve) => {
    const { turn$, requests } = turnWith(approve);
    expect(toolEvents(await collect(turn$()))).toEqual(['tool.approval_required', 'tool.result']);
    expect(resultsOf(requests[1]!)).toEqual([['1', true, expect.stringContaining('f was not run')]]);
  });

  it('denies what nobody decides in time', () => {
    const { turn$, requests } = turnWith(() => NEVER, { approvalTimeout: 5000 });
    const { events, end } = watch((scheduler) => turn$({ scheduler }));
    expect(events.find(([, name]) => name === 'tool.result')).toEqual([5000, 'tool.result']);
    expect(end).toEqual({ at: 5000 });
    expect(resultsOf(requests[1]!)).toEqual([['1', true, expect.stringContaining('in time')]]);
  });

  it('takes its time while the others run, and is left with the turn', () => {
    const left = jest.fn();
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f'], ['2', 'free']));
    const free = defineTool({ name: 'free', execute: () => 1, approve: false });
    const approve = () => NEVER.pipe(finalize(left));
    const seen: string[] = [];
    const subscription = runTools(client, { model, input, tools: [ok, free] }, { approve }).subscribe(
      (event) =>
        event.event_type.startsWith('tool.') && 'call' in event && seen.push(`${event.event_type} ${event.call.name}`),
    );
    expect(seen).toEqual(['tool.approval_required f', 'tool.call free', 'tool.result free']);
    subscription.unsubscribe();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('of the tool goes before that of the turn', async () => {
    const own = defineTool({ name: 'f', execute: () => 'ran', approve: () => of({ deny: 'the tool says no' }) });
    const { turn$, requests } = turnWith(() => of(true), {}, own);
    await collect(turn$());
    expect(resultsOf(requests[1]!)).toEqual([['1', true, expect.stringContaining('the tool says no')]]);
  });

  it('is not asked about calls of no tool', async () => {
    const approve = jest.fn(() => of(true));
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'nobody']), answeringRound('v1_two'));
    await collect(runTools(client, { model, input, tools: [ok] }, { approve }));
    expect(approve).not.toHaveBeenCalled();
  });
});

describe('budget', () => {
  const usage = (total_tokens: number, total_output_tokens = 0) => ({ usage: { total_tokens, total_output_tokens } });

  it('that is used up in the middle of a stream ends the turn with what had come', () => {
    const left = jest.fn();
    const round = concat(
      of(created({ id: 'v1_one' }), stepStart(0, 'model_output'), textDelta(0, 'So ')),
      of<InteractionEvent>(statusUpdate('in_progress', usage(101))).pipe(delay(10)),
      NEVER,
    ).pipe(finalize(left));
    const { client } = scriptedClient(round);
    const { end } = watch(() => runTools(client, { model, input }, { budget: { totalTokens: 100 } }));
    expect(end).toMatchObject({ at: 10, error: { name: 'BudgetError', limit: 'totalTokens', allowed: 100 } });
    expect(InteractionError.is(end?.error) && outputText(end.error.partial!)).toBe('So ');
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('is for all rounds together', async () => {
    const calling = (id: string) => [
      ...callingRound(id, [`${id}_call`, 'f']).slice(0, -1),
      completed({ id, status: 'requires_action', ...usage(40, 10) }),
    ];
    const { client, requests } = scriptedClient(calling('v1_one'), calling('v1_two'), calling('v1_three'));
    const turn$ = runTools(client, { model, input, tools: [ok] }, { budget: { outputTokens: 25 } });
    await expect(lastValueFrom(turn$)).rejects.toMatchObject({
      name: 'BudgetError',
      limit: 'outputTokens',
      partial: { ids: ['v1_one', 'v1_two', 'v1_three'], usage: { total_output_tokens: 30 } },
    });
    expect(requests).toHaveLength(3);
  });

  it('does not take back a turn that is done', async () => {
    const { client } = scriptedClient([created({ id: 'v1_one' }), completed({ id: 'v1_one', ...usage(1000) })]);
    const turn$ = runTools(client, { model, input }, { budget: { totalTokens: 10 } });
    await expect(lastValueFrom(turn$.pipe(reduceInteraction()))).resolves.toMatchObject({ status: 'completed' });
  });

  it('of time is for the tools, too', () => {
    const { client } = scriptedClient(callingRound('v1_one', ['1', 'f']));
    const tools = [defineTool({ name: 'f', execute: () => NEVER })];
    const { end } = watch((scheduler) => runTools(client, { model, input, tools }, { budget: { ms: 700 }, scheduler }));
    expect(end).toMatchObject({ at: 700, error: { name: 'BudgetError', limit: 'ms', partial: { id: 'v1_one' } } });
  });

  it.each([
    ['in the background is cancelled', true, ['v1_one']],
    ['in the foreground is left', undefined, []],
  ])('a run %s', async (_name, background, cancelled) => {
    const ids: string[] = [];
    const { client } = scriptedClient([created({ id: 'v1_one' }), statusUpdate('in_progress', usage(11))]);
    const cancel = (id: string) => (ids.push(id), EMPTY);
    const turn$ = runTools(
      { ...client, cancel },
      { model, input, ...(background && { background }) },
      { budget: { totalTokens: 10 } },
    );
    await expect(lastValueFrom(turn$)).rejects.toMatchObject({ name: 'BudgetError' });
    expect(ids).toEqual(cancelled);
  });
});

describe('onMissingHistory', () => {
  const history: Step[] = [
    { type: 'user_input', content: [{ type: 'text', text: 'My name is Ada.' }] },
    { type: 'thought', signature: 'c2ln' },
    { type: 'model_output', content: [{ type: 'text', text: 'Hello, Ada.' }] },
  ];
  /** A server that knows no interaction to go on from. */
  const forgetful = (status: number, code: string) => {
    const emulator = createEmulator();
    const sent: { readonly previous_interaction_id?: string; readonly input?: unknown }[] = [];
    const fetch: typeof emulator.fetch = async (request, init) => {
      const body = JSON.parse(init?.body as string) as (typeof sent)[number];
      sent.push(body);
      return body.previous_interaction_id === undefined
        ? emulator.fetch(request, init)
        : new Response(JSON.stringify({ error: { code, message: 'no' } }), {
            status,
            headers: { 'content-type': 'application/json' },
          });
    };
    const client = createClient({
      apiKey: 'k',
      transport: fetchTransport({ fetch }),
      retry: { count: 0 },
    });
    return { client, sent, emulator };
  };

  it.each([
    [404, 'not_found'],
    [501, 'unimplemented'],
  ])("'replay' sends the history along after a %s", async (status, code) => {
    const { client, sent } = forgetful(status, code);
    const request = { model, input: 'Count to 3.', previous_interaction_id: 'v1_gone' };
    const turn$ = runTools(client, request, { history, onMissingHistory: 'replay' });
    const turn = await lastValueFrom(turn$.pipe(reduceInteraction()));
    expect(outputText(turn)).toBe('1, 2, 3');
    expect(sent.map(({ previous_interaction_id: id }) => id)).toEqual(['v1_gone', undefined]);
    expect(sent[1]!.input).toEqual([
      ...history,
      { type: 'user_input', content: [{ type: 'text', text: 'Count to 3.' }] },
    ]);
  });

  it('replays the rounds of the turn itself', async () => {
    const { client, sent, emulator } = forgetful(404, 'not_found');
    emulator.script({ reply: ({ thought, call }) => [thought(), call('f', { a: 1 })] });
    const turn$ = runTools(client, { model, input, tools: [ok] }, { onMissingHistory: 'replay' });
    await lastValueFrom(turn$);
    expect(sent).toHaveLength(3);
    expect(sent[2]!.input).toMatchObject([
      { type: 'user_input' },
      { type: 'thought', signature: expect.any(String) },
      { type: 'function_call', name: 'f', arguments: { a: 1 } },
      { type: 'function_result', result: { ran: { a: 1 } } },
    ]);
  });

  it.each<[string, RunToolsConfig, number, string]>([
    ["without 'replay'", { history }, 404, 'not_found'],
    ['without a history', { onMissingHistory: 'replay' }, 404, 'not_found'],
    ['where it is the model that is missing', { history, onMissingHistory: 'replay' }, 404, 'model_not_found'],
    ['after another error', { history, onMissingHistory: 'replay' }, 400, 'invalid_request'],
  ])('is the error it is %s', async (_name, config, status, code) => {
    const { client, sent } = forgetful(status, code);
    const turn$ = runTools(client, { model, input, previous_interaction_id: 'v1_gone' }, config);
    await expect(lastValueFrom(turn$)).rejects.toMatchObject({ name: 'HttpError', status });
    expect(sent).toHaveLength(1);
  });
});

describe('history', () => {
  const history: Step[] = [{ type: 'user_input', content: [{ type: 'text', text: 'Before.' }] }];

  it('goes in front of the input where there is nothing to go on from, and is no part of the turn', async () => {
    const { client, requests } = scriptedClient(callingRound('v1_one', ['1', 'f']), answeringRound('v1_two'));
    const [started, ...events] = await collect(runTools(client, { model, input, tools: [ok] }, { history }));
    expect(started).toMatchObject({ event_type: 'turn.started', input });
    expect(requests[0]!.input).toEqual([...history, { type: 'user_input', content: [{ type: 'text', text: input }] }]);
    expect(requests[1]).toMatchObject({ previous_interaction_id: 'v1_one', input: [{ type: 'function_result' }] });
    const turn = await lastValueFrom(of(...(events as InteractionEvent[])).pipe(reduceInteraction()));
    expect(turn.steps.map(({ type }) => type)).toEqual(['function_call', 'function_result', 'model_output']);
  });

  it('goes along in every round of a turn that is not stored', async () => {
    const { client, requests } = scriptedClient(callingRound('', ['1', 'f']), answeringRound(''));
    await collect(runTools(client, { model, input, tools: [ok], store: false }, { history }));
    expect((requests[1]!.input as readonly Step[]).map(({ type }) => type)).toEqual([
      'user_input',
      'user_input',
      'function_call',
      'function_result',
    ]);
  });
});

it('an agent goes on in the sandbox it was given', async () => {
  const round = callingRound('v1_one', ['1', 'f']).map((event) =>
    event.event_type === 'interaction.completed'
      ? completed({ ...event.interaction, environment_id: '8f14e45f' })
      : event,
  );
  const { client, requests } = scriptedClient(round, answeringRound('v1_two'));
  await collect(runTools(client, { agent: 'a', environment: 'remote', input, tools: [ok] }));
  expect(requests.map(({ environment }) => environment)).toEqual(['remote', '8f14e45f']);
});

it('a turn can be named', async () => {
  const { client } = scriptedClient(answeringRound('v1_one'));
  expect((await collect(runTools(client, { model, input }, { turnId: 'mine' })))[0]).toMatchObject({ turnId: 'mine' });
});
