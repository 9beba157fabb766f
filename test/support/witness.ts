import { InteractionError } from 'rx-interactions';
import { type Observable, take } from 'rxjs';

import { MARKER } from './mutate-json.js';

/** What an observer heard, and whether that was allowed. */
export interface Witnessed<T> {
  readonly values: readonly T[];
  readonly error: unknown;
  readonly isOver: () => boolean;
}

/** Watches streams, and keeps what must not be. */
export interface Witness {
  /** Subscribes to a stream. More values than `limit` are taken for a stream without end. */
  readonly watch: <T>(name: string, source: Observable<T>, limit: number) => Witnessed<T>;
  /** Calls what must not throw. */
  readonly call: <T>(name: string, work: () => T) => T | undefined;
  readonly complain: (name: string, complaint: string) => void;
  readonly complaints: readonly string[];
}

/** Deeper than that, `JSON.stringify` itself gives up. */
const DEPTH = 1500;

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype] as const;
const namesOf = (): string => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length).join();
const NAMES = namesOf();

/** What is wrong with a value: something was inherited that a message brought, or it cannot be written as JSON. */
const faultIn = (value: unknown): string | undefined => {
  const seen = new Set<unknown>();
  const open: { readonly part: unknown; readonly depth: number }[] = [{ part: value, depth: 0 }];
  let deepest = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { part, depth } = next;
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part) || seen.has(part)) continue;
    seen.add(part);
    deepest = Math.max(deepest, depth);
    if (!Object.hasOwn(part, 'marker') && 'marker' in part && part.marker === MARKER) return 'a prototype was set';
    for (const key of Object.keys(part)) open.push({ part: (part as Record<string, unknown>)[key], depth: depth + 1 });
  }
  if (deepest > DEPTH) return undefined;
  try {
    JSON.stringify(value);
    return undefined;
  } catch (error) {
    return `no JSON: ${String(error)}`;
  }
};

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n    ') : String(error);

export const createWitness = (): Witness => {
  const complaints: string[] = [];
  const complain: Witness['complain'] = (name, complaint) => {
    complaints.push(`${name}: ${complaint}`);
  };

  const call: Witness['call'] = (name, work) => {
    try {
      return work();
    } catch (error) {
      complain(name, `threw ${describe(error)}`);
      return undefined;
    }
  };

  const look = (name: string, value: unknown): void => {
    const fault = call(name, () => faultIn(value));
    if (fault !== undefined) complain(name, fault);
  };

  const lookAtError = (name: string, error: unknown): void => {
    if (!InteractionError.is(error)) {
      complain(name, `failed with ${describe(error)}`);
      return;
    }
    look(`${name}, error`, error);
    look(`${name}, partial`, error.partial);
    look(`${name}, cursor`, error.cursor);
  };

  return {
    call,
    complain,
    complaints,
    watch: <T>(name: string, source: Observable<T>, limit: number) => {
      const values: T[] = [];
      let error: unknown;
      let isOver = false;
      let ends = 0;
      const end = (): void => {
        isOver = true;
        ends += 1;
        if (ends > 1) complain(name, 'ended twice');
        const last = values.length - 1;
        values.forEach((value, at) => {
          if (at === last || at % 16 === 0) look(name, value); // snapshots share nearly all with the one before
        });
        if (values.length > limit) complain(name, `emitted more than ${String(limit)} values`);
        if (namesOf() !== NAMES) complain(name, 'added to a prototype of JavaScript');
      };
      call(name, () =>
        source.pipe(take(limit + 1)).subscribe({
          next: (value) => {
            if (isOver) complain(name, 'emitted after its end');
            values.push(value);
          },
          error: (reason: unknown) => {
            error = reason;
            end();
            lookAtError(name, reason);
          },
          complete: end,
        }),
      );
      return {
        values,
        get error() {
          return error;
        },
        isOver: () => isOver,
      };
    },
  };
};
