import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { createEmulator } from 'rx-interactions/emulator';

const ROOT = path.resolve(__dirname, '../..');
const COMMAND = path.join(ROOT, 'src/cli/index.ts');
const KEY = 'a-key-that-nobody-may-see';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The command, run as a process of its own. */
const run = (...args: readonly string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND, ...args], { cwd: ROOT });
  children.push(child);
  const said = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return {
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** What has been said so far, once it fits. */
    says: async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = pattern.exec(said.out);
        if (found) return found[0];
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then((end) => Promise.reject(new Error(`It ended: ${JSON.stringify(end)}`))),
        ]);
      }
    },
  };
};

const ask = (url: string, body: object, init: RequestInit = {}) =>
  fetch(`${url}/v1beta/interactions?key=${KEY}`, {
    method: 'POST',
    headers: { 'x-goog-api-key': KEY, authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ model: 'gemini-3-flash-preview', ...body }),
    ...init,
  });

it.each(['SIGINT', 'SIGTERM'] as const)(
  'serves, prints a line for each request and no key, and closes at %s',
  async (signal) => {
    const { says, kill, ended } = run('emulator', '--port', '0', '--pace', '0');
    const url = await says(/http:\/\/127\.0\.0\.1:\d+/);
    const answer = await (await ask(url, { input: `Count to 3. ${KEY}` })).text();
    await says(/POST \/v1beta\/interactions 200 \d+ ms \d.*B\n/);
    await (await ask(url, { input: 5 })).text();
    await says(/POST \/v1beta\/interactions 400 \d+ ms \d+ B\n/);
    kill(signal);
    const { code, out, error } = await ended;

    expect(answer).toContain('1, 2, 3');
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(/Ctrl\+C/);
    expect(out).not.toContain(KEY);
    expect(out).not.toContain('\u001b['); // it is no terminal that this goes to
  },
  30_000,
);

it('tells who left, and ends with streams that are open', async () => {
  const { says, kill, ended } = run('emulator', '--port=0', '--pace=200');
  const url = await says(/http:\/\/127\.0\.0\.1:\d+/);
  const controller = new AbortController();
  const left = await ask(url, { input: 'Count to 500', stream: true }, { signal: controller.signal });
  await left.body?.getReader().read();
  controller.abort();
  await says(/POST \/v1beta\/interactions 200 \d+ ms \d.*B aborted\n/);
  const open = await ask(url, { input: 'Count to 500', stream: true });
  kill('SIGINT');

  await expect(open.text()).rejects.toThrow();
  expect(await ended).toMatchObject({ code: 0, error: '' });
}, 30_000);

it('hands its options to the emulator', async () => {
  const { says } = run('emulator', '--port', '0', '--tokens-per-hop', '5');
  const url = await says(/http:\/\/127\.0\.0\.1:\d+/);

  expect(await (await ask(url, { input: 'Count to 60' })).json()).toMatchObject({ status: 'requires_continuation' });
}, 30_000);

it('says that a port is in use, in one line', async () => {
  const { url, close } = await createEmulator().listen();
  const { port } = new URL(url);
  const { code, out, error } = await run('emulator', '--port', port).ended;
  await close();

  expect([code, out]).toEqual([1, '']);
  expect(error).toBe(`rx-interactions: Port ${port} is in use: choose another one with --port, or 0 for a free one.\n`);
}, 30_000);

it('says that there is no such address, in one line', async () => {
  const { code, error } = await run('emulator', '--host', '192.0.2.1').ended;

  expect(code).toBe(1);
  expect(error).toMatch(/^rx-interactions: Cannot listen on 192\.0\.2\.1:8787: .*\n$/);
}, 30_000);

it('says what is wrong with its arguments, in one line', async () => {
  expect(await run('emulator', '--speed', '3').ended).toEqual({
    code: 2,
    out: '',
    error: "rx-interactions: Unknown option '--speed' (see --help).\n",
  });
}, 30_000);

it('helps', async () => {
  const { code, out } = await run('--help').ended;

  expect(code).toBe(0);
  expect(out).toMatch(/^Usage: rx-interactions emulator \[options\]\n/);
}, 30_000);

it('knows its version', async () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };

  expect(await run('--version').ended).toEqual({ code: 0, out: `${version}\n`, error: '' });
}, 30_000);
