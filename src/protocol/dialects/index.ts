import { isRecord } from '../../internal/is-record.js';
import { Annotation } from '../annotation.js';
import { Content } from '../content.js';
import { Delta } from '../delta.js';
import { InteractionEvent } from '../event.js';
import { Step } from '../step.js';
import type { TaggedUnion } from '../tagged-union.js';
import { breakingChanges } from './breaking-changes.js';
import type { Dialect, Kind, Received, Rule } from './dialect.js';
import { enterprise, snakeCased } from './enterprise.js';
import { enumSpellings } from './enum-spellings.js';
import { legacyContent } from './legacy-content.js';
import { eachRecord, withMember } from './members.js';
import { migrationGuide } from './migration-guide.js';
import { referenceOddities } from './reference-oddities.js';

/*
 * The dialects that the API has spoken, and its documents still do, become one before anything is decoded (wire-format 13).
 * Each is a few rules for single objects; nothing is remembered from one message to the next, because samples mix dialects.
 *
 * Only the members below are walked, so that no key inside `arguments`, `result`, a schema, labels or metadata of a user
 * is touched by a rule that did not mean to.
 */

const DIALECTS: readonly Dialect[] = [
  enterprise,
  enumSpellings,
  migrationGuide,
  breakingChanges,
  legacyContent,
  referenceOddities,
];

/** The tag of a union and its known cases. What is of a kind that this version does not know is kept verbatim. */
type Union = Pick<TaggedUnion<unknown>, 'tag' | 'cases'>;

interface Walk {
  readonly rules: readonly Rule[];
  /** The members that are objects, or lists of objects, of a kind of their own. */
  readonly members: readonly (readonly [key: string, kind: Kind])[];
  readonly union: Union | undefined;
}

const walk = (kind: Kind, members: Readonly<Record<string, Kind>> = {}, union?: Union): Walk => ({
  rules: [snakeCased, ...DIALECTS.flatMap((dialect) => dialect[kind] ?? [])],
  members: Object.entries(members),
  union,
});

const WALKS: Readonly<Record<Kind, Walk>> = {
  event: walk(
    'event',
    {
      delta: 'delta',
      step: 'step',
      interaction: 'interaction',
      metadata: 'metadata',
      step_usage: 'usage',
      usage: 'usage',
    },
    InteractionEvent,
  ),
  metadata: walk('metadata', { total_usage: 'usage' }),
  interaction: walk('interaction', { steps: 'step', generation_config: 'config', usage: 'usage' }),
  config: walk('config'),
  step: walk('step', { content: 'content', summary: 'content' }, Step),
  delta: walk('delta', { content: 'content', annotations: 'annotation' }, Delta),
  content: walk('content', { annotations: 'annotation' }, Content),
  annotation: walk('annotation', {}, Annotation),
  usage: walk('usage', {
    input_tokens_by_modality: 'tokens',
    output_tokens_by_modality: 'tokens',
    cached_tokens_by_modality: 'tokens',
    tool_use_tokens_by_modality: 'tokens',
    grounding_tool_count: 'tokens',
  }),
  tokens: walk('tokens'),
};

/** What the rules make of an object, until none of them has anything more to say. */
const settled = (rules: readonly Rule[], received: Received): Received => {
  let object = received;
  for (;;) {
    let next = object;
    for (const rule of rules) next = rule(next);
    if (next === object) return object;
    object = next;
  }
};

const canonical = (kind: Kind, received: Received): Received => {
  const { rules, members, union } = WALKS[kind];
  let object = settled(rules, received);
  for (const [key, inner] of members) {
    if (typeof object[key] === 'object') {
      object = withMember(object, key, (value) => eachRecord(value, (item) => canonical(inner, item)));
    }
  }
  if (object === received || union === undefined) return object;
  const tag = object[union.tag];
  // Decoding infers the tag of whatever lacks one but of steps (rule R8).
  const isKnown = tag === undefined ? kind !== 'step' : typeof tag === 'string' && Object.hasOwn(union.cases, tag);
  return isKnown ? object : received;
};

/**
 * Deltas in which no dialect writes anything differently: their members have names of one word, and hold no enums. What is
 * more common yet is not even asked for: `isCommonEvent` tells.
 */
const isPlain = (delta: Received): boolean => {
  switch (delta['type']) {
    case 'function_call':
    case 'url_context_call':
    case 'google_maps_call':
    case 'file_search_call':
    case 'processing_call':
      return true;
    default:
      return false;
  }
};

const canonicalDelta = (delta: unknown): unknown =>
  isRecord(delta) && !isPlain(delta) ? canonical('delta', delta) : delta;

/**
 * The event in the canonical dialect; the same object where it is in it already. Anything else than an event in a known
 * dialect comes back as it was, for decoding to judge.
 */
export const toCanonicalEvent = (received: unknown): unknown => {
  if (!isRecord(received)) return received;
  const isDelta =
    received['event_type'] === 'step.delta' && received['eventId'] === undefined && received['metadata'] === undefined;
  return isDelta ? withMember(received, 'delta', canonicalDelta) : canonical('event', received);
};

/** The JSON answer in the canonical dialect; the same object where it is in it already. */
export const toCanonicalInteraction = (received: unknown): unknown =>
  isRecord(received) ? canonical('interaction', received) : received;

/** The names of events in any dialect: what else `type` may hold is not sure to be one. */
const EVENT_NAME = /^(?:interaction|step|content)\.|^error$/;

/** Whether a message names its own type, so that the name of its frame is of no interest (wire-format 5.1). */
export const namesItsType = (received: Received): boolean =>
  received['event_type'] !== undefined ||
  received['eventType'] !== undefined ||
  (typeof received['type'] === 'string' && EVENT_NAME.test(received['type']));
