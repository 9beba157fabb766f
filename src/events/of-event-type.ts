import { filter, type OperatorFunction } from 'rxjs';

/**
 * Lets through the events of the given types, and narrows to them.
 *
 * `ofDeltaType` gives the payloads of deltas instead, and `ofStepType` is the same for steps. A type that does not exist is a
 * compile error, and so are no types at all. The order stays; nothing else is looked at.
 *
 * ```text
 * events                     -c-s-d-d-p-f|
 * ofEventType('step.delta')  -----d-d----|
 * ```
 *
 * @example Print every piece of text
 * ```ts
 * events$.pipe(ofEventType('step.delta')).subscribe(({ delta }) => {
 *   if (delta.type === 'text') process.stdout.write(delta.text);
 * });
 * ```
 */
export function ofEventType<Event extends { readonly event_type: string }, const Type extends Event['event_type']>(
  ...types: readonly [Type, ...Type[]]
): OperatorFunction<Event, Extract<Event, { readonly event_type: Type }>> {
  const wanted: ReadonlySet<string> = new Set(types);
  return filter((event): event is Extract<Event, { readonly event_type: Type }> => wanted.has(event.event_type));
}
