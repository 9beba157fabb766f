import { append, emptyList, itemsOf, truncateTo } from '../internal/growing-list.js';
import { isRecord } from '../internal/is-record.js';
import { jsonEqual } from '../internal/json-equal.js';
import type {
  Diagnostic,
  InteractionCompleted,
  InteractionCreated,
  InteractionEvent,
  InteractionResource,
  InteractionStatusUpdate,
  Step,
  StepDelta,
  StepStart,
  TurnMark,
} from '../protocol/index.js';
import { applyDelta, finishStep, startStep, synthesizeStep, wholeStep } from '../steps/index.js';
import { addUsage } from './add-usage.js';
import { draftOf, initialInteraction, type InteractionState, type OpenStep, ownState } from './interaction-state.js';
import { noIds, withEventId } from './recent-ids.js';

/**
 * The next state of an interaction: rules R1 to R10 of wire-format 7.2, as a pure function.
 *
 * Total: any event in any order gives a state, and where something is odd a diagnostic; it never throws. An event that
 * changes nothing gives the same state back.
 */
export const accumulateInteraction = (
  state: InteractionState,
  event: InteractionEvent | TurnMark,
): InteractionState => {
  if (latest?.event === event && latest.state === state) return latest.next;
  const next = accumulated(state, event);
  // A stream that has ended well is not kept here.
  latest = event.event_type === 'interaction.completed' ? undefined : { state, event, next };
  return next;
};

/**
 * What was done last. An event goes from one operator to the next before another one comes, and several of them assemble:
 * `client.stream` for the partial answer of an error and to resume, `scanInteraction` behind it. Only the first one has work.
 */
let latest:
  | {
      readonly state: InteractionState;
      readonly event: InteractionEvent | TurnMark;
      readonly next: InteractionState;
    }
  | undefined;

const accumulated = (state: InteractionState, event: InteractionEvent | TurnMark): InteractionState => {
  const before = ownState(state);
  const next = withMark(applied(before, event), before, 'event_id' in event ? event.event_id : undefined);
  return next === before ? state : next;
};

/** Remembers where the stream can be resumed: after the latest event with an id, and what had been assembled by then. */
const withMark = (next: InteractionState, before: InteractionState, eventId: string | undefined): InteractionState => {
  if (eventId === undefined && before.lastEventId === undefined) return next;
  if (next.head.id !== before.head.id && eventId === undefined) {
    return next.lastEventId === undefined
      ? next
      : { ...next, lastEventId: undefined, recentIds: noIds, marked: undefined }; // another interaction
  }
  if (eventId !== undefined) {
    const known = next.head.id === before.head.id ? before.recentIds : noIds;
    return { ...next, lastEventId: eventId, recentIds: withEventId(known, eventId), marked: undefined };
  }
  return next === before ? next : { ...next, marked: before.marked ?? before };
};

const applied = (state: InteractionState, event: InteractionEvent | TurnMark): InteractionState => {
  switch (event.event_type) {
    case 'step.delta':
      return onDelta(state, event);
    case 'step.start':
      return onStart(state, event);
    case 'step.stop':
      return stop(state, lastOpen(state, event.index));
    case 'interaction.created':
      return onCreated(state, event);
    case 'interaction.status_update':
      return onStatusUpdate(state, event);
    case 'interaction.completed':
      return onCompleted(state, event);
    case 'error':
      return noting(withoutToken(state), {
        code: 'error_event',
        text: [event.error?.code, event.error?.message].filter((part) => part !== undefined).join(': '),
      });
    case 'unknown':
      return notingUnknown(state, typeOf(event.received, 'event_type'));
    case 'turn.started':
      return initialInteraction();
    case 'turn.completed':
    case 'turn.failed':
    case 'turn.interrupted':
    case 'tool.call':
    case 'tool.progress':
    case 'tool.result':
    case 'tool.approval_required':
      return state;
    default: {
      // Every case is above. What nobody has decoded may still be of a kind that is in none of them.
      const other: unknown = event satisfies never;
      return notingUnknown(state, typeOf(other, 'event_type'));
    }
  }
};

/** Adds a diagnostic; the same one several times in a row is noted once. */
const noting = (state: InteractionState, diagnostic: Diagnostic): InteractionState => {
  const { length, shared } = state.diagnostics;
  return length > 0 && jsonEqual(shared[length - 1], diagnostic)
    ? state
    : { ...state, diagnostics: append(state.diagnostics, diagnostic) };
};

/** How many unknown kinds are told apart: a server that sends more is not worth the memory. */
const MOST_KINDS = 64;

/** Counts an event of an unknown kind, and notes the first one of each. */
const notingUnknown = (state: InteractionState, kind: string): InteractionState => {
  const count = state.unknown.get(kind) ?? 0;
  if (count === 0 && state.unknown.size >= MOST_KINDS) return state;
  const noted = count === 0 ? noting(state, { code: 'event_unknown', text: kind }) : state;
  return { ...noted, unknown: new Map(state.unknown).set(kind, count + 1) };
};

const typeOf = (received: unknown, key: 'event_type' | 'type'): string =>
  isRecord(received) && typeof received[key] === 'string' ? received[key] : 'none';

const stepCount = ({ done, open }: InteractionState): number => done.length + open.length;

/** The place, among the open steps, of the latest one under an index that has not stopped; -1 if there is none. */
const lastOpen = ({ open }: InteractionState, index: number): number => {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const step = open[at];
    if (step?.index === index && step.finished === undefined) return at;
  }
  return -1;
};

const replaceAt = <T>(items: readonly T[], at: number, item: T): readonly T[] =>
  items.length === 1 ? [item] : items.map((other, place) => (place === at ? item : other));

const begin = (state: InteractionState, index: number, step: Step): InteractionState => {
  const draft = draftOf(state);
  draft.open = [...state.open, { index, state: startStep(step), finished: undefined }];
  return draft;
};

const onStart = (state: InteractionState, { index, step }: StepStart): InteractionState => {
  const at = lastOpen(state, index);
  if (at === -1) return begin(state, index, step);
  const position = state.done.length + at;
  return begin(noting(stop(state, at), { code: 'step_restarted', position }), index, step);
};

const onDelta = (state: InteractionState, event: StepDelta): InteractionState => {
  const at = lastOpen(state, event.index);
  const open = state.open[at];
  if (open === undefined) {
    const begun = begin(state, event.index, synthesizeStep(event.delta));
    return onDelta(noting(begun, { code: 'step_synthesized', position: stepCount(state) }), event);
  }
  const next = applyDelta(open.state, event.delta);
  const counted = withUsage(state, event.metadata?.total_usage);
  if (next === undefined) {
    const { delta } = event;
    const text = delta.type === 'unknown' ? typeOf(delta.received, 'type') : delta.type;
    return noting(counted, { code: 'delta_ignored', position: state.done.length + at, text });
  }
  if (next === open.state) return counted;
  const draft = draftOf(counted);
  draft.open = replaceAt(state.open, at, { index: open.index, state: next, finished: undefined });
  return draft;
};

/** Finishes the open step at a place, and moves what is finished up to the first open one into its final place. */
const stop = (state: InteractionState, at: number): InteractionState => {
  const open = state.open[at];
  if (open === undefined) return state;
  const { step, invalidArguments } = finishStep(open.state);
  const position = state.done.length + at;
  const noted =
    invalidArguments === undefined
      ? state
      : noting(state, { code: 'arguments_invalid', position, text: invalidArguments });
  let done = state.done;
  const waiting = replaceAt<OpenStep>(state.open, at, { index: open.index, state: open.state, finished: step });
  let first = 0;
  for (; first < waiting.length; first += 1) {
    const finished = waiting[first]?.finished;
    if (finished === undefined) break;
    done = append(done, finished);
  }
  const draft = draftOf(noted);
  draft.done = done;
  draft.open = first === 0 ? waiting : waiting.slice(first);
  return draft;
};

/** Finishes every open step, and flags it: no `step.stop` has come for it. */
export const truncateOpenSteps = (state: InteractionState): InteractionState =>
  state.open.reduce((next, { finished }, place) => {
    if (finished) return next;
    const position = state.done.length + place;
    return noting(stop(next, position - next.done.length), { code: 'step_truncated', position });
  }, state);

/** The latest value that says something wins: absent, `null` and empty members never overwrite. */
const merged = (head: InteractionState['head'], resource: InteractionResource): InteractionState['head'] => {
  const { steps: _steps, usage: _usage, ...members } = resource;
  const known: Readonly<Record<string, unknown>> = head;
  const fresh = Object.entries<unknown>(members).filter(
    ([key, value]) => value !== undefined && value !== null && value !== '' && value !== known[key],
  );
  return fresh.length === 0 ? head : { ...head, ...Object.fromEntries(fresh) };
};

const withUsage = (state: InteractionState, usage: InteractionState['usage']): InteractionState =>
  usage === undefined || usage === state.usage ? state : { ...state, usage };

const withoutToken = (state: InteractionState): InteractionState => {
  const { continuation_token, ...head } = state.head;
  return continuation_token === undefined ? state : { ...state, head };
};

const withId = (ids: readonly string[], id: string | undefined): readonly string[] =>
  id === undefined || id === '' || ids.includes(id) ? ids : [...ids, id];

const onCreated = (state: InteractionState, { interaction }: InteractionCreated): InteractionState => {
  const { id } = interaction;
  const first = !state.announced;
  if (!first && id !== undefined && id !== '' && id === state.head.id) return onReplay(state, interaction);
  const ended = truncateOpenSteps(state);
  const usageBefore = addUsage(ended.usageBefore, ended.usage);
  // What a later hop says of itself is not said of the whole: where it began, and from what (wire-format 10).
  const { created, previous_interaction_id, ...head } = merged(withoutToken(ended).head, interaction);
  const began = first
    ? { created, previous_interaction_id }
    : { created: ended.head.created, previous_interaction_id: ended.head.previous_interaction_id };
  return {
    ...ended,
    head: merged({ ...head, ...(first ? {} : { status: 'in_progress' }) }, { ...began, status: interaction.status }),
    usageBefore,
    usage: interaction.usage,
    ids: withId(ended.ids, id),
    hopStart: stepCount(ended),
    announced: true,
    settled: false,
  };
};

/** The same interaction from its start again: what it had is assembled anew (architecture: a replay from zero). */
const onReplay = (state: InteractionState, interaction: InteractionResource): InteractionState =>
  noting(
    {
      ...state,
      head: merged(withoutToken(state).head, interaction),
      usage: interaction.usage,
      done: truncateTo(state.done, Math.min(state.hopStart, state.done.length)),
      open: [],
      settled: false,
    },
    { code: 'replayed' },
  );

const onStatusUpdate = (state: InteractionState, event: InteractionStatusUpdate): InteractionState => {
  const { interaction_id: id, status, continuation_token } = event;
  const head = merged(state.head, { id, status, continuation_token });
  const ids = withId(state.ids, id);
  const updated = head === state.head && ids === state.ids ? state : { ...state, head, ids };
  return withUsage(updated, event.usage ?? event.metadata?.total_usage);
};

const onCompleted = (state: InteractionState, { interaction }: InteractionCompleted): InteractionState => {
  const ended = truncateOpenSteps(state);
  const { created: _created, previous_interaction_id: _previous, ...later } = interaction;
  const resource = ended.ids.length > 1 ? later : interaction;
  const settled: InteractionState = {
    ...ended,
    // The final event is authoritative: a token that is absent there is gone (wire-format 7.2).
    head: merged(withoutToken(ended).head, {
      ...resource,
      status: resource.status === '' ? 'completed' : (resource.status ?? 'completed'),
    }),
    usage: interaction.usage ?? ended.usage,
    ids: withId(ended.ids, interaction.id),
    settled: true,
  };
  return interaction.steps && interaction.steps.length > 0 ? withFinalSteps(settled, interaction.steps) : settled;
};

/** The steps that the final event brings replace what was assembled since the hop began, and a difference is noted. */
const withFinalSteps = (state: InteractionState, received: readonly Step[]): InteractionState => {
  const final = received.map(wholeStep);
  const assembled = itemsOf(state.done).slice(state.hopStart);
  if (jsonEqual(assembled, final)) return state;
  const kept = truncateTo(state.done, state.hopStart);
  return noting({ ...state, done: final.reduce(append<Step>, kept), open: [] }, { code: 'steps_differ' });
};

/** The state of an interaction that came whole, in a JSON answer. */
export const interactionStateFrom = (
  interaction: InteractionResource & { readonly ids?: readonly string[] },
): InteractionState => {
  const { steps = [], usage, ids = [], ...head } = interaction;
  return {
    ...ownState(initialInteraction()),
    head: merged({}, head),
    usage,
    ids: withId(ids, interaction.id),
    done: steps.map(wholeStep).reduce(append<Step>, emptyList<Step>()),
    announced: true,
    settled: true,
  };
};
