import { type MonoTypeOperatorFunction, takeWhile } from 'rxjs';

/**
 * Completes with the event that settles the interaction, and leaves the source then; what a server sends after it, or
 * how long it keeps the connection, does not matter.
 *
 * A source that ends before completes as it is: to make that an error, add `throwIfUnsettled()`.
 *
 * ```text
 * events              -c-s-d-p-f-----|     f: interaction.completed
 * takeUntilSettled()  -c-s-d-p-(f|)
 * ```
 *
 * `client.stream` and `client.resume` do it already; it is for streams from elsewhere.
 *
 * @example
 * ```ts
 * events$.pipe(takeUntilSettled(), throwIfUnsettled(), reduceText()).subscribe((text) => console.log(text));
 * ```
 */
export function takeUntilSettled<Event extends { readonly event_type: string }>(): MonoTypeOperatorFunction<Event> {
  return takeWhile(({ event_type }) => event_type !== 'interaction.completed', true);
}
