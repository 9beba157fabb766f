import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const ROOT = path.resolve(__dirname, '../../..');

const probe = spawnSync('script', ['--version'], { encoding: 'utf8' });

/** Whether this machine has the `script` of util-linux, which runs a program in a terminal of its own. */
export const hasTerminals = probe.error === undefined && probe.stdout.includes('util-linux');

/** A program in a terminal: what it shows, and somebody who types. */
export interface Terminal {
  /** Resolves with everything since the last time, as soon as it matches; fails if the program ends before it does. */
  readonly until: (pattern: RegExp) => Promise<string>;
  readonly type: (keys: string) => void;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** Ends the program, whatever it is doing. */
  readonly kill: () => void;
}

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';

/** Runs a program of `examples/` in a terminal, against the emulator. */
export const inTerminal = (name: string, ...args: readonly string[]): Terminal => {
  const { GEMINI_API_KEY: _gemini, GOOGLE_API_KEY: _google, ...env } = process.env;
  const command = [process.execPath, '--import', 'tsx', `examples/${name}.ts`, ...args];
  const quoted = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', quoted, '/dev/null'], {
    cwd: ROOT,
    env: { ...env, TERM: 'xterm', COLUMNS: '200' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let seen = '';
  let look: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    look();
  });
  const exited = once(child, 'exit').then(([code]) => {
    look();
    return code as number | null;
  });
  return {
    until: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          const text = stripVTControlCharacters(seen).replaceAll('\r', '');
          if (pattern.test(text)) {
            seen = '';
            look = () => undefined;
            resolve(text);
          } else if (child.exitCode !== null) {
            reject(new Error(`It ended without ${String(pattern)}:\n${text}`));
          }
        };
        look();
      }),
    type: (keys) => {
      child.stdin.write(keys);
    },
    exited,
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
