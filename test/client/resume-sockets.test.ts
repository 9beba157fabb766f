import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { createClient, type Cursor, outputText, reduceInteraction, textDeltas, type Transport } from 'rx-interactions';
import { createEmulator, type EmulatorConfig, type Listening } from 'rx-interactions/emulator';
import { undiciTransport } from 'rx-interactions/node';
import { fetchTransport } from 'rx-interactions';
import { lastValueFrom, toArray } from 'rxjs';

const REQUEST = { model: 'gemini-3-flash-preview', input: 'Say it.' };
const PIECES = ['Ünder ', 'the ', 'same ', 'sky ', '🌌 ', 'we ', 'count.'];
const TEXT = PIECES.join('');

let server: Listening | undefined;
let child: ChildProcess | undefined;

afterEach(async () => {
  child?.kill('SIGKILL');
  await server?.close();
  server = undefined;
});

const serve = async (config: EmulatorConfig = {}) => {
  const emulator = createEmulator({ pace: 0, ...config });
  server = await emulator.listen();
  return { emulator, url: server.url };
};

const transports: readonly (readonly [string, () => Transport])[] = [
  ['undici', () => undiciTransport()],
  ['fetch', () => fetchTransport()],
];

const densities: readonly (readonly [string, EmulatorConfig['eventIds']])[] = [
  ['an id on every event', () => true],
  ['an id on every third event', ({ position }) => position % 3 === 0],
  ['no ids at all', () => false],
];

describe.each(transports)('over real sockets, with %s', (_name, createTransport) => {
  describe.each(densities)('%s', (_density, eventIds) => {
    it.each(['end', 'reset'] as const)('a stream that is cut (%s) again and again comes whole', async (how) => {
      const { emulator, url } = await serve({ eventIds });
      emulator.script({
        reply: ({ text, thought, cut }) => [thought('Well.'), text(...PIECES.flatMap((piece) => [piece, cut(how)]))],
      });
      const client = createClient({ apiKey: 'k', baseUrl: url, transport: createTransport(), resume: { delay: 1 } });
      const events = await lastValueFrom(client.stream(REQUEST).pipe(toArray()));
      const texts = events.flatMap((event) =>
        event.event_type === 'step.delta' && event.delta.type === 'text' ? [event.delta.text] : [],
      );
      expect(texts.join('')).toBe(TEXT);
      expect(events.filter(({ event_type }) => event_type === 'interaction.created')).toHaveLength(1);
      expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
      expect(emulator.requests.length).toBeGreaterThan(PIECES.length);
      await Promise.all(emulator.requests.map(({ ended }) => ended));
      expect(emulator.requests.some(({ open }) => open)).toBe(false);
    });
  });

  it('one that falls silent is looked after when the limit has passed', async () => {
    const { emulator, url } = await serve();
    emulator.script({ reply: ({ text, cut }) => [text('Half ', cut('silence'), 'whole')] });
    const client = createClient({
      apiKey: 'k',
      baseUrl: url,
      transport: createTransport(),
      limits: { idle: 100 },
      resume: { delay: 1 },
    });
    const answer = await lastValueFrom(client.stream(REQUEST).pipe(reduceInteraction()));
    expect(outputText(answer)).toBe('Half whole');
  });

  it('what nobody keeps cannot be resumed, and says so with what had come', async () => {
    const { emulator, url } = await serve();
    emulator.script({ reply: ({ text, cut }) => [text('Half ', cut('reset'), 'whole')] });
    const client = createClient({ apiKey: 'k', baseUrl: url, transport: createTransport(), resume: { delay: 1 } });
    const error: unknown = await lastValueFrom(client.stream({ ...REQUEST, store: false })).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'UnsettledError', partial: { steps: [{ content: [{ text: 'Half ' }] }] } });
    expect(emulator.requests).toHaveLength(1);
  });
});

it('what a process that is killed has saved, another one finishes', async () => {
  const { url } = await serve({ pace: 4 });
  const program = path.join(__dirname, 'support', 'save-cursors.ts');
  const saving = spawn(process.execPath, ['--import', 'tsx', program, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = saving;
  let saved: { readonly cursor: Cursor; readonly text: string } | undefined;
  let lines = 0;
  for await (const line of createInterface({ input: saving.stdout })) {
    saved = JSON.parse(line) as typeof saved;
    lines += 1;
    if (lines === 20) break;
  }
  const exited = once(saving, 'exit');
  saving.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);

  const client = createClient({ apiKey: 'k', baseUrl: url, resume: { delay: 1 } });
  const rest = await lastValueFrom(client.resume(saved!.cursor).pipe(textDeltas(), toArray()));
  const whole = Array.from({ length: 300 }, (_, at) => at + 1).join(', ');
  expect(saved!.text.length).toBeGreaterThan(0);
  expect(saved!.text.length).toBeLessThan(whole.length);
  expect(saved!.text + rest.join('')).toBe(whole);
}, 30_000);
