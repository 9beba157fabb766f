import { once } from 'node:events';

import { createEmulator, type LoggedRequest } from '../emulator/index.js';
import type { Command } from './parse-arguments.js';
import { type Paint, renderRequest, renderWelcome } from './render.js';

/** The world of a command: what it writes to, and what ends it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (line: string) => void;
  readonly paint: Paint;
  /** Resolves when somebody wants it to end. */
  readonly stopped: () => Promise<unknown>;
}

/** Why an address cannot be listened on, in one line. */
const reasonOf = (error: unknown, host: string, port: number): string => {
  const { code, message } = error as NodeJS.ErrnoException; // what `listen` fails with
  if (code === 'EADDRINUSE') return `Port ${port} is in use: choose another one with --port, or 0 for a free one.`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: choose another one with --port.`;
  return `Cannot listen on ${host}:${port}: ${message}`;
};

/** Serves an emulator until it is stopped. Resolves to the exit code: 0, or 1 if it cannot listen. */
export const serveEmulator = async (
  { port, host, config }: Extract<Command, { readonly name: 'emulator' }>,
  { out, error, paint, stopped }: Terminal,
): Promise<number> => {
  const print = (request: LoggedRequest): void => {
    const start = performance.now();
    void request.ended.then(() => {
      out(`${renderRequest(request, performance.now() - start, paint)}\n`);
    });
  };
  try {
    const { url, close } = await createEmulator({ ...config, onRequest: print }).listen(port, host);
    out(renderWelcome(url, paint));
    await stopped();
    await close();
    return 0;
  } catch (reason) {
    error(reasonOf(reason, host, port));
    return 1;
  }
};

/** Resolves at the first of these signals. */
export const signalled = (...signals: readonly NodeJS.Signals[]): Promise<unknown> =>
  Promise.race(signals.map((signal) => once(process, signal)));
