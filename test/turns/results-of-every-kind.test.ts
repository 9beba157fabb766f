import { createClient, defineTool, type InteractionsClient, reduceInteraction, runTools } from 'rx-interactions';
import type { Emulator, Listening } from 'rx-interactions/emulator';
import { createEmulator } from 'rx-interactions/emulator';
import { lastValueFrom, of, throwError } from 'rxjs';

const request = { model: 'gemini-3-flash-preview', input: 'Go on.' };
const image = { type: 'image', mime_type: 'image/png', data: 'AAAA' } as const;
const text = { type: 'text', text: 'A screenshot:' } as const;

describe('what a tool gives', () => {
  let emulator: Emulator;
  let server: Listening;
  let client: InteractionsClient;

  beforeEach(async () => {
    emulator = createEmulator({ pace: 0 });
    server = await emulator.listen();
    client = createClient({ apiKey: 'test', baseUrl: server.url });
  });

  afterEach(() => server.close());

  /** The result as the server got it, which has to accept it. */
  const sentFor = async (execute: () => unknown): Promise<object> => {
    emulator.script({ reply: ({ call }) => [call('go', {})] }, { reply: ({ text: say }) => [say('Done.')] });
    const tools = [defineTool({ name: 'go', execute })];
    const turn = await lastValueFrom(runTools(client, { ...request, tools }).pipe(reduceInteraction()));
    expect(turn).toMatchObject({ status: 'completed', diagnostics: [] });
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200]);
    const { input } = emulator.requests[1]?.body as { readonly input: readonly [object] };
    expect(turn.steps.find(({ type }) => type === 'function_result')).toEqual(input[0]);
    return input[0];
  };

  it.each<[string, unknown, unknown]>([
    ['text', 'sunny', 'sunny'],
    ['an object', { celsius: 22 }, { celsius: 22 }],
    ['a list', [1, 2], { result: [1, 2] }],
    ['nothing', undefined, ''],
    ['null', null, { result: null }],
    ['a number', 22, { result: 22 }],
    ['content with an image', [text, image], [text, image]],
    ['an image, as of a stream that reads it', of(image), [image]],
    ['a Promise of an image', Promise.resolve(image), [image]],
    ['the last of several values', of('looking', { celsius: 22 }), { celsius: 22 }],
  ])('reaches the model: %s', async (_what, value, result) => {
    const sent = await sentFor(() => value);
    expect(sent).toMatchObject({ type: 'function_result', name: 'go', result });
    expect(sent).not.toHaveProperty('is_error');
  });

  it.each<[string, () => unknown, RegExp]>([
    ['an error', () => new Error('no such city'), /^no such city$/],
    ['a failure', () => throwError(() => new Error('no such city')), /^no such city$/],
    ['bytes', () => new Uint8Array([1, 2]), /^The result of go cannot be sent as JSON: it is bytes .* imageFrom/],
    ['a Date inside', () => [{ when: new Date(0) }], /^The result of go .*: 0\.when is a Date; send its toISOString/],
  ])('is told to the model as what went wrong: %s', async (_what, execute, message) => {
    expect(await sentFor(execute)).toMatchObject({ is_error: true, result: expect.stringMatching(message) });
  });
});
