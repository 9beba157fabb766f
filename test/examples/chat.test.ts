import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { CTRL_C, CTRL_D, hasTerminals, inTerminal, type Terminal } from './support/in-terminal.js';

const ROOT = path.resolve(__dirname, '../..');
const PROMPT = /> $/;
const ENTER = '\r';

jest.setTimeout(60_000);

let terminal: Terminal | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chat-'));
});
afterEach(() => {
  terminal?.kill();
  terminal = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const start = async (...args: readonly string[]): Promise<Terminal> => {
  terminal = inTerminal('chat', ...args);
  await terminal.until(PROMPT);
  return terminal;
};

if (!hasTerminals) console.warn("There is no util-linux `script` here; the chat's tests in a terminal are skipped.");
const describeTerminal = hasTerminals ? describe : describe.skip;

describeTerminal('the chat in a terminal', () => {
  it('streams, remembers, stops an answer with Ctrl-C, and leaves with two at an empty prompt', async () => {
    const { until, type, exited } = await start();

    type(`Count from 1 to 300.${ENTER}`);
    await until(/5, 6/);
    type(CTRL_C);
    expect(await until(PROMPT)).toMatch(/\(stopped\)\n> $/);

    type(`Tell me a joke.${ENTER}`);
    expect(await until(/\n> $/)).toMatch(/Why/);

    type(`/history${ENTER}`);
    const history = await until(/joke[^]*\n> $/);
    expect(history).toMatch(/"Count from 1 to 300\." \(stopped\)\n1, 2,[^]*"Tell me a joke\." \(completed\)\nWhy/);

    type(`half a line${CTRL_C}${CTRL_C}`);
    await until(/once more[^]*> $/);
    type(CTRL_C);
    expect(await exited).toBe(0);
  });

  it('asks before it runs a tool', async () => {
    const { until, type, exited } = await start();

    type(`What is the weather in Paris?${ENTER}`);
    await until(/Run get_weather\(\{"location":"Paris"\}\)\? \[y\/N\] $/);
    type(`y${ENTER}`);
    expect(await until(/\n> $/)).toMatch(/→ get_weather[^]*← \{"city":"Paris","celsius":22[^]*22/);

    type(`What is the weather in Boston?${ENTER}`);
    await until(/\[y\/N\] $/);
    type(ENTER);
    const denied = await until(/\n> $/);
    expect(denied).toContain('← get_weather was not run');
    expect(denied).not.toContain('→');

    type(`What is the weather in London?${ENTER}`);
    await until(/\[y\/N\] $/);
    type(CTRL_C);
    expect(await until(PROMPT)).toMatch(/\(stopped\)\n> $/);

    type(`/exit${ENTER}`);
    expect(await exited).toBe(0);
  });

  it('lets a prompt replace the answer that is being written', async () => {
    const { until, type, exited } = await start();

    type(`Count from 1 to 300.${ENTER}`);
    await until(/5, 6/);
    type(`Tell me a joke.${ENTER}`);
    expect(await until(/Why[^]*\n> $/)).toContain('(stopped)');
    type(CTRL_D);
    expect(await exited).toBe(0);
  });

  it('keeps the conversation in a file, and goes on with it', async () => {
    const file = path.join(folder, 'chat.json');
    const first = await start(file);
    first.type(`Count from 1 to 3.${ENTER}`);
    await first.until(/1, 2, 3[^]*\n> $/);
    first.type(`/exit${ENTER}`);
    expect(await first.exited).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ v: 1, turns: [{ status: 'completed' }] });

    const second = await start(file);
    second.type(`/history${ENTER}`);
    expect(await second.until(/completed[^]*\n> $/)).toContain('"Count from 1 to 3." (completed)\n1, 2, 3');
    second.type(`/exit${ENTER}`);
    expect(await second.exited).toBe(0);
  });
});

it('answers what is piped into it, one after the other, and runs no tool that nobody can approve', async () => {
  const { GEMINI_API_KEY: _gemini, GOOGLE_API_KEY: _google, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/chat.ts'], { cwd: ROOT, env });
  child.stdin.end('What is the weather in Paris?\nCount from 1 to 3.');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);

  expect(stderr).toBe('');
  expect(stdout).toMatch(/nobody is there to ask[^]*\n1, 2, 3\n$/);
  expect(child.exitCode).toBe(0);
});
