import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import {
  createClient,
  defineTool,
  type Interaction,
  InteractionError,
  type InteractionsClient,
  outputText,
  reduceInteraction,
  runTools,
} from 'rx-interactions';
import { undiciTransport } from 'rx-interactions/node';
import {
  catchError,
  firstValueFrom,
  from,
  map,
  mergeMap,
  type Observable,
  of,
  take,
  takeLast,
  throwError,
  timeout,
  toArray,
} from 'rxjs';
import { Agent } from 'undici';

import { memoryInUse, resources } from './memory.js';

/** What the emulator's process says. */
export type ServerMessage =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'idle'; readonly requests: number; readonly faults: number };

/**
 * What may have been added, in bytes, per stream and repetition, when the last repetition is over: to what is in use, and
 * to the resident set, of which allocators keep more than they use. One stream that is kept has its snapshot, its request
 * and its observers: tens of thousands.
 */
const LIMITS = { heapUsed: 500, rss: 4_000 } as const;

/** What all of it may have been added anyway, in bytes: code that is compiled late, and pages that allocators keep. */
const NOISE = { heapUsed: 1024 * 1024, rss: 16 * 1024 * 1024 } as const;

/** In real time, in ms: what takes longer hangs, since the client gives up long before. */
const HANGING = 120_000;

/** Waits for something, but not for ever. */
const within = async <T>(what: string, work: Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const late = setTimeout(HANGING, undefined, { signal: controller.signal }).then(() => {
    throw new Error(`${what} is not over after ${String(HANGING)} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    controller.abort();
  }
};

/** How long sockets may take to close that were let go, in ms: the system does it, on a busy machine not at once. */
const CLOSING = 5_000;

/** The sockets that are there still, once there are no more than before or long enough after. */
const socketsLeft = async (before: number): Promise<number> => {
  const late = performance.now() + CLOSING;
  while (resources('TCPSocketWrap') > before && performance.now() < late) await setTimeout(10);
  return resources('TCPSocketWrap');
};

const ask = async (server: ChildProcess, what: 'open' | 'count'): Promise<ServerMessage> => {
  const controller = new AbortController();
  const { signal } = controller;
  const died = once(server, 'exit', { signal }).then(() => {
    throw new Error('The server has died');
  });
  try {
    server.send(what);
    // Safe: that is all the server sends.
    const [message] = (await Promise.race([once(server, 'message', { signal }), died])) as [ServerMessage];
    return message;
  } finally {
    controller.abort();
  }
};

const model = 'gemini-3-flash-preview';

const weather = defineTool({
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
  execute: () => of('Sunny', 'Sunny and 22 °C'),
});

const countedTo = (last: number): string => Array.from({ length: last }, (_, at) => String(at + 1)).join(', ');

/** The answer, which has to be the right one if there is one. */
const counted = (last: number) =>
  map((answer: Interaction): string => {
    if (answer.status !== 'completed') return answer.status;
    if (outputText(answer) !== countedTo(last)) throw new Error(`counted to ${String(last)}: ${outputText(answer)}`);
    return 'completed';
  });

type Call = (client: InteractionsClient, at: number) => Observable<string>;

const input = (last: number) => ({ model, input: `Count to ${String(last)}` });
const lengthOf = (at: number): number => 5 + (at % 40);

/** Every kind of call, and leaving in the middle. */
const CALLS: readonly Call[] = [
  (client, at) => client.stream(input(lengthOf(at))).pipe(reduceInteraction(), counted(lengthOf(at))),
  (client, at) =>
    client.stream({ ...input(lengthOf(at)), background: true }).pipe(reduceInteraction(), counted(lengthOf(at))),
  (client, at) => client.create(input(lengthOf(at))).pipe(counted(lengthOf(at))),
  (client, at) =>
    client.create({ ...input(lengthOf(at)), background: true }).pipe(
      mergeMap(({ id = '' }) => client.resume(id)),
      reduceInteraction(),
      counted(lengthOf(at)),
    ),
  (client) =>
    client.create({ ...input(20), background: true }).pipe(
      mergeMap(({ id = '' }) => client.poll(id, { delay: 50 })),
      takeLast(1),
      map(({ status }) => status),
    ),
  (client) =>
    runTools(client, { model, input: 'What is the weather in Paris right now?', tools: [weather] }).pipe(
      reduceInteraction(),
      map(({ status }) => status),
    ),
  (client, at) =>
    client.stream(input(30)).pipe(
      take(1 + (at % 12)),
      toArray(),
      map(() => 'left'),
    ),
  (client, at) =>
    client.stream({ ...input(30), background: true }, { teardown: 'cancel' }).pipe(
      take(1 + (at % 12)),
      toArray(),
      map(() => 'left'),
    ),
];

/** How a call ends: as its value says, or with the name of an error of ours; anything else is a fault. */
const outcomeOf = (call$: Observable<string>): Observable<string> =>
  call$.pipe(
    timeout({ first: HANGING, with: () => throwError(() => new Error(`not over after ${String(HANGING)} ms`)) }),
    catchError((error: unknown) =>
      of(InteractionError.is(error) ? `${error.name} ${error.code}` : `FAULT ${String(error)}`),
    ),
  );

const summary = (outcomes: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${String(count)} ${outcome}`)
    .join(', ');
};

export interface SoakStreamsConfig {
  /** How many there are at once. */
  readonly streams: number;
  readonly repetitions: number;
  /** The client's limit of silence, in ms. */
  readonly idle: number;
}

/** All streams at once, until each is over; then nothing may be open. */
const repeat = async (server: ChildProcess, { streams, idle: silence }: SoakStreamsConfig, socketsBefore: number) => {
  const opened = await within('The start of the server', ask(server, 'open'));
  const dispatcher = new Agent();
  const client = createClient({
    apiKey: 'k',
    baseUrl: opened.kind === 'open' ? opened.url : '',
    transport: undiciTransport({ dispatcher }),
    limits: { connect: 30_000, firstEvent: 30_000, idle: silence, total: 60_000, maxFrameBytes: 20_000 },
    retry: { delay: 5, maxDelay: 100 },
    resume: { delay: 5, maxDelay: 100 },
  });
  const calls = Array.from({ length: streams }, (_, at) => CALLS[at % CALLS.length]?.(client, at) ?? of('none'));
  const outcomes = await firstValueFrom(from(calls).pipe(mergeMap(outcomeOf), toArray()), { defaultValue: [] });

  const idle = await within('A request nobody listens to', ask(server, 'count'));
  await within('A socket in use', dispatcher.close()); // those that wait for another request are let go
  return { outcomes, idle, sockets: await socketsLeft(socketsBefore) };
};

const MB = 1024 * 1024;

/**
 * Runs so many streams at once, over real sockets to a server that lets a third of all requests down, again and again. Says
 * what went wrong: a stream that neither settles nor fails with an error of ours, an answer that is not whole, a socket that
 * stays open, memory that grows.
 */
export const soakStreams = async (config: SoakStreamsConfig): Promise<readonly string[]> => {
  const { streams, repetitions } = config;
  console.log(`${streams.toLocaleString('en')} streams at once, with faults, ${String(repetitions)} times\n`);
  const socketsBefore = resources('TCPSocketWrap');
  const server = fork(path.resolve(import.meta.dirname, 'server.ts'), { execArgv: ['--import', 'tsx'] });
  const faults: string[] = [];
  const memory: NodeJS.MemoryUsage[] = [];
  try {
    await repeat(server, config, socketsBefore); // until here code is compiled, and pools are filled
    for (let repetition = 1; repetition <= repetitions; repetition += 1) {
      const { outcomes, idle, sockets } = await repeat(server, config, socketsBefore);
      faults.push(...new Set(outcomes.filter((outcome) => outcome.startsWith('FAULT'))));
      if (sockets > socketsBefore) faults.push(`${String(sockets - socketsBefore)} sockets stay open`);
      const used = await memoryInUse(5);
      memory.push(used);
      console.log(`${String(repetition)}: ${summary(outcomes)}`);
      if (idle.kind === 'idle') {
        console.log(
          `   ${String(idle.requests)} requests, ${String(idle.faults)} with a fault; heap ${(used.heapUsed / MB).toFixed(1)} MB, resident ${(used.rss / MB).toFixed(1)} MB, ${String(sockets)} sockets`,
        );
      }
    }
  } finally {
    server.kill();
  }
  for (const kind of ['heapUsed', 'rss'] as const) {
    const grown = (memory.at(-1)?.[kind] ?? 0) - (memory[0]?.[kind] ?? 0);
    const limit = NOISE[kind] + LIMITS[kind] * streams * (repetitions - 1);
    if (grown > limit)
      faults.push(`${kind} has grown by ${(grown / MB).toFixed(1)} MB, over ${(limit / MB).toFixed(1)}`);
  }
  return faults;
};
