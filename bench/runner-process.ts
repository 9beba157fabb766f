import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';

import type { Shares } from './profile.js';
import type { Measure, RunnerMessage } from './runner.js';

/** Who is measured on what. */
export interface Subject {
  readonly scenario: string;
  readonly scale: number;
  readonly candidate: string;
}

/** Where bundles and streams are kept; modules in it find the packages of this folder first, and then the library's. */
export const CACHE = resolve(import.meta.dirname, 'node_modules/.cache');

/** Bundles a program, so that every process runs plain JavaScript; packages are loaded as users load them. */
export const bundled = async (entry: string): Promise<string> => {
  const outfile = resolve(CACHE, `${basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [resolve(import.meta.dirname, entry)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    sourcemap: 'external', // for profiles
  });
  return outfile;
};

/** The next message of a process; the run ends where it fails. */
export const messageOf = async <T>(child: ChildProcess): Promise<T> => {
  const [message] = (await once(child, 'message')) as [T];
  return message;
};

/** Starts a program that talks to this one; where it fails, so does this one. */
export const startProcess = (program: string, args: readonly string[], execArgv: readonly string[] = []) => {
  const child = fork(program, args, { execArgv: [...execArgv] });
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) process.exit(code);
  });
  return child;
};

export interface Runner {
  /** How many events, or deltas, are read in one round. */
  readonly events: number;
  /** Measures another round, of so many readings; ms of processor time for one of them. */
  readonly time: (readings?: number) => Promise<number>;
  readonly stop: () => void;
}

const figureIn = (message: RunnerMessage): number => ('figure' in message ? message.figure : NaN);

/** Starts runners from the bundle of `runner.ts`. */
export const runnersOf = (program: string) => {
  const start = (
    measure: Measure,
    { scenario, scale, candidate }: Subject,
    from = String(scale),
    flags?: readonly string[],
  ) => startProcess(program, [measure, scenario, from, candidate], flags);
  return {
    /** Checks the output first; one whose output is wrong ends, and the run with it. */
    timed: async (subject: Subject): Promise<Runner> => {
      const child = start('time', subject);
      const ready = await messageOf<RunnerMessage>(child);
      return {
        events: 'events' in ready ? ready.events : 0,
        time: async (readings = 1) => {
          child.send(readings);
          return figureIn(await messageOf(child));
        },
        stop: () => {
          child.disconnect();
        },
      };
    },
    /** The bytes that one event allocates. */
    allocation: async (subject: Subject, flags: readonly string[]): Promise<number> => {
      const child = start('allocation', subject, undefined, flags);
      const ready = await messageOf<RunnerMessage>(child);
      const bytes = figureIn(await messageOf(child));
      return 'events' in ready ? bytes / ready.events : NaN;
    },
    /** The bytes of memory that reading a saved stream takes at its peak. */
    peak: async (subject: Subject, folder: string): Promise<number> => {
      const child = start('peak', subject, folder);
      await messageOf(child);
      return figureIn(await messageOf(child));
    },
    /** Where the time goes. */
    shares: async (subject: Subject): Promise<Shares> => {
      const child = start('profile', subject);
      await messageOf(child);
      const message = await messageOf<RunnerMessage>(child);
      return 'shares' in message ? message.shares : {};
    },
  };
};

export type Runners = ReturnType<typeof runnersOf>;
