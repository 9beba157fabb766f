import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

const runScript = (...args: readonly string[]) => {
  const { GEMINI_API_KEY: _gemini, GOOGLE_API_KEY: _google, ...env } = process.env;
  const command = ['--import', 'tsx', 'scripts/example.ts', ...args];
  return spawnSync(process.execPath, command, { cwd: ROOT, env, encoding: 'utf8' });
};

jest.setTimeout(30_000);

describe('scripts/example.ts', () => {
  it('runs a program below a folder', () => {
    const { status, stdout, stderr } = runScript('seeds/quickstart/first-call');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^AI learns patterns from data/);
    expect(status).toBe(0);
  });

  it.each(['none', 'seeds/none', 'support/run', '../scripts/example', 'seeds/../basic'])(
    'says which programs there are where %s is none',
    (name) => {
      const { status, stdout } = runScript(name);
      expect(stdout).toContain(`There is no example "${name}".`);
      expect(stdout).toMatch(/^ {2}basic +\S/m);
      expect(stdout).toMatch(/^ {2}seeds\/quickstart\/first-call +2\. The first call: a prompt/m);
      expect(stdout).not.toMatch(/^ {2}\S*support\//m);
      expect(status).toBe(1);
    },
  );

  it('says what each program is for', () => {
    const { status, stdout } = runScript();
    const [, ...programs] = stdout
      .trim()
      .split('\n')
      .filter((line) => line !== '');
    expect(programs.length).toBeGreaterThan(40);
    expect(programs.filter((line) => !/^ {2}[\w/-]+ +\S/.test(line))).toEqual([]);
    expect(status).toBe(0);
  });
});
