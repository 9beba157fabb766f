import { itemsOf } from '../internal/growing-list.js';
import type { Diagnostic, Interaction, Step } from '../protocol/index.js';
import { stepOf, withMembers } from '../steps/index.js';
import { addUsage } from './add-usage.js';
import type { InteractionState } from './interaction-state.js';
import { withoutMedia } from './without-media.js';

/** How many snapshots of a stream a cursor can be taken of: the latest ones. */
const KEPT = 64;

/** The latest snapshots of a stream and the states they show: what a cursor needs and a snapshot does not say. */
interface Recent {
  readonly snapshots: Interaction[];
  readonly states: InteractionState[];
  next: number;
}

/**
 * By the list of ids, which all snapshots of a hop share: with an entry for every snapshot the garbage collector takes as
 * long as everything else together.
 */
const recents = new WeakMap<readonly string[], Recent>();

const recentOf = (ids: readonly string[]): Recent => {
  const known = recents.get(ids);
  if (known) return known;
  const recent: Recent = { snapshots: [], states: [], next: 0 };
  recents.set(ids, recent);
  return recent;
};

const remember = (recent: Recent, snapshot: Interaction, state: InteractionState): void => {
  recent.snapshots[recent.next] = snapshot;
  recent.states[recent.next] = state;
  recent.next = (recent.next + 1) % KEPT;
};

/** The state that a snapshot shows, if it is one of the latest of its stream. */
export const stateBehind = (snapshot: Interaction): InteractionState | undefined => {
  const recent = recents.get(snapshot.ids);
  return recent?.states[recent.snapshots.indexOf(snapshot)];
};

type Circumstances = Pick<InteractionState, 'head' | 'ids' | 'usage' | 'usageBefore'>;

/** What the snapshots have in common that differ in their steps alone, as most do. */
interface Frame extends Circumstances {
  readonly withoutSteps: Interaction;
  readonly recent: Recent;
}

const frames = new WeakMap<InteractionState['head'], Frame>();

const frameOf = ({ head, ids, usage, usageBefore }: Circumstances): Frame => {
  const known = frames.get(head);
  if (known?.ids === ids && known.usage === usage && known.usageBefore === usageBefore) return known;
  const total = addUsage(usageBefore, usage);
  const withoutSteps = withMembers(head, {
    status: head.status ?? 'in_progress',
    ...(total === undefined ? {} : { usage: total }),
    ids,
    steps: [],
    diagnostics: [],
  }) as Interaction; // Safe: what a head lacks of an interaction has just been added.
  const frame: Frame = { head, ids, usage, usageBefore, withoutSteps, recent: recentOf(ids) };
  frames.set(head, frame);
  return frame;
};

interface Noted {
  readonly unknown: InteractionState['unknown'];
  readonly items: readonly Diagnostic[];
}

/** Diagnostics as an array: the same one as long as nothing is added to them. */
const arrays = new WeakMap<readonly Diagnostic[], Noted>();

const counted = (diagnostic: Diagnostic, unknown: Noted['unknown']): Diagnostic => {
  const count = diagnostic.code === 'event_unknown' ? (unknown.get(diagnostic.text ?? '') ?? 1) : 1;
  return count === 1 ? diagnostic : { ...diagnostic, count };
};

/** What was noticed, and how often where it is an unknown kind. */
export const diagnosticsOf = ({
  diagnostics: list,
  unknown,
}: Pick<InteractionState, 'diagnostics' | 'unknown'>): readonly Diagnostic[] => {
  const known = arrays.get(list.shared);
  if (known?.items.length === list.length && known.unknown === unknown) return known.items;
  const items = itemsOf(list).map((diagnostic) => counted(diagnostic, unknown));
  arrays.set(list.shared, { unknown, items });
  return items;
};

/** The steps in order, in one copy. */
const stepsOf = ({ done, open }: InteractionState): Step[] => {
  const rest = open.map(({ finished, state }) => finished ?? stepOf(state));
  const { length, shared } = done;
  if (shared.length > length) return itemsOf(done).concat(rest);
  // Added to those that are done for a moment, and copied with them, they cost nothing. `concat` takes three times as long.
  for (const step of rest) shared.push(step);
  const steps = shared.slice();
  for (let count = rest.length; count > 0; count -= 1) shared.pop();
  return steps;
};

/** The interaction as far as it has come. Steps and diagnostics that did not change since an earlier snapshot are the same objects. */
export const snapshotOf = (state: InteractionState): Interaction => snapshotWith(state, stepsOf(state));

/** The same without the base64 of media. */
export const referenceSnapshotOf = (state: InteractionState): Interaction =>
  snapshotWith(state, stepsOf(state).map(withoutMedia));

const snapshotWith = (state: InteractionState, steps: readonly Step[]): Interaction => {
  const { withoutSteps, recent } = frameOf(state);
  const snapshot: Interaction = {
    ...withoutSteps,
    steps,
    diagnostics: diagnosticsOf(state),
  };
  remember(recent, snapshot, state);
  return snapshot;
};
