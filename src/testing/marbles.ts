import { TestScheduler } from 'rxjs/testing';

/** What a marble test is given: `hot`, `cold`, `time`, `expectObservable`, `expectSubscriptions`, … */
export type MarbleHelpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];

/**
 * A test in virtual time: hand it to `it`, write time as marbles. What is observed is compared with
 * `assertEqual`, so any test runner will do.
 *
 * @example
 * ```ts
 * it('passes text on', marbles(expectEqual, ({ cold, expectObservable }) => {
 *   const events = cold('  -a-b|', { a: textDelta(0, 'a'), b: stepStop(0) });
 *   expectObservable(events.pipe(ofEventType('step.stop'))).toBe('---b|', { b: stepStop(0) });
 * }));
 * ```
 */
export const marbles =
  (assertEqual: (actual: unknown, expected: unknown) => void, body: (helpers: MarbleHelpers) => void) => (): void => {
    new TestScheduler(assertEqual).run(body);
  };
