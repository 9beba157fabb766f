import type { Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import type { InteractionEvent } from '../protocol/index.js';
import { type Alphabet, alphabet } from './alphabet.js';

type RunHelpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];
type Hot = ReturnType<typeof TestScheduler.prototype.createHotObservable<InteractionEvent>>;
type Cold = ReturnType<typeof TestScheduler.prototype.createColdObservable<InteractionEvent>>;

/** Letters of which one that stands for nothing is an error, and not an event that is `undefined`. */
const strict = (letters: Alphabet = {}): Alphabet =>
  new Proxy<Alphabet>(
    { ...alphabet, ...letters },
    {
      get: (known, letter) => {
        if (typeof letter === 'string' && !Object.hasOwn(known, letter)) {
          throw new RangeError(`No event has the letter ${JSON.stringify(letter)}`);
        }
        return Reflect.get(known, letter) as InteractionEvent; // Safe: nothing else is in an alphabet.
      },
    },
  );

/** What a marble test is given: RxJS's `hot`, `cold`, `time`, `expectObservable`, …, and the same for events. */
export interface MarbleHelpers extends RunHelpers {
  /** `cold`, with the letters of {@link alphabet}; more, or other ones, are given as the second argument. */
  readonly coldEvents: (marbles: string, letters?: Alphabet, error?: unknown) => Cold;
  /** `hot`, likewise. */
  readonly hotEvents: (marbles: string, letters?: Alphabet, error?: unknown) => Hot;
  /** `expectObservable(…).toBe(…)`, likewise. */
  readonly expectEvents: (
    events$: Observable<unknown>,
    unsubscription?: string,
  ) => { readonly toBe: (marbles: string, letters?: Alphabet, error?: unknown) => void };
}

/**
 * A test in virtual time: hand it to `it`, write time as marbles, and events as letters of the {@link alphabet}. A letter
 * that stands for nothing is an error. What is observed is compared with `assertEqual`, so any test runner will do.
 *
 * @example
 * ```ts
 * it('passes the end of a step on', marbles(expectEqual, ({ coldEvents, expectEvents }) => {
 *   const events$ = coldEvents('                          -c-s-d-d-p-f|');
 *   expectEvents(events$.pipe(ofEventType('step.stop'))).toBe('---------p--|');
 * }));
 * ```
 */
export const marbles =
  (assertEqual: (actual: unknown, expected: unknown) => void, body: (helpers: MarbleHelpers) => void) => (): void => {
    new TestScheduler(assertEqual).run((helpers) => {
      const { cold, hot, expectObservable } = helpers;
      body({
        ...helpers,
        coldEvents: (diagram, letters, error) => cold(diagram, strict(letters), error),
        hotEvents: (diagram, letters, error) => hot(diagram, strict(letters), error),
        expectEvents: (events$, unsubscription) => ({
          toBe: (diagram, letters, error) => {
            expectObservable(events$, unsubscription).toBe(diagram, strict(letters), error);
          },
        }),
      });
    });
  };
