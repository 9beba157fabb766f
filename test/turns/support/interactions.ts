import {
  accumulateInteraction,
  initialInteraction,
  type Interaction,
  type InteractionEvent,
  type InteractionRequest,
  type InteractionsClient,
  snapshotOf,
  type Step,
} from 'rx-interactions';
import { argumentsDelta, completed, created, stepStart, stepStop } from 'rx-interactions/testing';
import { defer, from, type ObservableInput, throwError } from 'rxjs';

/** The interaction that events amount to. */
export const reduced = (...events: readonly InteractionEvent[]): Interaction =>
  snapshotOf(events.reduce(accumulateInteraction, initialInteraction()));

/** An interaction that holds these steps, and nothing else of note. */
export const interactionOf = (steps: readonly Step[], more: Partial<Interaction> = {}): Interaction => ({
  id: 'v1_test',
  status: 'requires_action',
  ids: ['v1_test'],
  diagnostics: [],
  ...more,
  steps,
});

export const callStep = (id: string, name: string, args: Readonly<Record<string, unknown>> = {}): Step => ({
  type: 'function_call',
  id,
  name,
  arguments: args,
});

/** A function call as it is streamed. */
export const callEvents = (index: number, id: string, name: string, args?: object | string): InteractionEvent[] => [
  stepStart(index, { type: 'function_call', id, name, arguments: {} }),
  ...(args === undefined ? [] : [argumentsDelta(index, typeof args === 'string' ? args : JSON.stringify(args))]),
  stepStop(index),
];

/** A round that calls functions: an interaction with an id, a step for each call, and an end. */
export const callingRound = (
  id: string,
  ...calls: readonly (readonly [id: string, name: string, args?: object | string])[]
): readonly InteractionEvent[] => [
  created({ id }),
  ...calls.flatMap((call, index) => callEvents(index, ...call)),
  completed({ id, status: 'requires_action' }),
];

/** A client whose streams are given, round by round, and the requests it was asked for. */
export const scriptedClient = (
  ...rounds: readonly (
    ObservableInput<InteractionEvent> | ((request: InteractionRequest) => ObservableInput<InteractionEvent>)
  )[]
) => {
  const requests: InteractionRequest[] = [];
  const configs: unknown[] = [];
  const client: Pick<InteractionsClient, 'stream'> = {
    stream: (request, config) =>
      defer(() => {
        const round = rounds[requests.length];
        requests.push(request);
        configs.push(config);
        if (round === undefined) return throwError(() => new Error('There was to be no further request'));
        return from(typeof round === 'function' ? round(request) : round);
      }),
  };
  return { client, requests, configs };
};
