import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = path.resolve(__dirname, '../..');

/** Runs a program of `examples/` as a user does without a key: against the emulator. */
const runExample = async (
  name: string,
  { args = [], stdin = '' }: { readonly args?: readonly string[]; readonly stdin?: string } = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> => {
  const { GEMINI_API_KEY: _gemini, GOOGLE_API_KEY: _google, ...rest } = process.env;
  const env = { ...rest, CI: 'true', FORCE_COLOR: '1' }; // what makes programs write colours into pipes
  const child = spawn(process.execPath, ['--import', 'tsx', path.join('examples', `${name}.ts`), ...args], {
    cwd: ROOT,
    env,
  });
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
};

jest.setTimeout(30_000);

it('has a test here for every example', () => {
  const programs = readdirSync(path.join(ROOT, 'examples')).filter((name) => name.endsWith('.ts'));
  expect(programs.sort()).toEqual(
    ['basic.ts', 'cancel.ts', 'demo.ts', 'pipeline.ts', 'switch-map.ts', 'thoughts.ts', 'tools.ts'].sort(),
  );
});

it('basic streams text', async () => {
  const { code, stdout, stderr } = await runExample('basic');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/1, 2, 3.*24, 25/s);
  expect(code).toBe(0);
});

it('thoughts shows the thinking before the answer', async () => {
  const { code, stdout } = await runExample('thoughts');
  expect(stdout).toMatch(/Euclid.*21/s);
  expect(code).toBe(0);
});

it('tools calls the function for both cities and answers with what it gave', async () => {
  const { code, stdout } = await runExample('tools');
  expect(stdout).toContain('→ get_weather({"location":"Paris"})');
  expect(stdout).toContain('→ get_weather({"location":"Boston"})');
  expect(stdout).toContain('← {"city":"Boston","celsius":14,"sky":"windy"}');
  expect(stdout.trim().split('\n').at(-1)).toMatch(/Paris.*Boston/);
  expect(code).toBe(0);
});

it('switch-map composes the same turn by hand', async () => {
  const { code, stdout } = await runExample('switch-map');
  expect(stdout).toMatch(/^v1_\S+: requires_action$/m);
  expect(stdout.trim().split('\n').at(-1)).toMatch(/Paris.*Boston/);
  expect(code).toBe(0);
});

it('cancel stops in the middle', async () => {
  const { code, stdout } = await runExample('cancel');
  expect(stdout).toMatch(/1, 2, 3/);
  expect(stdout).not.toContain('25');
  expect(stdout).toContain('unsubscribed');
  expect(code).toBe(0);
});

it('pipeline answers every line, and a bad line with an error of its own', async () => {
  const { code, stdout } = await runExample('pipeline', {
    stdin: '{"prompt":"Tell me a joke."}\nnot json\n{"prompt":"Count from 1 to 3."}\n',
  });
  const answers = stdout
    .trim()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { prompt?: string; text?: string; line?: string; error?: string; tokens?: number },
    );
  expect(answers).toHaveLength(3);
  expect(answers.find(({ prompt }) => prompt === 'Count from 1 to 3.')?.text).toContain('1, 2, 3');
  expect(answers.find(({ prompt }) => prompt === 'Tell me a joke.')?.tokens).toBeGreaterThan(0);
  expect(answers.find(({ line }) => line === 'not json')?.error).toContain('SyntaxError');
  expect(code).toBe(0);
});

describe('the demo', () => {
  it('tells a turn without a terminal, in plain lines', async () => {
    const { code, stdout, stderr } = await runExample('demo');
    expect(stderr).toBe('');
    expect(stdout).not.toContain('\u001b[');
    expect(stdout).toContain('on the emulator');
    expect(stdout).toMatch(/^thinks {2}\S/m);
    expect(stdout).toMatch(/^calls {3}get_weather \{"location": ?"Paris"\}$/m);
    expect(stdout).toMatch(/^result {2}get_weather \{"city":"Paris","celsius":22,"sky":"sunny"\}$/m);
    expect(stdout).toMatch(/^answers .*Paris/m);
    expect(stdout).toMatch(/^function_result +\d+ ms/m);
    expect(stdout).toMatch(/^[1-9]\d* tokens: .* in 2 rounds$/m);
    expect(code).toBe(0);
  });

  it('takes a prompt of several words', async () => {
    const { stdout } = await runExample('demo', { args: ['Tell', 'me', 'a joke.'] });
    expect(stdout).toContain('asks    Tell me a joke.');
    expect(stdout).toMatch(/in 1 round$/m);
  });

  it('refuses an option it does not know, and a pace that is no number', async () => {
    expect((await runExample('demo', { args: ['--nonsense'] })).stderr).toContain("unknown option '--nonsense'");
    const { code, stderr } = await runExample('demo', { args: ['--pace', 'soon'] });
    expect(stderr).toContain('number of milliseconds');
    expect(code).not.toBe(0);
  });

  it('unsubscribes and exits cleanly on Ctrl-C', async () => {
    const { GEMINI_API_KEY: _gemini, GOOGLE_API_KEY: _google, ...env } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/demo.ts', '--pace', '200'], { cwd: ROOT, env });
    const exited = once(child, 'exit');
    const stdout: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      stdout.push(piece);
      if (!child.killed && stdout.join('').includes('calls')) child.kill('SIGINT');
    });
    await exited;
    expect(child.exitCode).toBe(0);
    expect(stdout.join('')).toContain('stopped: the request is closed');
    expect(stdout.join('')).not.toContain('answers');
  });
});
