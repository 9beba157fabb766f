import { firstValueFrom, fromEvent, map, merge, mergeMap, type Observable, of, tap, throwError } from 'rxjs';

import type { Answer } from './answer.js';
import { type EmulatorConfig, settingsOf } from './config.js';
import { CORS_HEADERS } from './cors.js';
import { createHandler } from './create-handler.js';
import { createInteractions } from './interactions.js';
import { createFaults, type FaultEntry } from './faults/create-faults.js';
import { connectionRefused } from './faults/network-errors.js';
import { type Listening, listen } from './listen.js';
import { type LoggedRequest, type LogLine, logRequest } from './request-log.js';
import { createScript, type ScriptEntry } from './script.js';
import { toBody } from './to-body.js';

/** The Interactions API in a box. */
export interface Emulator {
  /**
   * Answers a request, as the global `fetch` would if the API were behind it. Only the path of an address matters, so it
   * may be relative. Needs no network: `fetchTransport({ fetch: emulator.fetch })`.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /**
   * Serves over HTTP, on a free port of 127.0.0.1 by default. Another `host` lets other machines in: there is nothing behind
   * the key that keeps anybody out.
   */
  readonly listen: (port?: number, host?: string) => Promise<Listening>;
  /** Says what the model answers to the next requests, before it answers by itself again. */
  readonly script: (...entries: readonly ScriptEntry[]) => void;
  /**
   * Says what goes wrong with the next requests: connections that are refused or break, errors, streams that are cut, fall
   * silent, repeat or leave out. Entries are used in order, each for one request unless it says for how many (`times`).
   */
  readonly faults: (...entries: readonly FaultEntry[]) => void;
  /** Every request that came and is kept, in order; an entry changes while its request is answered. */
  readonly requests: readonly LoggedRequest[];
}

/** Stands for the host where an address has none. */
const BASE = 'http://emulator.invalid';

const encoder = new TextEncoder();

/** Errors as soon as the signal is aborted. */
const leaving = (signal: AbortSignal): Observable<never> => {
  const left$: Observable<unknown> = signal.aborted ? of('left') : fromEvent(signal, 'abort');
  return left$.pipe(mergeMap(() => throwError(() => signal.reason as unknown)));
};

const toResponse = ({ status, headers, body }: Answer, signal: AbortSignal, line: LogLine): Response => {
  line.answered(status);
  const init = { status, headers: { ...CORS_HEADERS, ...headers } };
  if (body === null || typeof body === 'string') {
    line.sent(encoder.encode(body ?? '').byteLength);
    line.end('complete');
    return new Response(body, init);
  }
  return new Response(toBody(body, { signal, onEnd: line.end, onBytes: line.sent }), init);
};

/**
 * Makes an emulator of the Interactions API: its routes, its checks, its state and its streams, with a small deterministic
 * model behind them. No key, no bill, no network.
 *
 * It keeps what it is told to store, goes on from it, runs in the background, replays and resumes, cancels, deletes and
 * forgets, and continues in hops what is too long for one request. The model answers the prompts of the API's guides with
 * what those show, in the same words every time; a {@link Emulator.script | script} says what it answers instead, and
 * {@link Emulator.faults | faults} what goes wrong on the way. All of it is in docs/emulator.md.
 *
 * @example In the same process
 * ```ts
 * const { createEmulator } = await import('rx-interactions/emulator');
 * const emulator = createEmulator();
 * const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch: emulator.fetch }) });
 * ```
 *
 * @example Over sockets, at the speed of a model
 * ```ts
 * const { createEmulator } = await import('rx-interactions/emulator');
 * const { url, close } = await createEmulator({ pace: 25 }).listen();
 * const client = createClient({ apiKey: 'any', baseUrl: url });
 * const answer = await lastValueFrom(client.stream({ model, input: 'Count to 3.' }).pipe(reduceInteraction()));
 * console.log(outputText(answer)); // 1, 2, 3
 * await close();
 * ```
 *
 * @example What goes wrong on the way
 * ```ts
 * const { createEmulator } = await import('rx-interactions/emulator');
 * const emulator = createEmulator();
 * emulator.faults(
 *   { when: 'stream', fault: (fault) => fault.cut({ events: 4 }, 'reset') },
 *   { when: 'resume', times: 2, fault: (fault) => fault.status(503) },
 * );
 * const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch: emulator.fetch }) });
 * const answer = await lastValueFrom(client.stream({ model, input: 'Count to 3.' }).pipe(reduceInteraction()));
 * console.log(outputText(answer)); // 1, 2, 3
 * ```
 *
 * @example What the model answers, and what was asked
 * ```ts
 * const { createEmulator } = await import('rx-interactions/emulator');
 * const emulator = createEmulator();
 * emulator.script({ when: /snow/, reply: (reply) => [reply.thought(), reply.text('It ', 'is ', 'snowing.')] });
 * await emulator.fetch('/v1beta/interactions', {
 *   method: 'POST',
 *   headers: { 'x-goog-api-key': 'any' },
 *   body: JSON.stringify({ model, input: 'Does it snow?' }),
 * });
 * console.log(emulator.requests.map(({ method, path, status }) => `${method} ${path} ${String(status)}`));
 * ```
 */
export function createEmulator(config: EmulatorConfig = {}): Emulator {
  const settings = settingsOf(config);
  const script = createScript();
  const interactions = createInteractions(script, settings);
  const faults = createFaults(settings.scheduler);
  const handle = createHandler(interactions, faults, settings);
  const requests: LoggedRequest[] = [];
  let listeners = 0;

  const answer: Emulator['fetch'] = async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(input, BASE), init);
    // Taken from the caller, not from the request: what a `Request` follows is only weakly held.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
    const url = new URL(request.url);
    const line = logRequest(requests, request, url, settings);
    const response$ = handle(request, url, line).pipe(map((answer) => toResponse(answer, signal, line)));
    const answered$ = merge(leaving(signal), response$).pipe(
      tap({
        error: () => {
          line.end(signal.aborted ? 'aborted' : 'complete');
        },
      }),
    );
    // The default is never used: every request is answered or left.
    return await firstValueFrom(answered$, { defaultValue: Response.error() });
  };

  return {
    // `async`, so that what is no request rejects, as with `fetch`
    fetch: async (input, init) => {
      if (faults.isRefusing()) throw connectionRefused();
      return await answer(input, init);
    },
    listen: async (port = 0, host = '127.0.0.1') => {
      const listening = await listen(answer, {
        port,
        host,
        maxBodyBytes: settings.maxBodyBytes,
        refusing$: faults.refusing$,
      });
      listeners += 1;
      const close = async (): Promise<void> => {
        await listening.close();
        listeners -= 1;
        if (listeners === 0) interactions.stop();
      };
      let closed: Promise<void> | undefined;
      return { url: listening.url, close: () => (closed ??= close()) };
    },
    script: (...entries) => {
      script.add(entries);
    },
    faults: (...entries) => {
      faults.add(entries);
    },
    requests,
  };
}
