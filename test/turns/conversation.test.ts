import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import {
  type Conversation,
  type ConversationConfig,
  type ConversationState,
  createClient,
  createConversation,
  defineTool,
  HttpError,
  type InteractionEvent,
  type InteractionRequest,
  outputText,
  RequestError,
  type SavedConversation,
  type Step,
  type TurnEvent,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { undiciTransport } from 'rx-interactions/node';
import {
  concat,
  filter,
  finalize,
  firstValueFrom,
  from,
  NEVER,
  type Observable,
  type ObservableInput,
  of,
  Subject,
  throwError,
} from 'rxjs';

import { outcomeOf } from '../support/outcome.js';
import { clientOf, idle, letterOf, say, saying } from './support/conversations.js';
import { callingRound, scriptedClient } from './support/interactions.js';

const model = 'gemini-3-flash-preview';
const ROOT = path.resolve(__dirname, '../..');

const stateOf = ({ state$ }: Conversation): ConversationState => outcomeOf(state$).values[0]!;
const textsOf = ({ turns }: ConversationState) => turns.map(({ interaction }) => outputText(interaction));
const statusesOf = ({ turns }: ConversationState) => turns.map(({ status }) => status);
const throughJson = (conversation: Conversation) => JSON.parse(JSON.stringify(conversation)) as SavedConversation;

/** A conversation whose answers are there at once, and what it has sent. */
const open = (
  rounds: readonly ObservableInput<InteractionEvent>[],
  config: Partial<ConversationConfig> = {},
): { readonly conversation: Conversation; readonly requests: readonly InteractionRequest[] } => {
  const { client, requests } = scriptedClient(...rounds);
  return { conversation: createConversation(client, { model, ...config }), requests };
};

const neverEnding = (id: string, text: string): Observable<InteractionEvent> =>
  concat(from(saying(id, text).slice(0, 3)), NEVER);

describe('send', () => {
  it('starts work at once, whoever listens', () => {
    const { conversation, requests } = open([saying('v1_a', 'Hello.')]);
    conversation.send('Hi');
    expect(requests).toEqual([{ model, input: 'Hi' }]);
    expect(textsOf(stateOf(conversation))).toEqual(['Hello.']);
  });

  it('says what the turn is called', () => {
    const { conversation } = open([saying('v1_a', 'a'), saying('v1_b', 'b')]);
    const ids = ['a', 'b'].map((input) => conversation.send(input));
    expect(stateOf(conversation).turns.map(({ id }) => id)).toEqual(ids);
  });

  it('ignores a prompt while a turn is running, and says so, with exhaust', () => {
    const { conversation, requests } = open([neverEnding('v1_a', 'a')], { strategy: 'exhaust' });
    expect(conversation.send('a')).toMatch(/^turn_/);
    expect(conversation.send('b')).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('lets a prompt wait, with concat', () => {
    const first = new Subject<InteractionEvent>();
    const { conversation, requests } = open([first, saying('v1_b', 'b')], { strategy: 'concat' });
    conversation.send('a');
    const waiting = conversation.send('b');
    expect(requests).toHaveLength(1);
    for (const event of saying('v1_a', 'a')) first.next(event);
    first.complete();
    expect(requests).toHaveLength(2);
    expect(stateOf(conversation).turns.at(-1)?.id).toBe(waiting);
  });

  it('replaces the running turn otherwise, whose text stays', () => {
    const { conversation, requests } = open([saying('v1_a', 'a'), neverEnding('v1_b', 'b'), saying('v1_c', 'c')]);
    for (const input of ['a', 'b', 'c']) conversation.send(input);
    expect(statusesOf(stateOf(conversation))).toEqual(['completed', 'stopped', 'completed']);
    expect(textsOf(stateOf(conversation))).toEqual(['a', 'b', 'c']);
    expect(requests[2]?.previous_interaction_id).toBe('v1_a');
  });
});

describe('events$ and state$', () => {
  it('have what happens from now on, and what is', () => {
    const { conversation } = open([saying('v1_a', 'a'), saying('v1_b', 'b')]);
    conversation.send('a');
    const heard: string[] = [];
    const seen: ConversationState[] = [];
    conversation.events$.subscribe((event) => heard.push(letterOf(event)));
    conversation.state$.subscribe((state) => seen.push(state));
    conversation.send('b');

    expect(heard.join('')).toBe('TcsdpfE');
    expect(textsOf(seen[0]!)).toEqual(['a']);
    expect(textsOf(seen.at(-1)!)).toEqual(['a', 'b']);
    expect(seen.map(({ status }) => status)).toEqual(['idle', ...Array.from({ length: 6 }, () => 'running'), 'idle']);
  });

  it('agree: the state has an event by the time the event is told', () => {
    const { conversation } = open([saying('v1_a', 'a')]);
    const pairs: string[] = [];
    conversation.events$.subscribe((event) => {
      const [turn] = stateOf(conversation).turns;
      pairs.push(`${letterOf(event)}:${turn?.status ?? ''}:${outputText(turn!.interaction) ?? ''}`);
    });
    conversation.send('a');
    expect(pairs).toEqual([
      'T:running:',
      'c:running:',
      's:running:',
      'd:running:a',
      'p:running:a',
      'f:running:a',
      'E:completed:a',
    ]);
  });

  it.each(['switch', 'concat', 'exhaust'] as const)('keep their order where one answers the other (%s)', (strategy) => {
    const { conversation } = open([saying('v1_a', 'a'), saying('v1_b', 'b')], { strategy });
    const heard: string[][] = [[], []];
    let left = 1;
    conversation.events$.subscribe((event) => {
      heard[0]!.push(letterOf(event));
      if (event.event_type === 'turn.completed' && left > 0) {
        left -= 1;
        expect(conversation.send('b')).toBeDefined();
      }
    });
    conversation.events$.subscribe((event) => heard[1]!.push(letterOf(event)));
    conversation.send('a');
    expect(heard.map((letters) => letters.join(''))).toEqual(['TcsdpfETcsdpfE', 'TcsdpfETcsdpfE']);
    expect(textsOf(stateOf(conversation))).toEqual(['a', 'b']);
  });

  it('show the calls that wait for approval', () => {
    const approval = new Subject<boolean>();
    const tools = [defineTool({ name: 'f', execute: () => 'r' })];
    const { conversation } = open([callingRound('v1_a', ['1', 'f']), saying('v1_b', 'b')], {
      tools,
      approve: () => approval,
    });
    conversation.send('a');
    expect(stateOf(conversation).turns[0]).toMatchObject({ status: 'running', waiting: [{ id: '1', name: 'f' }] });
    approval.next(true);
    expect(stateOf(conversation).turns[0]).toMatchObject({ status: 'completed', waiting: [] });
  });

  it('survive a turn that fails', () => {
    const error = new Error('lost');
    const { conversation, requests } = open([
      saying('v1_a', 'a'),
      concat(
        from(saying('v1_b', 'b').slice(0, 3)),
        throwError(() => error),
      ),
      saying('v1_c', 'c'),
    ]);
    for (const input of ['a', 'b', 'c']) conversation.send(input);
    const state = stateOf(conversation);
    expect(statusesOf(state)).toEqual(['completed', 'failed', 'completed']);
    expect(state.turns[1]?.error).toBe(error);
    expect(textsOf(state)).toEqual(['a', 'b', 'c']);
    expect(requests[2]?.previous_interaction_id).toBe('v1_a');
  });
});

describe('stop', () => {
  it('ends the turn and nothing else', () => {
    const left = jest.fn();
    const { conversation, requests } = open([
      saying('v1_a', 'a'),
      neverEnding('v1_b', 'b').pipe(finalize(left)),
      saying('v1_c', 'c'),
    ]);
    conversation.send('a');
    conversation.send('b');
    conversation.stop();
    expect(left).toHaveBeenCalledTimes(1);
    expect(stateOf(conversation)).toMatchObject({ status: 'idle', turns: [{}, { status: 'stopped' }] });
    conversation.send('c');
    expect(requests[2]?.previous_interaction_id).toBe('v1_a');
  });

  it('lets prompts that wait go on', () => {
    const { conversation } = open([neverEnding('v1_a', 'a'), saying('v1_b', 'b')], { strategy: 'concat' });
    conversation.send('a');
    conversation.send('b');
    conversation.stop();
    expect(statusesOf(stateOf(conversation))).toEqual(['stopped', 'completed']);
  });

  it('does nothing while nothing runs', () => {
    const { conversation } = open([saying('v1_a', 'a')]);
    conversation.stop();
    conversation.send('a');
    conversation.stop();
    expect(statusesOf(stateOf(conversation))).toEqual(['completed']);
  });
});

describe('close', () => {
  it('stops the turn, forgets what waits, and completes both streams', () => {
    const left = jest.fn();
    const { conversation, requests } = open([neverEnding('v1_a', 'a').pipe(finalize(left))], { strategy: 'concat' });
    const heard: string[] = [];
    conversation.events$.subscribe({
      next: (event) => heard.push(letterOf(event)),
      complete: () => heard.push('|'),
    });
    conversation.send('a');
    conversation.send('b');
    conversation.close();
    conversation.close();

    expect(left).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(1);
    expect(heard.join('')).toBe('TcsdX|');
    expect(outcomeOf(conversation.state$)).toMatchObject({
      values: [{ status: 'closed', turns: [{ status: 'stopped' }] }],
      completed: true,
    });
    expect(() => conversation.send('c')).toThrow(RequestError);
    expect(() => {
      conversation.stop();
    }).not.toThrow();
  });

  it('leaves a conversation that can still be saved and forked', () => {
    const { conversation } = open([saying('v1_a', 'a')]);
    const id = conversation.send('a')!;
    conversation.close();
    expect(statusesOf(stateOf(conversation.fork(id)))).toEqual(['completed']);
    expect(stateOf(conversation.fork(id)).status).toBe('idle');
    expect(conversation.toJSON().turns).toHaveLength(1);
  });
});

describe('fork', () => {
  const rounds = () => ['a', 'b', 'c', 'd', 'e'].map((name) => saying(`v1_${name}`, name));

  it('goes on after a turn, and leaves the original as it is', () => {
    const { conversation, requests } = open(rounds());
    const [first] = ['a', 'b', 'c'].map((input) => conversation.send(input)!);
    const before = stateOf(conversation);
    const fork = conversation.fork(first!);
    expect(stateOf(fork).turns[0]).toBe(before.turns[0]);
    fork.send('d');
    expect(textsOf(stateOf(fork))).toEqual(['a', 'd']);
    expect(stateOf(conversation)).toBe(before);
    conversation.send('e');
    expect(requests.map(({ previous_interaction_id: id }) => id)).toEqual([undefined, 'v1_a', 'v1_b', 'v1_a', 'v1_c']);
    expect(textsOf(stateOf(fork))).toEqual(['a', 'd']);
  });

  it('has the history up to there, without a store', () => {
    const { conversation, requests } = open([saying('', 'a'), saying('', 'b'), saying('', 'c')], { store: false });
    const [first] = ['a', 'b'].map((input) => conversation.send(input)!);
    conversation.fork(first!).send('c');
    expect(requests[2]?.input).toEqual([
      { type: 'user_input', content: [{ type: 'text', text: 'a' }] },
      { type: 'model_output', content: [{ type: 'text', text: 'a' }] },
      { type: 'user_input', content: [{ type: 'text', text: 'c' }] },
    ]);
  });

  it('goes on from the last turn that completed, where the given one did not', () => {
    const { conversation, requests } = open([
      saying('v1_a', 'a'),
      throwError(() => new Error('x')),
      saying('v1_c', 'c'),
    ]);
    const [, failed] = ['a', 'b'].map((input) => conversation.send(input)!);
    const fork = conversation.fork(failed!);
    fork.send('c');
    expect(requests[2]?.previous_interaction_id).toBe('v1_a');
    expect(statusesOf(stateOf(fork))).toEqual(['completed', 'failed', 'completed']);
  });

  it('refuses a turn that is not there, or is running', () => {
    const { conversation } = open([neverEnding('v1_a', 'a')]);
    const id = conversation.send('a')!;
    expect(() => conversation.fork('turn_x')).toThrow(/no turn turn_x/);
    expect(() => conversation.fork(id)).toThrow(/still running/);
  });
});

describe('a conversation through JSON', () => {
  it('goes on where it was, and shows what it showed', () => {
    const { conversation } = open([saying('v1_a', 'a', { environment_id: 'e-1' }), saying('v1_b', 'b')], {
      environment: 'remote',
    });
    conversation.send('a');
    conversation.send([{ type: 'text', text: 'b' }]);
    const { conversation: restored, requests } = open([saying('v1_c', 'c')], {
      environment: 'remote',
      from: throughJson(conversation),
    });

    expect(stateOf(restored)).toEqual(stateOf(conversation));
    restored.send('c');
    expect(requests).toEqual([{ model, input: 'c', previous_interaction_id: 'v1_b', environment: 'e-1' }]);
    expect(textsOf(stateOf(restored))).toEqual(['a', 'b', 'c']);
  });

  it('brings its whole history where it is not stored', () => {
    const unknown: Step = { type: 'unknown', received: { type: 'x_step', signature: 's' } };
    const first: readonly InteractionEvent[] = [
      ...saying('', 'a').slice(0, 1),
      { event_type: 'step.start', index: 0, step: unknown },
      { event_type: 'step.stop', index: 0 },
      ...saying('', 'a').slice(1),
    ];
    const { conversation } = open([first], { store: false });
    conversation.send('a');
    const { conversation: restored, requests } = open([saying('', 'b')], {
      store: false,
      from: throughJson(conversation),
    });
    restored.send('b');
    expect(requests[0]?.input).toEqual([
      { type: 'user_input', content: [{ type: 'text', text: 'a' }] },
      unknown,
      { type: 'model_output', content: [{ type: 'text', text: 'a' }] },
      { type: 'user_input', content: [{ type: 'text', text: 'b' }] },
    ]);
  });

  it('shows turns that failed or were running as what they are now', () => {
    const error = new HttpError('overloaded', 'busy', { status: 503, body: {} });
    const { conversation } = open([throwError(() => error), neverEnding('v1_b', 'b')]);
    conversation.send('a');
    conversation.send('b');
    const state = stateOf(createConversation(clientOf(() => NEVER).client, { model, from: throughJson(conversation) }));

    expect(state.status).toBe('idle');
    expect(state.turns).toMatchObject([
      { status: 'failed', error: { name: 'HttpError', code: 'overloaded', message: error.message } },
      { status: 'stopped' },
    ]);
    expect(textsOf(state)).toEqual([undefined, 'b']);
  });

  it('can be restored, saved and restored again', () => {
    const { conversation } = open([saying('v1_a', 'a')]);
    conversation.send('a');
    const saved = throughJson(conversation);
    const again = createConversation(clientOf(() => NEVER).client, { model, from: saved });
    expect(throughJson(again)).toEqual(saved);
  });

  const refusalOf = (change: (saved: SavedConversation) => unknown): unknown => {
    const { conversation } = open([saying('v1_a', 'a'), saying('v1_b', 'b')]);
    conversation.send('a');
    conversation.send('b');
    const from = change(throughJson(conversation)) as SavedConversation;
    try {
      createConversation(clientOf(() => NEVER).client, { model, from });
      return undefined;
    } catch (error) {
      return error;
    }
  };

  const edited = (saved: SavedConversation, place: number, change: object): unknown => ({
    ...saved,
    turns: saved.turns.map((turn, at) => (at === place ? { ...turn, ...change } : turn)),
  });

  it.each<readonly [string, RegExp, (saved: SavedConversation) => unknown]>([
    ['no object', /^RequestError: from is not/, () => 'x'],
    ['another version', /from\.v is not/, (saved) => ({ ...saved, v: 2 })],
    ['no turns', /from\.turns is not/, (saved) => ({ ...saved, turns: {} })],
    ['no turn', /from\.turns\.1 is not/, ({ turns: [first] }) => ({ v: 1, turns: [first, null] })],
    ['no id', /from\.turns\.0\.id is not/, (saved) => edited(saved, 0, { id: '' })],
    ['no input', /from\.turns\.0\.input is not/, (saved) => edited(saved, 0, { input: null })],
    ['a status it cannot have', /from\.turns\.1\.status is not/, (saved) => edited(saved, 1, { status: 'running' })],
    ['no interaction', /from\.turns\.1\.interaction is not/, (saved) => edited(saved, 1, { interaction: 1 })],
    [
      'steps that are none',
      /from\.turns\.1\.interaction\.steps is not/,
      (saved) => edited(saved, 1, { interaction: { steps: [{}], ids: [], diagnostics: [] } }),
    ],
    ['no digests', /from\.turns\.1\.digests is not/, (saved) => edited(saved, 1, { digests: undefined })],
    [
      'digests of a turn that is no history',
      /from\.turns\.1\.digests/,
      (saved) => edited(saved, 1, { status: 'failed' }),
    ],
    ['an error without a name', /from\.turns\.1\.error/, (saved) => edited(saved, 1, { error: {} })],
    ['another prompt', /Step 1 \(user_input\) of turn turn_/, (saved) => edited(saved, 0, { input: 'A' })],
    [
      'another answer',
      /Step 2 \(model_output\) of turn turn_/,
      (saved) => JSON.parse(JSON.stringify(saved).replace('"text":"b"}]}]', '"text":"B"}]}]')) as unknown,
    ],
    ['a turn less', /Step 1 \(user_input\) of turn turn_/, ({ turns }) => ({ v: 1, turns: turns.slice(1) })],
  ])('is refused with %s, by name', (_what, message, change) => {
    const error = refusalOf(change);
    expect(error).toBeInstanceOf(RequestError);
    expect(String(error)).toMatch(message);
  });

  it('is not refused as it is', () => {
    expect(refusalOf((saved) => saved)).toBeUndefined();
  });
});

describe('a conversation with a server', () => {
  const listening: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(listening.splice(0).map((close) => close()));
  });

  const serve = async () => {
    const emulator = createEmulator({ pace: 0 });
    const { url, close } = await emulator.listen();
    listening.push(close);
    const client = createClient({
      apiKey: 'any',
      baseUrl: url,
      retry: { count: 0 },
      resume: false,
      transport: undiciTransport(),
    });
    return { emulator, url, client };
  };

  /** Goes on with a saved conversation in a new process. */
  const goOnElsewhere = async (input: object): Promise<unknown> => {
    const program = path.join(__dirname, 'support/go-on-talking.ts');
    const running = promisify(execFile)(process.execPath, ['--import', 'tsx', program], { cwd: ROOT });
    running.child.stdin?.end(JSON.stringify(input));
    return JSON.parse((await running).stdout) as unknown;
  };

  it.each([true, false])(
    'goes on in a new process (store: %p)',
    async (store) => {
      const { emulator, url, client } = await serve();
      const config = { model, store };
      const conversation = createConversation(client, config);
      await say(conversation, 'Count from 1 to 3.');
      const before = textsOf(stateOf(conversation));
      const result = await goOnElsewhere({ baseUrl: url, config, saved: conversation, prompt: 'Tell me a joke.' });

      expect(result).toEqual([
        ['completed', before[0]],
        ['completed', expect.any(String)],
      ]);
      const [first, second] = emulator.requests.map(({ body }) => body as InteractionRequest);
      expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200]);
      if (store) {
        expect(second?.previous_interaction_id).toBe(stateOf(conversation).turns[0]?.interaction.id);
      } else {
        const { steps } = stateOf(conversation).turns[0]!.interaction;
        expect(first?.input).toBe('Count from 1 to 3.');
        expect((second?.input as readonly Step[]).slice(1, -1)).toEqual(steps);
      }
    },
    30_000,
  );

  it('closes its request when it is stopped, and when it is closed', async () => {
    const { emulator, client } = await serve();
    emulator.script({ reply: ({ text, stall }) => [text('Well', stall())], times: 2 });
    const conversation = createConversation(client, { model });
    const speaks = async () => {
      await firstValueFrom(conversation.events$.pipe(filter((event: TurnEvent) => event.event_type === 'step.delta')));
    };
    const first = speaks();
    conversation.send('a');
    await first;
    conversation.stop();
    await emulator.requests[0]?.ended;
    const second = speaks();
    conversation.send('b');
    await second;
    conversation.close();
    await emulator.requests[1]?.ended;
    expect(emulator.requests).toMatchObject([
      { aborted: true, open: false },
      { aborted: true, open: false },
    ]);
    expect(textsOf(await firstValueFrom(conversation.state$))).toEqual(['Well', 'Well']);
  });

  it('asks before it runs a tool, and says what came of it', async () => {
    const { client } = await serve();
    const asked: string[] = [];
    const weather = defineTool({
      name: 'get_weather',
      parameters: { type: 'object', properties: { location: { type: 'string' } } },
      execute: () => ({ celsius: 22 }),
    });
    const conversation = createConversation(client, {
      model,
      tools: [weather],
      approve: ({ name }) => {
        asked.push(name);
        return of(true);
      },
    });
    const { turns } = await say(conversation, 'What is the weather in Paris?');
    expect(asked).toEqual(['get_weather']);
    expect(outputText(turns[0]!.interaction)).toContain('22');
    await idle(conversation);
  });
});
