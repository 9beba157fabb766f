import { createClient, InteractionError, type ClientConfig } from 'rx-interactions';
import { createEmulator, type EmulatorConfig, type FaultEntry, type LoggedRequest } from 'rx-interactions/emulator';
import { undiciTransport } from 'rx-interactions/node';
import { config, lastValueFrom, tap, toArray } from 'rxjs';
import { Agent } from 'undici';

import { seeded } from '../../emulator/support/api.js';
import { createClock } from '../../support/clock.js';
import type { FaultedCall } from './fault-calls.js';

/** What came of a call that went wrong. */
export interface Faulted {
  /**
   * All that happened, in order: requests as the server saw them, waits of the client as `~ms`, and the end, which is `ok` or
   * the name and the code of an error.
   */
  readonly story: string;
  /** What was emitted. */
  readonly output: string;
  readonly error: unknown;
  /** Requests that the server is still busy with, and sockets that the client still uses. */
  readonly stillOpen: number;
  /** What nobody was told of. */
  readonly unheard: readonly unknown[];
}

const placeOf = (eventId: string): string =>
  Buffer.from(eventId.replace(/^v1_/, ''), 'base64url').toString().replace(/^0_/, '');

const asWord = ({ method, path, query }: LoggedRequest): string => {
  const action = path.endsWith('/cancel') ? ' cancel' : '';
  const after = query['last_event_id'] === undefined ? '' : ` after ${placeOf(query['last_event_id'])}`;
  return `${method}${action}${query['stream'] === 'true' ? ' stream' : ''}${after}`;
};

const errorAsWords = (error: unknown): string =>
  InteractionError.is(error) ? `${error.name} ${error.code}` : String(error);

/** Hears of every failure that reaches no observer. */
const hearUnheard = () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => {
    unheard.push(error);
  };
  const before = config.onUnhandledError;
  config.onUnhandledError = hear;
  process.on('unhandledRejection', hear);
  return {
    unheard,
    stop: () => {
      config.onUnhandledError = before;
      process.off('unhandledRejection', hear);
    },
  };
};

/** Makes a call over real sockets while something goes wrong, and says what came of it. Nobody waits: time is virtual. */
export const runFaulted = async (
  { begin, middle }: FaultedCall,
  faults: (middle: number) => readonly FaultEntry[],
  {
    client: clientConfig,
    emulator: emulatorConfig,
  }: { readonly client: ClientConfig; readonly emulator: EmulatorConfig },
): Promise<Faulted> => {
  const clock = createClock();
  const words: string[] = [];
  const ears = hearUnheard();
  let isUnderWay = false;
  const emulator = createEmulator({
    pace: 0,
    eventIds: () => true,
    random: seeded(),
    scheduler: clock.scheduler(),
    ...emulatorConfig,
    onRequest: (request) => isUnderWay && words.push(asWord(request)),
  });
  const { url, close } = await emulator.listen();
  const dispatcher = new Agent();
  try {
    const call = await begin(emulator, url);
    emulator.faults(...faults(middle));
    isUnderWay = true;
    const client = createClient({
      apiKey: 'k',
      baseUrl: url,
      transport: undiciTransport({ dispatcher }),
      scheduler: clock.scheduler((ms) => words.push(`~${String(ms)}`)),
      random: () => 0,
      ...clientConfig,
    });
    const pieces: string[] = [];
    let error: unknown;
    clock.start();
    try {
      await lastValueFrom(
        call(client).pipe(
          tap((piece) => pieces.push(piece)),
          toArray(),
        ),
      );
      words.push('ok');
    } catch (reason) {
      error = reason;
      words.push(errorAsWords(reason));
    }
    const inUse = (): number =>
      Object.values(dispatcher.stats).reduce((sum, { running, pending }) => sum + running + pending, 0);
    await Promise.all(emulator.requests.map(({ ended }) => ended));
    await new Promise(setImmediate);
    const stillOpen = emulator.requests.filter(({ open }) => open).length + inUse();
    return { story: words.join(' '), output: pieces.join(''), error, stillOpen, unheard: ears.unheard };
  } finally {
    clock.stop();
    ears.stop();
    await dispatcher.destroy();
    await close();
  }
};
