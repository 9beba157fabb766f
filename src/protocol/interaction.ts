import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { Code, JsonObject, listOf, openEnum, string } from './primitives.js';
import { shape } from './shape.js';
import { InteractionStatus } from './status.js';
import { Step } from './step.js';
import { Usage } from './usage.js';

const interactionFault = shape('InteractionFault', {}, { code: Code, message: string });
/** A fault that the server noted on an interaction. May accompany any status. */
export interface InteractionFault extends t.TypeOf<typeof interactionFault> {}
export const InteractionFault: Codec<InteractionFault> = interactionFault;

const interactionResource = shape(
  'Interaction',
  {},
  {
    id: string,
    object: string,
    status: InteractionStatus,
    model: string,
    agent: string,
    created: string,
    updated: string,
    steps: listOf(Step),
    usage: Usage,
    service_tier: openEnum('ServiceTier', ['flex', 'standard', 'priority', 'deferred']),
    previous_interaction_id: string,
    continuation_token: string,
    environment_id: string,
    errors: listOf(InteractionFault),
    system_instruction: string,
    labels: JsonObject,
  },
);
/**
 * An interaction as the server writes it (wire-format 3.1): the whole in a JSON answer, a part of it in
 * `interaction.created` and `interaction.completed`, where `steps` is normally absent.
 */
export interface InteractionResource extends t.TypeOf<typeof interactionResource> {}
export const InteractionResource: Codec<InteractionResource> = interactionResource;

/** What was noticed on the way and did not end it. */
export interface Diagnostic {
  /**
   * - `step_truncated`: the stream ended, or went on, before the step at `position` had stopped.
   * - `step_synthesized`: a delta came for a step that had not started (rule R9).
   * - `step_restarted`: a second start came for an index whose step was still open.
   * - `arguments_invalid`: the arguments of the call at `position` are not a JSON object; `text` is what came (rule R10).
   * - `delta_ignored`: a delta of an unknown kind, or one that its step has no place for; `text` is its type.
   * - `event_unknown`: events of an unknown kind; `text` is its type, `count` how many have come, if more than one.
   * - `kind_unknown`: something of an unknown kind has come; `text` says what, and `count` how often in this stream: a schema
   *   that moves on. Heard by `onDiagnostic` only.
   * - `error_event`: the server reported an error; `text` is its code and message.
   * - `steps_differ`: the steps of the final event differ from the assembled ones; they were taken (wire-format 7.2).
   * - `replayed`: the interaction was announced again from its start, and assembled anew.
   * - `member_dropped`: an optional member had an unexpected type and was left out; `text` is its path.
   * - `event_malformed`: an event was not JSON or lacked what must be read, and was skipped; `text` says what.
   * - `completed_by_done`: the stream ended on `[DONE]` and a final status, without a final event (wire-format 5.4).
   * - `request_retried`: a request failed and is sent again; `text` says why.
   * - `stream_resumed`: a stream broke off and is gone on with; `text` says how (`after` the last event, by a `replay`, by a `look`).
   * - `answer_unverified`: a resumed answer could not be compared with the interaction as JSON (`resume.verify`); `text` says why.
   * - `credentials_ambiguous`: two environment variables hold a key; `text` says which one is used.
   * - `enterprise_ambiguous`: two environment variables choose different endpoints; `text` says which one is used.
   * - `key_in_browser`: an API key is sent from a browser, where everybody can read it.
   */
  readonly code:
    | 'step_truncated'
    | 'step_synthesized'
    | 'step_restarted'
    | 'arguments_invalid'
    | 'delta_ignored'
    | 'event_unknown'
    | 'kind_unknown'
    | 'error_event'
    | 'steps_differ'
    | 'replayed'
    | 'member_dropped'
    | 'event_malformed'
    | 'completed_by_done'
    | 'request_retried'
    | 'stream_resumed'
    | 'answer_unverified'
    | 'credentials_ambiguous'
    | 'enterprise_ambiguous'
    | 'key_in_browser';
  /** Place of the step in `steps`, where there is one. */
  readonly position?: number | undefined;
  /** What was received or lacking. Never a secret. */
  readonly text?: string | undefined;
  /** How often, where that is counted. */
  readonly count?: number | undefined;
}

/**
 * One request and its answer, whole or so far: the shape of the JSON answer, with `steps` always there, plus two members of ours.
 * Immutable; what did not change from one snapshot to the next is the same object.
 */
export interface Interaction extends Omit<InteractionResource, 'steps' | 'status'> {
  /** `in_progress` until the server says otherwise. */
  readonly status: InteractionStatus;
  /** The steps in the order in which they first appeared. */
  readonly steps: readonly Step[];
  /** The ids of all hops and rounds in order; empty when the server keeps nothing (`store: false`). */
  readonly ids: readonly string[];
  /** What was noticed while it was assembled. */
  readonly diagnostics: readonly Diagnostic[];
}
