import {
  type AgentEnvironment,
  type AudioContent,
  audioFrom,
  type Content,
  contentFrom,
  createClient,
  customAgent,
  deepResearch,
  type DocumentContent,
  documentFrom,
  environmentOf,
  type ImageContent,
  imageFrom,
  type Interaction,
  type InteractionEvent,
  type InteractionRequest,
  managedAgent,
  runBackground,
  text,
  type TextContent,
  type VideoContent,
  videoFrom,
} from 'rx-interactions';
import { switchMap } from 'rxjs';

import { emits, type Equal, typed } from '../support/types.js';

declare const bytes: Uint8Array;
declare const interaction: Interaction;

/** The compiler is the test: nothing in here runs. */
const neverRun = (_body: () => void): void => undefined;

const client = createClient();

describe('inputs', () => {
  it('make blocks of their own kind', () => {
    neverRun(() => {
      emits<ImageContent>()(imageFrom(bytes));
      emits<AudioContent>()(audioFrom(new Blob()));
      emits<VideoContent>()(videoFrom(new URL('https://a/b')));
      emits<DocumentContent>()(documentFrom('a.pdf', { mime_type: 'application/pdf' }));
      typed<Equal<ReturnType<typeof text>, TextContent>>();
    });
  });

  it('take what blocks of that kind can have', () => {
    neverRun(() => {
      imageFrom(bytes, { resolution: 'high' });
      audioFrom(new Int16Array(1), { sample_rate: 16_000, channels: 1 });
      // @ts-expect-error -- an image has no sample rate
      imageFrom(bytes, { sample_rate: 16_000 });
      // @ts-expect-error -- the data come from the source
      imageFrom(bytes, { data: '' });
      // @ts-expect-error -- read it first
      imageFrom(new ReadableStream());
    });
  });

  it('become content, which a request takes', () => {
    neverRun(() => {
      const content$ = contentFrom('a', text('b'), imageFrom(bytes), Promise.resolve(text('c')), [text('d')]);
      emits<readonly Content[]>()(content$);
      emits<InteractionEvent>()(content$.pipe(switchMap((input) => client.stream({ model: 'm', input }))));
      // @ts-expect-error -- a number is no content
      contentFrom(1);
    });
  });
});

describe('presets', () => {
  it('make requests', () => {
    neverRun(() => {
      typed<Equal<ReturnType<typeof deepResearch>, InteractionRequest>>();
      emits<InteractionEvent>()(runBackground(client, deepResearch({ input: 'x' })));
      client.stream(managedAgent({ input: [text('x')], environment: 'remote' }));
      client.create(customAgent({ agent: 'mine', input: 'x' }));
    });
  });

  it('refuse what their agent refuses', () => {
    neverRun(() => {
      // @ts-expect-error -- no input
      deepResearch({});
      // @ts-expect-error -- it is an agent
      deepResearch({ input: 'x', model: 'gemini-3-flash-preview' });
      // @ts-expect-error -- it takes no system instruction
      deepResearch({ input: 'x', system_instruction: 'Be brief.' });
      // @ts-expect-error -- it is always stored
      deepResearch({ input: 'x', store: false });
      // @ts-expect-error -- it always runs in the background
      deepResearch({ input: 'x', background: false });
      // @ts-expect-error -- that is for models
      deepResearch({ input: 'x', generation_config: { seed: 1 } });
      // @ts-expect-error -- that is made of the other members
      deepResearch({ input: 'x', agent_config: { type: 'deep-research' } });
      // @ts-expect-error -- an agent needs a sandbox in every turn
      managedAgent({ input: 'x' });
      // @ts-expect-error -- which may be lacking where there was none
      managedAgent({ input: 'x', environment: environmentOf(interaction) });
      managedAgent({ input: 'x', environment: environmentOf(interaction) ?? 'remote' });
      // @ts-expect-error -- that is for models
      managedAgent({ input: 'x', environment: 'remote', generation_config: {} });
      // @ts-expect-error -- which agent?
      customAgent({ input: 'x' });
      // @ts-expect-error -- it is an agent
      customAgent({ agent: 'mine', input: 'x', model: 'gemini-3-flash-preview' });
    });
  });

  it('refuse it in what is spread into them, too', () => {
    neverRun(() => {
      const forModel = { model: 'gemini-3-flash-preview', input: 'x' };
      const told = { input: 'x', system_instruction: 'Be brief.' };
      // @ts-expect-error -- an agent has no model
      deepResearch({ ...forModel });
      // @ts-expect-error -- it takes no system instruction
      deepResearch(told);
      // @ts-expect-error -- an agent has no model
      customAgent({ ...forModel, agent: 'mine' });
      managedAgent({ ...told, environment: 'remote' });
    });
  });

  it('take every environment that a request takes', () => {
    typed<Equal<AgentEnvironment, NonNullable<InteractionRequest['environment']>>>();
    typed<Equal<ReturnType<typeof environmentOf>, string | undefined>>();
    typed<Equal<Parameters<typeof managedAgent>[0]['environment'], AgentEnvironment>>();
  });
});
