import { decodeEvents, decodeFrames, type Diagnostic, type InteractionEvent, reduceInteraction } from 'rx-interactions';
import { lastValueFrom, of, toArray } from 'rxjs';

import { InteractionEvent as Event } from '../../src/protocol/index.js';
import { requestOf, type Scenario, SCENARIOS } from './scenarios.js';
import { closeAll, eventsOf, inProcess, type Json, messagesOf, overSockets, seeded } from './support/api.js';

afterEach(closeAll);

/** The same ids, signatures and times at every run. */
const same = () => ({ pace: 0, random: seeded(), now: () => Date.UTC(2026, 5, 1, 10) });

type Open = typeof inProcess;

/** Asks all but the last question. */
const upToLast = async ({ turns, path }: Scenario, open: Open) => {
  const { send, emulator } = await open(same());
  let previous: Json = {};
  for (const turn of turns.slice(0, -1)) {
    const response = await send('POST', path, requestOf(turn, previous));
    previous = (await response.json()) as Json;
    expect(response.status).toBe(200);
  }
  return { send, emulator, path, last: requestOf(turns.at(-1)!, previous) };
};

const streamed = async (scenario: Scenario, open: Open = inProcess): Promise<Response> => {
  const { send, path, last } = await upToLast(scenario, open);
  const response = await send('POST', path, { ...last, stream: true });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return response;
};

const inputTypes = ['user_input', 'function_result'];

/** The JSON answer, without what was put in before it (which a GET shows and a POST does not). */
const unary = async (scenario: Scenario, open: Open): Promise<Json> => {
  const { send, path, last } = await upToLast(scenario, open);
  const answer = (await (await send('POST', path, last)).json()) as Json;
  if (last['background'] !== true) return answer;
  expect(answer).toMatchObject({ status: 'in_progress' });
  expect(answer).not.toHaveProperty('steps');
  const { steps, ...whole } = (await (await send('GET', `${path}/${String(answer['id'])}`)).json()) as {
    readonly steps: readonly Json[];
  };
  return { ...whole, steps: steps.filter(({ type }) => !inputTypes.includes(String(type))) };
};

const decoded = async (response: Response) => {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const diagnostics: Diagnostic[] = [];
  const events$ = of(bytes).pipe(
    decodeFrames(),
    decodeEvents({ onDiagnostic: (diagnostic) => diagnostics.push(diagnostic) }),
  );
  return {
    events: await lastValueFrom(events$.pipe(toArray())),
    interaction: await lastValueFrom(events$.pipe(reduceInteraction())),
    diagnostics,
  };
};

const table = SCENARIOS.map((scenario) => [scenario.name, scenario] as const);

it('has a name for every scenario', () => {
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
});

describe.each([
  ['in process', inProcess],
  ['over sockets', overSockets],
])('%s, the stream reduces to the JSON answer:', (_way, open) => {
  it.each(table)('%s', async (_name, scenario) => {
    const { interaction, diagnostics } = await decoded(await streamed(scenario, open));
    const { ids, diagnostics: noticed, ...whole } = interaction;
    const expected = await unary(scenario, open);

    expect(whole).toEqual(expected);
    expect(ids).toEqual(expected['id'] === undefined ? [] : [expected['id']]);
    expect([...noticed, ...diagnostics]).toEqual([]);
  });
});

describe('every event is canonical:', () => {
  /** Whether something in a value was not understood. */
  const hasUnknown = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(hasUnknown);
    if (typeof value !== 'object' || value === null) return false;
    const { type, event_type } = value as Json;
    return type === 'unknown' || event_type === 'unknown' || Object.values(value).some(hasUnknown);
  };

  it.each(table)('%s', async (_name, scenario) => {
    const received = eventsOf(await messagesOf(await streamed(scenario)));

    for (const event of received) {
      const read = Event.decode(event);
      expect(read._tag).toBe('Right');
      const canonical = (read as { readonly right: InteractionEvent }).right;
      expect(canonical).toEqual(event); // no member is spelt otherwise, added or dropped
      expect(hasUnknown(canonical)).toBe(false);
    }
  });
});

describe('the usage adds up:', () => {
  const sum = (counts: unknown): number =>
    ((counts ?? []) as readonly { readonly tokens: number }[]).reduce((total, { tokens }) => total + tokens, 0);

  it.each(table)('%s', async (_name, scenario) => {
    const { usage, steps } = (await unary(scenario, inProcess)) as {
      readonly usage: Readonly<Record<string, number>>;
      readonly steps: readonly Json[];
    };
    const { total_input_tokens: read, total_output_tokens: made, total_thought_tokens: thought, ...more } = usage;
    const usesTools = steps.some(({ type }) => /^(?!function_).*_call$/.test(String(type)));

    expect(more['total_tokens']).toBe(read! + made! + thought! + more['total_tool_use_tokens']!);
    expect(sum(more['input_tokens_by_modality'])).toBe(read);
    expect(sum(more['output_tokens_by_modality'])).toBeLessThanOrEqual(made!);
    expect(sum(more['tool_use_tokens_by_modality'])).toBe(more['total_tool_use_tokens']);
    expect(more['total_tool_use_tokens']! > 0).toBe(usesTools && !steps.some(({ type }) => type === 'processing_call'));
  });
});

it.each(table)('a server tool’s result answers its call, and ids differ: %s', async (_name, scenario) => {
  const { steps } = (await unary(scenario, inProcess)) as { readonly steps: readonly Json[] };
  const calls = steps.filter(({ type }) => String(type).endsWith('_call'));
  const results = steps.filter(({ type }) => String(type).endsWith('_result'));
  const serverCalls = calls.filter(({ type }) => type !== 'function_call');

  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  expect(results.map(({ type, call_id }) => [type, call_id])).toEqual(
    serverCalls.map(({ type, id }) => [String(type).replace(/_call$/, '_result'), id]),
  );
});
