import {
  createClient,
  customAgent,
  deepResearch,
  environmentOf,
  fetchTransport,
  type InteractionRequest,
  managedAgent,
  outputText,
  reduceInteraction,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { lastValueFrom } from 'rxjs';

const open = () => {
  const emulator = createEmulator({ pace: 0 });
  const client = createClient({ apiKey: 'k', transport: fetchTransport({ fetch: emulator.fetch }) });
  return { client, emulator };
};

const NOTHING = { store: undefined, background: undefined, system_instruction: undefined } as const;

describe('deepResearch', () => {
  it('asks for what these agents insist on', () => {
    expect(deepResearch({ input: 'Research TPUs.' })).toEqual({
      agent: 'deep-research-preview-04-2026',
      input: 'Research TPUs.',
      background: true,
      store: true,
      agent_config: { type: 'deep-research' },
    });
  });

  it('puts what is for the agent into its configuration, and the rest beside it', () => {
    expect(
      deepResearch({
        agent: 'deep-research-max-preview-04-2026',
        input: 'Research TPUs.',
        thinking_summaries: 'auto',
        collaborative_planning: false,
        visualization: 'off',
        enable_bigquery_tool: true,
        previous_interaction_id: 'v1_plan',
        tools: [{ type: 'google_search' }],
      }),
    ).toEqual({
      agent: 'deep-research-max-preview-04-2026',
      input: 'Research TPUs.',
      background: true,
      store: true,
      previous_interaction_id: 'v1_plan',
      tools: [{ type: 'google_search' }],
      agent_config: {
        type: 'deep-research',
        thinking_summaries: 'auto',
        collaborative_planning: false,
        visualization: 'off',
        enable_bigquery_tool: true,
      },
    });
  });

  it('is not moved by members that say nothing', () => {
    expect(deepResearch({ input: 'x', ...NOTHING })).toMatchObject({ background: true, store: true });
    expect(deepResearch({ input: 'x', visualization: undefined }).agent_config).toEqual({ type: 'deep-research' });
  });

  it('is accepted as it is: a plan, then the report that it leads to', async () => {
    const { client } = open();
    const settle = (request: InteractionRequest) => lastValueFrom(client.stream(request).pipe(reduceInteraction()));
    const plan = await settle(deepResearch({ input: 'Research TPUs.', collaborative_planning: true }));
    const report = await settle(
      deepResearch({ input: 'Go on.', collaborative_planning: false, previous_interaction_id: plan.id }),
    );
    expect([plan.status, report.status]).toEqual(['completed', 'completed']);
    expect(outputText(report)).not.toBe(outputText(plan));
  });
});

describe('managedAgent', () => {
  it('asks for an agent in a sandbox', () => {
    expect(managedAgent({ input: 'Print 1.', environment: 'remote' })).toEqual({
      agent: 'antigravity-preview-09-2026',
      input: 'Print 1.',
      environment: 'remote',
      agent_config: { type: 'antigravity' },
    });
  });

  it('puts its model and its budget into its configuration; the budget as text', () => {
    const { agent_config, model } = managedAgent({
      input: 'Print 1.',
      environment: 'remote',
      model: 'gemini-3.5-flash',
      max_total_tokens: 100_000,
    });
    expect(agent_config).toEqual({ type: 'antigravity', model: 'gemini-3.5-flash', max_total_tokens: '100000' });
    expect(model).toBeUndefined();
  });

  it.each([
    ['remote', 'remote'],
    ['0b1c', '0b1c'],
    ['env_0b1c', '0b1c'],
    [
      { type: 'remote', network: 'disabled' },
      { type: 'remote', network: 'disabled' },
    ],
    [
      { type: 'remote', environment_id: 'env_0b1c' },
      { type: 'remote', environment_id: '0b1c' },
    ],
  ])('sends the environment %j as %j', (environment, sent) => {
    expect(managedAgent({ input: 'x', environment }).environment).toEqual(sent);
    expect(customAgent({ agent: 'mine', input: 'x', environment }).environment).toEqual(sent);
  });

  it('works in one sandbox from turn to turn', async () => {
    const { client, emulator } = open();
    const first = await lastValueFrom(
      client.create(managedAgent({ input: 'Save 1 to a file.', environment: 'remote', max_total_tokens: 100_000 })),
    );
    const environment = environmentOf(first) ?? 'remote';
    const second = await lastValueFrom(
      client.create(managedAgent({ input: 'Print it.', environment, previous_interaction_id: first.id })),
    );
    expect(environmentOf(second)).toBe(environmentOf(first));
    expect(emulator.requests.map(({ body }) => (body as InteractionRequest).environment)).toEqual([
      'remote',
      first.environment_id,
    ]);
  });
});

describe('customAgent', () => {
  it('asks for an agent by its id, and for no more than that', () => {
    expect(customAgent({ agent: 'mine', input: 'x' })).toEqual({ agent: 'mine', input: 'x' });
  });

  it('says of what type a configuration is, unless it says so itself', () => {
    const configOf = (agent_config: Readonly<Record<string, unknown>>) =>
      customAgent({ agent: 'mine', input: 'x', agent_config }).agent_config;
    expect(configOf({ tone: 'plain' })).toEqual({ type: 'dynamic', tone: 'plain' });
    expect(configOf({ type: 'code-mender', session_id: 's' })).toEqual({ type: 'code-mender', session_id: 's' });
  });

  it('is accepted as it is', async () => {
    const { client } = open();
    const request = customAgent({ agent: 'mine', input: 'Tell me a joke.', agent_config: { tone: 'plain' } });
    await expect(lastValueFrom(client.create(request))).resolves.toMatchObject({ status: 'completed', agent: 'mine' });
  });
});

describe('environmentOf', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0b1c', '0b1c'],
    ['env_0b1c', '0b1c'],
  ])('of %j is %j', (environment_id, environment) => {
    expect(environmentOf({ environment_id })).toBe(environment);
  });
});
