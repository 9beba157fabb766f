import type { FunctionResultStep, Interaction, InteractionEvent } from '../protocol/index.js';

/**
 * Results as the events of the steps they are, for the timeline of a turn that is composed by hand: put between the
 * interaction that asked for them and the next one, they let reducers, and {@link continueWith}, know that its calls have
 * been answered. `runTools` does so.
 *
 * @param settled - The timeline so far.
 * @param results - From {@link functionResult}.
 *
 * @example A turn composed with continueWith
 * ```ts
 * const request = { model, input: 'What is the weather in Paris?', tools: [weather.declaration] };
 * client
 *   .stream(request)
 *   .pipe(
 *     continueWith((settled) => {
 *       const results = functionCallsOf(settled).map((call) => functionResult(call, { celsius: 22 }));
 *       if (results.length === 0) return undefined;
 *       return concat(resultEvents(settled, results), client.stream(followUp(request, settled, results)));
 *     }),
 *     reduceInteraction(),
 *   )
 *   .subscribe((turn) => console.log(outputText(turn)));
 * ```
 */
export const resultEvents = (
  settled: Pick<Interaction, 'steps'>,
  results: readonly FunctionResultStep[],
): readonly InteractionEvent[] =>
  results.flatMap((step, place): readonly InteractionEvent[] => {
    const index = settled.steps.length + place;
    return [
      { event_type: 'step.start', index, step },
      { event_type: 'step.stop', index },
    ];
  });
