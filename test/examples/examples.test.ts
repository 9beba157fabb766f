import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = path.resolve(__dirname, '../..');

/** Runs a program as a user does without a key: against the emulator. */
const runProgram = async (
  file: string,
  { args = [], stdin = '' }: { readonly args?: readonly string[]; readonly stdin?: string } = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> => {
  const { GEMINI_API_KEY: _gemini, GOOGLE_API_KEY: _google, ...rest } = process.env;
  const env = { ...rest, CI: 'true', FORCE_COLOR: '1' }; // what makes programs write colours into pipes
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: ROOT, env });
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
};

/** Runs a program of `examples/`. */
const runExample = (name: string, input?: Parameters<typeof runProgram>[1]) => runProgram(`examples/${name}.ts`, input);

const JPEG = 'ffd8ff';
const PNG = '89504e47';

/** How the files that a program says it has written begin, in hex. Takes them away, with their folder. */
const takeFiles = (stdout: string): readonly string[] => {
  const files = (stdout.match(/\/\S+\.(?:jpeg|png)/g) ?? []).filter((file) => file.startsWith(tmpdir()));
  const heads = files.map((file) => readFileSync(file).subarray(0, 4).toString('hex'));
  for (const file of files) rmSync(path.dirname(file), { recursive: true, force: true });
  return heads;
};

jest.setTimeout(30_000);

it('has a test here for every example', () => {
  const programs = readdirSync(path.join(ROOT, 'examples')).filter((name) => name.endsWith('.ts'));
  expect(programs.sort()).toEqual(
    [
      'angular-service.ts',
      'basic.ts',
      'cancel.ts',
      'chat.ts', // in chat.test.ts
      'demo.ts',
      'images.ts',
      'live-arguments.ts',
      'modalities.ts',
      'pipeline.ts',
      'streaming-list.ts',
      'structured-output.ts',
      'switch-map.ts',
      'thoughts.ts',
      'tools.ts',
    ].sort(),
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

it('live-arguments shows the arguments as they grow, then runs the call', async () => {
  const { code, stdout, stderr } = await runExample('live-arguments');
  const lines = stdout.trim().split('\n');
  expect(stderr).toBe('');
  expect(lines.at(-1)).toBe('Paris → London → Boston: 4 days each');
  expect(lines.at(-2)).toBe('plan_trip({"cities":["Paris","London","Boston"],"days":12})');
  expect(lines).toContain('plan_trip({"cities":["Paris","London"]})');
  expect(code).toBe(0);
});

it('modalities writes text to the terminal, images to files, and counts the sound', async () => {
  const { code, stdout, stderr } = await runExample('modalities');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/Part 1.*\n\[image\/jpeg\]\n.*Part 2.*\n\[image\/jpeg\]\n.*Part 3/s);
  expect(stdout).toMatch(/^[1-9]\d* bytes of sound$/m);
  const heads = takeFiles(stdout);
  expect(heads).toHaveLength(2);
  expect(heads.every((head) => head.startsWith(JPEG))).toBe(true);
  expect(code).toBe(0);
});

it('streaming-list lists each ingredient', async () => {
  const { code, stdout, stderr } = await runExample('streaming-list');
  const lines = stdout.trim().split('\n');
  expect(stderr).toBe('');
  expect(lines).toHaveLength(8);
  expect(lines[0]).toBe('☐ 3 ripe bananas, mashed');
  expect(lines.at(-1)).toBe('☐ 1.5 cups all-purpose flour');
  expect(code).toBe(0);
});

it('images saves the image and says what it is', async () => {
  const { code, stdout, stderr } = await runExample('images');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^\S+\.png {2}image\/png {2}[1-9]\d* bytes\n$/);
  expect(takeFiles(stdout)).toEqual([PNG]);
  expect(code).toBe(0);
});

it('structured-output shows the recipe as it grows, then has it typed', async () => {
  const { code, stdout, stderr } = await runExample('structured-output');
  const lines = stdout.trim().split('\n');
  expect(stderr).toBe('');
  expect(lines).toContain('{"recipe_name":"Classic Bana"}');
  expect(lines.at(-1)).toBe('Classic Banana Bread: 8 ingredients, 15 minutes');
  expect(code).toBe(0);
});

describe('angular-service', () => {
  it('shows the answer as it grows, and leaves it for the next prompt', async () => {
    const { code, stdout, stderr } = await runExample('angular-service');
    const lines = stdout.trim().split('\n');
    expect(stderr).toBe('');
    expect(lines[0]).toBe('> Count from 1 to 25.');
    expect(stdout).toMatch(/^in_progress: 1, 2,.*\b7\b/m);
    expect(lines).toContain('> Tell me a joke.');
    expect(lines.at(-1)).toMatch(/^completed: Why/);
    expect(code).toBe(0);
  });

  it('closes the request when another prompt comes and when its injector ends, and survives an error', async () => {
    const { code, stdout, stderr } = await runProgram('test/examples/support/leave-assistant.ts');
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual([
      'before any prompt: ["",null,0]',
      'first: ["One","in_progress"]',
      'left for the second: ["","aborted"]',
      'second: ["ServerError","Two","complete"]',
      'third: ["Three",null]',
      'destroyed: ["aborted",3]',
    ]);
    expect(code).toBe(0);
  });
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
