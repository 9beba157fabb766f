import fc from 'fast-check';
import {
  converse,
  type ConverseConfig,
  createClient,
  defineTool,
  fetchTransport,
  type Interaction,
  type InteractionInput,
  type InteractionRequest,
  ofEventType,
  outputText,
  RequestError,
  scanInteraction,
  type Step,
  type TurnEvent,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { completed, created } from 'rx-interactions/testing';
import {
  concat,
  EMPTY,
  finalize,
  from,
  lastValueFrom,
  map,
  NEVER,
  type ObservedValueOf,
  of,
  startWith,
  Subject,
  take,
  tap,
  throwError,
  toArray,
} from 'rxjs';

import { type Equal, typed } from '../support/types.js';
import { marbles } from '../support/marbles.js';
import { errorOf, valuesOf } from '../support/outcome.js';
import { like } from '../emulator/support/api.js';
import { bodyOf, DONE, eventStream, fakeTransport, frame } from '../client/support/fake-transport.js';
import { clientOf, letterOf, saying } from './support/conversations.js';
import { callingRound, scriptedClient } from './support/interactions.js';

const model = 'gemini-3-flash-preview';

const prompts = (...inputs: readonly InteractionInput[]) => from(inputs);

/** A conversation that answers at once, to its end. */
const turnsOf = (
  client: Parameters<typeof converse>[0],
  inputs: readonly InteractionInput[],
  config: Partial<ConverseConfig> = {},
): readonly TurnEvent[] => valuesOf(from(inputs).pipe(converse(client, { model, strategy: 'concat', ...config })));

const endsOf = (events: readonly TurnEvent[]): string =>
  events
    .map(letterOf)
    .filter((letter) => 'EFX'.includes(letter))
    .join('');

const textOf = (interaction: Interaction | undefined): string | undefined => interaction && outputText(interaction);

describe('what a prompt does while a turn is running', () => {
  /** Letters are prompts in the first diagram, events in the last, and each answer takes ten frames. */
  const conversation = (
    strategy: ConverseConfig['strategy'],
    diagrams: {
      readonly inputs: string;
      readonly answers: readonly string[];
      readonly events: string;
      readonly subscriptions: readonly string[];
      readonly prompts: readonly string[];
    },
  ) =>
    marbles(({ hot, coldEvents, expectObservable, expectSubscriptions, flush }) => {
      const answers = diagrams.answers.map((diagram, place) =>
        coldEvents(diagram, { c: created({ id: `v1_${place}` }), f: completed({ id: `v1_${place}` }) }),
      );
      const { client, requests } = clientOf(() => answers[requests.length - 1]!);
      const events$ = hot(diagrams.inputs).pipe(converse(client, { model, strategy }));

      expectObservable(events$.pipe(map(letterOf))).toBe(diagrams.events);
      answers.forEach((answer, place) => {
        expectSubscriptions(answer.subscriptions).toBe(diagrams.subscriptions[place] ?? []);
      });
      flush();
      expect(requests.map(({ input }) => input)).toEqual(diagrams.prompts);
    });

  it(
    'switch: it replaces the turn, whose request is closed at that moment',
    conversation('switch', {
      inputs: '       -a-----b--------------|',
      answers: ['             -----c----(f|)', '                   -----c----(f|)'],
      events: '       -T----c(XT)-c----(fE)-|',
      subscriptions: ['-^-----!', '-------^---------!'],
      prompts: ['a', 'b'],
    }),
  );

  it(
    'switch is the default',
    conversation(undefined, {
      inputs: '       -a-b|',
      answers: ['      -----c----(f|)', '   -----c----(f|)'],
      events: '       -T-(XT)-c----(fE|)',
      subscriptions: ['-^-!', '---^---------!'],
      prompts: ['a', 'b'],
    }),
  );

  it(
    'concat: it waits for its turn',
    conversation('concat', {
      inputs: '       -a-bc|',
      answers: ['      -----c----(f|)', '   -----c-----(f|)', '-----c----(f|)'],
      events: '       -T----c----(fET)c-----(fET)c----(fE|)',
      subscriptions: ['-^---------!', '-----------^----------!', '----------------------^---------!'],
      prompts: ['a', 'b', 'c'],
    }),
  );

  it(
    'exhaust: it is ignored',
    conversation('exhaust', {
      inputs: '       -a-bc-----------d|',
      answers: ['      -----c----(f|)', '   -----c----(f|)'],
      events: '       -T----c----(fE)-T----c----(fE|)',
      subscriptions: ['-^---------!', '----------------^---------!'],
      prompts: ['a', 'd'],
    }),
  );
});

describe('converse', () => {
  it('goes on from the turn before, by its id', () => {
    const { client, requests } = scriptedClient(saying('v1_a', 'Hello.'), saying('v1_b', 'Bye.'));
    const completions = turnsOf(client, ['Hi', 'Bye']).filter((event) => event.event_type === 'turn.completed');

    expect(requests).toEqual([
      { model, input: 'Hi' },
      { model, input: 'Bye', previous_interaction_id: 'v1_a' },
    ]);
    expect(completions.map(({ interaction }) => textOf(interaction))).toEqual(['Hello.', 'Bye.']);
  });

  it('runs a call without an id in every turn, whatever its surrogate was in the one before', () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_a', ['', 'f']),
      saying('v1_b', 'b'),
      callingRound('v1_c', ['', 'f']),
      saying('v1_d', 'd'),
    );
    turnsOf(client, ['a', 'b'], { tools: [defineTool({ name: 'f', execute: () => 1 })] });
    expect(requests).toHaveLength(4);
  });

  it('sends again whatever the server does not remember, and says how turns run to nobody but runTools', () => {
    const { client, requests, configs } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'));
    const kept = { system_instruction: 'Be brief.', generation_config: { seed: 1 }, service_tier: 'flex' } as const;
    turnsOf(client, ['a', 'b'], { ...kept, maxRounds: 3, headers: { 'x-a': '1' }, teardown: 'cancel' });

    expect(requests).toEqual([
      { model, ...kept, input: 'a' },
      { model, ...kept, input: 'b', previous_interaction_id: 'v1_a' },
    ]);
    expect(configs).toEqual([0, 1].map(() => ({ headers: { 'x-a': '1' }, teardown: 'cancel' })));
  });

  it('runs tools, and goes on from the last round of a turn', () => {
    const { client, requests } = scriptedClient(
      callingRound('v1_a', ['1', 'f', { a: 1 }]),
      saying('v1_b', 'Done.'),
      saying('v1_c', 'Bye.'),
    );
    const tools = [defineTool({ name: 'f', execute: () => 'r' })];
    const events = turnsOf(client, ['Go', 'Bye'], { tools });
    const [first] = events.filter((event) => event.event_type === 'turn.completed');

    expect(requests.map(({ previous_interaction_id: id }) => id)).toEqual([undefined, 'v1_a', 'v1_b']);
    expect(first?.interaction).toMatchObject({ ids: ['v1_a', 'v1_b'], id: 'v1_b' });
    expect(first?.interaction.steps.map(({ type }) => type)).toEqual([
      'function_call',
      'function_result',
      'model_output',
    ]);
  });

  it('gives each turn an id of its own, which all its events of ours carry', () => {
    const { client } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'));
    const ids = turnsOf(client, ['a', 'b']).flatMap((event) => ('turnId' in event ? [event.turnId] : []));

    expect(ids).toHaveLength(4);
    expect([ids[1], ids[3]]).toEqual([ids[0], ids[2]]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('is one timeline after the other for scanInteraction', () => {
    const { client } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'));
    const snapshots = valuesOf(
      prompts('a', 'b').pipe(converse(client, { model, strategy: 'concat' }), scanInteraction()),
    );

    expect(textOf(snapshots.at(-1))).toBe('b');
    expect(snapshots.at(-1)?.diagnostics).toEqual([]);
    expect(snapshots.at(-1)?.ids).toEqual(['v1_b']);
  });

  it('goes on after a turn that failed, as if it had not been', () => {
    const { client, requests } = scriptedClient(
      saying('v1_a', 'a'),
      concat(
        from(saying('v1_b', 'b').slice(0, 3)),
        throwError(() => new Error('lost')),
      ),
      saying('v1_c', 'c'),
    );
    const events = turnsOf(client, ['a', 'b', 'c']);

    expect(endsOf(events)).toBe('EFE');
    expect(events.filter((event) => event.event_type === 'turn.failed')).toEqual([
      { event_type: 'turn.failed', turnId: expect.stringMatching(/^turn_/), error: new Error('lost') },
    ]);
    expect(requests.map(({ previous_interaction_id: id }) => id)).toEqual([undefined, 'v1_a', 'v1_a']);
  });

  it('has a beginning even for a turn that fails before anything is sent', () => {
    const { client } = clientOf(() => {
      throw new TypeError('not today');
    });
    expect(turnsOf(client, ['a']).map(letterOf).join('')).toBe('TF');
  });

  it.each(['failed', 'cancelled'] as const)('leaves a turn out of the history that ended as %s', (status) => {
    const { client, requests } = scriptedClient(
      saying('v1_a', 'a'),
      saying('v1_b', 'b', { status }),
      saying('v1_c', 'c'),
    );
    expect(endsOf(turnsOf(client, ['a', 'b', 'c']))).toBe('EEE');
    expect(requests[2]?.previous_interaction_id).toBe('v1_a');
  });

  it('leaves an interrupted turn out of the history, prompt and all', () => {
    const inputs = new Subject<string>();
    const { client, requests } = scriptedClient(
      saying('', 'a'),
      concat(from(saying('', 'b').slice(0, 3)), NEVER),
      saying('', 'c'),
    );
    const ends: string[] = [];
    const subscription = inputs
      .pipe(converse(client, { model, store: false }))
      .subscribe((event) => ends.push(letterOf(event)));
    for (const input of ['a', 'b', 'c']) inputs.next(input);
    subscription.unsubscribe();

    expect(ends.join('')).toBe('TcsdpfE' + 'Tcsd' + 'X' + 'TcsdpfE');
    expect(JSON.stringify(requests[2]?.input)).not.toContain('"b"');
    expect(requests[2]?.input).toHaveLength(3);
  });

  it('leaves all rounds of an interrupted turn out of the history', () => {
    const inputs = new Subject<string>();
    const { client, requests } = scriptedClient(
      saying('v1_a', 'a'),
      callingRound('v1_b', ['1', 'f']),
      concat(from(saying('v1_c', 'c').slice(0, 3)), NEVER),
      saying('v1_d', 'd'),
    );
    const tools = [defineTool({ name: 'f', execute: () => 'r' })];
    const subscription = inputs.pipe(converse(client, { model, tools })).subscribe();
    for (const input of ['a', 'b', 'c']) inputs.next(input);
    subscription.unsubscribe();
    expect(requests.map(({ previous_interaction_id: id }) => id)).toEqual([undefined, 'v1_a', 'v1_b', 'v1_a']);
  });

  it.each([true, false])('however its turns end, goes on from those that completed (store: %p)', (store) => {
    const ways = {
      completes: (id: string) => from(saying(id, 'x')),
      'is cut short': (id: string) => from(saying(id, 'x', { status: 'incomplete' })),
      'is failed': (id: string) => from(saying(id, 'x', { status: 'failed' })),
      fails: (id: string) =>
        concat(
          from(saying(id, 'x').slice(0, 2)),
          throwError(() => new Error('lost')),
        ),
      'is interrupted': (id: string) => concat(from(saying(id, 'x').slice(0, 4)), NEVER),
    };
    type Way = keyof typeof ways;
    const isKept = (way: Way): boolean => way === 'completes' || way === 'is cut short';
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...(Object.keys(ways) as Way[])), { maxLength: 8 }), (turns) => {
        const inputs = new Subject<string>();
        const { client, requests } = scriptedClient(
          ...turns.map((way, place) => ways[way](store ? `v1_${place}` : '')),
          saying('', 'last'),
        );
        const letters: string[] = [];
        const subscription = inputs
          .pipe(converse(client, { model, store }))
          .subscribe((event) => letters.push(letterOf(event)));
        for (const [place] of turns.entries()) inputs.next(`Prompt ${place}.`);
        inputs.next('Last.');
        subscription.unsubscribe();

        const kept = turns.flatMap((way, place) => (isKept(way) ? [place] : []));
        const last = requests.at(-1);
        const ends = letters.filter((letter) => 'TEFX'.includes(letter)).join('');
        expect(ends).toMatch(/^(T[EFX])*TE$/);
        expect(ends).toHaveLength(2 * turns.length + 2);
        if (store || kept.length === 0) {
          expect(last?.input).toBe('Last.');
          expect(last?.previous_interaction_id).toBe(kept.length === 0 ? undefined : `v1_${kept.at(-1)!}`);
        } else {
          const said = (last?.input as readonly Step[]).filter(({ type }) => type === 'user_input');
          expect(said.map((step) => JSON.stringify(step))).toEqual(
            [...kept.map((place) => `Prompt ${place}.`), 'Last.'].map((text) => like.containing(text)),
          );
          expect(last?.input).toHaveLength(2 * kept.length + 1);
        }
      }),
    );
  });

  it('goes on in the sandbox that the first turn was given, bare', () => {
    const { client, requests } = scriptedClient(
      saying('v1_a', 'a', { environment_id: 'e-1' }),
      saying('v1_b', 'b'),
      saying('v1_c', 'c'),
    );
    turnsOf(client, ['a', 'b', 'c'], { environment: { type: 'remote', network: 'disabled' } });
    expect(requests.map(({ environment }) => environment)).toEqual([
      { type: 'remote', network: 'disabled' },
      'e-1',
      'e-1',
    ]);
  });

  it('starts from a history that it is given', () => {
    const history: readonly Step[] = [
      { type: 'user_input', content: [{ type: 'text', text: 'I am Ada.' }] },
      { type: 'model_output', content: [{ type: 'text', text: 'Hello, Ada.' }] },
    ];
    const { client, requests } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'));
    turnsOf(client, ['Who am I?', 'Sure?'], { history });

    expect(requests).toEqual([
      { model, input: [...history, { type: 'user_input', content: [{ type: 'text', text: 'Who am I?' }] }] },
      { model, input: 'Sure?', previous_interaction_id: 'v1_a' },
    ]);
  });

  it('is a conversation of its own for each subscription', () => {
    const { client, requests } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'));
    const events$ = of('Hi').pipe(converse(client, { model }));
    valuesOf(events$);
    valuesOf(events$);
    expect(requests).toEqual([
      { model, input: 'Hi' },
      { model, input: 'Hi' },
    ]);
  });

  it('does nothing before it is subscribed to, and nothing without a prompt', () => {
    const { client, requests } = scriptedClient();
    of('Hi').pipe(converse(client, { model }));
    expect(valuesOf(EMPTY.pipe(converse(client, { model })))).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('ends with an error of its source, and leaves the turn', () => {
    const left = jest.fn();
    const { client } = clientOf(() => NEVER.pipe(finalize(left)));
    const source = concat(
      of('a'),
      throwError(() => new Error('gone')),
    );
    expect(errorOf(source.pipe(converse(client, { model })))).toEqual(new Error('gone'));
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('leaves everything when it is left', () => {
    const left = jest.fn();
    const { client } = clientOf(() => NEVER.pipe(finalize(left)));
    const source = NEVER.pipe(startWith('a'), finalize(left));
    source.pipe(converse(client, { model })).subscribe().unsubscribe();
    expect(left).toHaveBeenCalledTimes(2);
  });

  it('passes the end of a turn on before a prompt that answers it begins the next', () => {
    const inputs = new Subject<string>();
    const more = ['b', 'c'];
    for (const strategy of ['switch', 'concat', 'exhaust'] as const) {
      const { client } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'), saying('v1_c', 'c'));
      const left = [...more];
      const heard: string[] = [];
      const subscription = inputs.pipe(converse(client, { model, strategy })).subscribe((event) => {
        heard.push(letterOf(event));
        const next = event.event_type === 'turn.completed' ? left.shift() : undefined;
        if (next !== undefined) inputs.next(next);
      });
      inputs.next('a');
      subscription.unsubscribe();
      expect([strategy, heard.join('')]).toEqual([strategy, 'TcsdpfE'.repeat(3)]);
    }
  });

  it('replaces a turn from inside one of its own events', () => {
    const inputs = new Subject<string>();
    const { client, requests } = scriptedClient(saying('v1_a', 'a'), saying('v1_b', 'b'));
    const heard: string[] = [];
    const subscription = inputs.pipe(converse(client, { model })).subscribe((event) => {
      heard.push(letterOf(event));
      if (event.event_type === 'step.delta' && requests.length === 1) inputs.next('b');
    });
    inputs.next('a');
    subscription.unsubscribe();
    expect(heard.join('')).toBe('Tcsd' + 'X' + 'TcsdpfE');
  });
});

it('takes what every request says, and nothing that is the business of one turn', () => {
  const { client } = scriptedClient();
  const config: ConverseConfig = {
    model,
    tools: [defineTool({ name: 'f', execute: () => 1 })],
    approve: () => of(true),
  };
  const turns$ = EMPTY.pipe(converse(client, config));
  typed<Equal<ObservedValueOf<typeof turns$>, TurnEvent>>();
  expect(valuesOf(turns$)).toEqual([]);
  // @ts-expect-error -- it comes from the source
  converse(client, { ...config, input: 'Hi' });
  // @ts-expect-error -- it is the turn before
  converse(client, { ...config, previous_interaction_id: 'v1_a' });
  // @ts-expect-error -- each turn has one of its own
  converse(client, { ...config, turnId: 't' });
  // @ts-expect-error -- there is no such strategy
  converse(client, { ...config, strategy: 'merge' });
  // @ts-expect-error -- no input of an interaction
  of(7).pipe(converse(client, config));
});

describe('converse without a store', () => {
  /** A round as it is written, and its steps as they are written back. */
  const raw = (steps: readonly string[], finished: readonly string[] = steps) => ({
    answer: eventStream(
      frame({ event_type: 'interaction.created', interaction: { id: '', status: 'in_progress' } }),
      ...steps.flatMap((step, index) => [
        `data: {"event_type":"step.start","index":${index},"step":${step}}\n\n`,
        frame({ event_type: 'step.stop', index }),
      ]),
      frame({ event_type: 'interaction.completed', interaction: { id: '', status: 'completed' } }),
      DONE,
    ),
    finished,
  });

  const said = (text: string) => `{"type":"user_input","content":[{"type":"text","text":${JSON.stringify(text)}}]}`;

  const rounds = [
    raw([
      '{"type":"thought","signature":"c2lnL+8=\\u0001"}',
      '{"type":"google_search_call","id":"q","arguments":{"queries":["x"]},"signature":"z","search_type":"web_search"}',
      '{"type":"x_new_step","payload":{"b":1,"a":[null,1.50]},"signature":"s"}',
      '{"type":"function_call","id":"1","name":"f","arguments":{"z":1,"a":{"__proto__":2}},"signature":"s2"}',
    ]),
    raw([
      '{"type":"model_output","content":[{"type":"text","text":"Part 1 \\u2028 \\ud83d\\ude00"},{"type":"image","data":"AAAA","mime_type":"image/png"}]}',
    ]),
    raw(['{"type":"model_output","content":[{"type":"text","text":"Bye."}]}']),
  ];

  it('sends everything back as it came, byte for byte (wire-format 8.4)', () => {
    const { transport, requests } = fakeTransport((_request, place) => rounds[place]!.answer);
    const client = createClient({ apiKey: 'any', transport });
    const tools = [defineTool({ name: 'f', execute: () => ({ c: 4 }) })];
    const events = turnsOf(client, ['Go', 'Bye'], { tools, store: false });

    expect(endsOf(events)).toBe('EE');
    const normalised = (text: string) => JSON.stringify(JSON.parse(text)); // 1.50 is 1.5, an escape is its character
    const result = '{"type":"function_result","call_id":"1","name":"f","result":{"c":4}}';
    const history = [said('Go'), ...rounds[0]!.finished, result, ...rounds[1]!.finished, said('Bye')];
    expect(requests[2]?.body).toContain(`"input":[${history.map(normalised).join(',')}]`);
    expect(requests[1]?.body).toContain(`"input":[${history.slice(0, 6).map(normalised).join(',')}]`);
    expect(bodyOf(requests[2]!)).not.toHaveProperty('previous_interaction_id');
  });

  it('fails a turn whose history has been changed in the meantime, and sends nothing', () => {
    const { client, requests } = scriptedClient(saying('', 'a'), saying('', 'b'));
    const events$ = prompts('a', 'b').pipe(
      converse(client, { model, strategy: 'concat', store: false }),
      tap((event) => {
        if (event.event_type !== 'turn.completed') return;
        Object.assign(event.interaction.steps[0]!, { content: [{ type: 'text', text: 'A' }] });
      }),
    );
    const events = valuesOf(events$);
    const [failure] = events.filter((event) => event.event_type === 'turn.failed');
    expect(endsOf(events)).toBe('EF');
    expect(events.map(letterOf).join('').endsWith('TF')).toBe(true);
    expect(failure?.error).toBeInstanceOf(RequestError);
    expect(String(failure?.error)).toMatch(/Step 2 \(model_output\) of turn turn_/);
    expect(requests).toHaveLength(1);
  });

  it('sends the history where the turn before left no id, though it was to be stored', () => {
    const { client, requests } = scriptedClient(saying('', 'a'), saying('v1_b', 'b'), saying('v1_c', 'c'));
    turnsOf(client, ['a', 'b', 'c']);
    expect(
      requests.map(({ previous_interaction_id: id, input }) => [id, Array.isArray(input) ? input.length : input]),
    ).toEqual([
      [undefined, 'a'],
      [undefined, 3],
      ['v1_b', 'c'],
    ]);
  });
});

describe('a conversation with a server', () => {
  const start = (more: Parameters<typeof createEmulator>[0] = {}) => {
    const emulator = createEmulator({ pace: 0, ...more });
    const client = createClient({
      apiKey: 'any',
      retry: { count: 0 },
      resume: false,
      transport: fetchTransport({ fetch: emulator.fetch }),
    });
    return { emulator, client };
  };

  const logOf = ({ requests }: ReturnType<typeof createEmulator>) =>
    requests.map(({ method, status, aborted, body }) => ({
      method,
      status,
      aborted,
      body: body as InteractionRequest,
    }));

  it('switch: aborts the request that it leaves, and goes on from the turn before', async () => {
    const { emulator, client } = start();
    emulator.script(
      { reply: ({ text }) => [text('One.')] },
      { reply: ({ text, stall }) => [text('Two', stall())] },
      { reply: ({ text }) => [text('Three.')] },
    );
    const inputs = new Subject<string>();
    const events = lastValueFrom(
      inputs.pipe(
        converse(client, { model }),
        tap((event) => {
          if (event.event_type === 'turn.completed' && emulator.requests.length === 1) inputs.next('b');
          if (event.event_type === 'step.delta' && emulator.requests.length === 2) inputs.next('c');
        }),
        ofEventType('turn.completed', 'turn.interrupted'),
        take(3),
        map(letterOf),
        toArray(),
      ),
    );
    inputs.next('a');

    expect((await events).join('')).toBe('EXE');
    await Promise.all(emulator.requests.map(({ ended }) => ended));
    const log = logOf(emulator);
    expect(log.map(({ aborted }) => aborted)).toEqual([false, true, false]);
    const [first, second, third] = log.map(({ body }) => body);
    expect([second?.input, third?.input]).toEqual(['b', 'c']);
    expect(first?.previous_interaction_id).toBeUndefined();
    expect(second?.previous_interaction_id).toMatch(/^v1_/);
    expect(third?.previous_interaction_id).toBe(second?.previous_interaction_id);
  });

  it('switch: cancels a run in the background that it leaves, with teardown: cancel', async () => {
    const { emulator, client } = start();
    emulator.script({ reply: ({ text, stall }) => [text('One', stall())] }, { reply: ({ text }) => [text('Two.')] });
    const inputs = new Subject<string>();
    const done = lastValueFrom(
      inputs.pipe(
        converse(client, { model, background: true, teardown: 'cancel' }),
        tap((event) => {
          if (event.event_type === 'step.delta' && emulator.requests.length === 1) inputs.next('b');
        }),
        ofEventType('turn.completed'),
        take(1),
      ),
    );
    inputs.next('a');

    expect(textOf((await done).interaction)).toBe('Two.');
    await Promise.all(emulator.requests.map(({ ended }) => ended));
    expect(emulator.requests.filter(({ path }) => path.endsWith('/cancel'))).toMatchObject([{ status: 200 }]);
  });

  it.each(['concat', 'exhaust'] as const)('%s: never has two requests open', async (strategy) => {
    let open = 0;
    const { emulator, client } = start({
      onRequest: ({ ended }) => {
        open += 1;
        expect(open).toBe(1);
        void ended.then(() => {
          open -= 1;
        });
      },
    });
    const ends = await lastValueFrom(
      prompts('Count to 3.', 'Tell me a joke.').pipe(converse(client, { model, strategy }), map(letterOf), toArray()),
    );
    const turns = strategy === 'concat' ? 2 : 1;
    expect(ends.filter((letter) => 'EFX'.includes(letter))).toEqual(Array.from({ length: turns }, () => 'E'));
    expect(logOf(emulator).map(({ status, aborted }) => [status, aborted])).toEqual(
      Array.from({ length: turns }, () => [200, false]),
    );
  });

  it.each([404, 501])(
    'sends its history where the server answers %i to the id before, with onMissingHistory: replay',
    async (status) => {
      const { emulator, client } = start();
      emulator.script(
        { reply: ({ thought, text }) => [thought('Hm.'), text('One.')] },
        { reply: ({ httpError }) => [httpError(status, { error: { code: 'not_found', message: 'gone' } })] },
        { reply: ({ text }) => [text('Two.')] },
        { reply: ({ text }) => [text('Three.')] },
      );
      const turns = await lastValueFrom(
        prompts('a', 'b', 'c').pipe(
          converse(client, { model, strategy: 'concat', onMissingHistory: 'replay' }),
          ofEventType('turn.completed'),
          map(({ interaction }) => textOf(interaction)),
          toArray(),
        ),
      );

      expect(turns).toEqual(['One.', 'Two.', 'Three.']);
      const [first, refused, replayed, last] = logOf(emulator).map(({ body }) => body);
      expect(refused).toMatchObject({ input: 'b', previous_interaction_id: like.string });
      expect(replayed).not.toHaveProperty('previous_interaction_id');
      expect((replayed?.input as readonly Step[]).map(({ type }) => type)).toEqual([
        'user_input',
        'thought',
        'model_output',
        'user_input',
      ]);
      expect(first?.input).toBe('a');
      expect(last).toMatchObject({ input: 'c', previous_interaction_id: like.string });
      expect(last?.previous_interaction_id).not.toBe(refused?.previous_interaction_id);
    },
  );

  it('fails the turn where that is not wanted, and goes on', async () => {
    const { emulator, client } = start();
    emulator.script(
      { reply: ({ text }) => [text('One.')] },
      { reply: ({ httpError }) => [httpError(404, { error: { code: 'not_found', message: 'gone' } })] },
    );
    const ends = await lastValueFrom(
      prompts('a', 'b', 'Count to 3.').pipe(converse(client, { model, strategy: 'concat' }), map(letterOf), toArray()),
    );
    expect(ends.filter((letter) => 'EFX'.includes(letter)).join('')).toBe('EFE');
  });

  it('replays a history that is not stored, which the server checks', async () => {
    const { emulator, client } = start();
    emulator.script({
      reply: (reply) => [reply.thought('Hm. '), reply.call('f', { a: 1 })],
    });
    const tools = [defineTool({ name: 'f', execute: () => 'r' })];
    await lastValueFrom(
      prompts('Go', 'Count to 3.').pipe(converse(client, { model, tools, store: false, strategy: 'concat' })),
    );
    expect(logOf(emulator).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((emulator.requests[2]?.body as InteractionRequest).input as readonly Step[]).toMatchObject([
      { type: 'user_input' },
      { type: 'thought', signature: like.string },
      { type: 'function_call' },
      { type: 'function_result' },
      { type: 'thought', signature: like.string },
      { type: 'model_output' },
      { type: 'user_input' },
    ]);
  });
});
