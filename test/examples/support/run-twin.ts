import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';

import { createClient, fetchTransport, type InteractionsClient } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { concat, lastValueFrom, type Observable } from 'rxjs';

import type { Body } from './printed-requests.js';

type Program = (client: InteractionsClient) => Observable<unknown>;

const FOLDER = path.resolve(__dirname, '../../../examples/seeds');

/** What a twin printed, and what it asked for. */
export interface TwinOutcome {
  readonly printed: string;
  /** The bodies of its requests. */
  readonly bodies: readonly Body[];
  /** The bodies of the answers. */
  readonly answers: readonly string[];
}

/** The twins there are, as `document/idea`. */
export const twins: readonly string[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .flatMap(({ name }) => readdirSync(path.join(FOLDER, name)).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

const started: Program[] = [];

/** Stands in for the `run` of the examples: keeps the program for a test that waits for its end. */
export const run = (program: Program): void => void started.push(program);

/** Runs a program in this process, against an emulator of its own. What it prints is kept and not shown. */
const runProgram = async (load: () => Promise<unknown>): Promise<TwinOutcome> => {
  const printed: string[] = [];
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  });
  const logged = jest.spyOn(console, 'log').mockImplementation((...values: readonly unknown[]) => {
    printed.push(`${format(...values)}\n`);
  });
  const environment = { ...process.env };
  const emulator = createEmulator({ pace: 0 });
  const answers: Promise<string>[] = [];
  const fetch = async (...sent: Parameters<typeof emulator.fetch>): Promise<Response> => {
    const response = await emulator.fetch(...sent);
    answers.push(response.clone().text());
    return response;
  };
  const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch }) });
  try {
    await load(); // and so it comes to `run`, above
    await lastValueFrom(concat(...started.splice(0).map((program) => program(client))));
    const bodies = emulator.requests.flatMap(({ body }) => (body === undefined ? [] : [body as Body]));
    return { printed: printed.join(''), bodies, answers: await Promise.all(answers) };
  } finally {
    process.env = environment;
    written.mockRestore();
    logged.mockRestore();
  }
};

const outcomes = new Map<string, Promise<TwinOutcome>>();

/** Runs a twin to its end, the first time it is asked for: a module is loaded once. Not for two at the same time. */
export const runTwin = (name: string): Promise<TwinOutcome> => {
  const outcome = outcomes.get(name) ?? runProgram(() => import(path.join(FOLDER, `${name}.ts`)));
  outcomes.set(name, outcome);
  return outcome;
};
