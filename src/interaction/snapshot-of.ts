import { itemsOf } from '../internal/growing-list.js';
import type { Interaction } from '../protocol/index.js';
import { stepOf } from '../steps/index.js';
import { addUsage } from './add-usage.js';
import type { InteractionState } from './interaction-state.js';

type Circumstances = Pick<InteractionState, 'head' | 'ids' | 'usage' | 'usageBefore'>;

/** Snapshots without steps, by the head they show: most events change a step and nothing else. */
const frames = new WeakMap<InteractionState['head'], Circumstances & { readonly frame: Interaction }>();

const frameOf = ({ head, ids, usage, usageBefore }: Circumstances): Interaction => {
  const known = frames.get(head);
  if (known?.ids === ids && known.usage === usage && known.usageBefore === usageBefore) return known.frame;
  const total = addUsage(usageBefore, usage);
  const frame: Interaction = {
    ...head,
    status: head.status ?? 'in_progress',
    ...(total === undefined ? {} : { usage: total }),
    ids,
    steps: [],
    diagnostics: [],
  };
  frames.set(head, { head, ids, usage, usageBefore, frame });
  return frame;
};

/** The states that snapshots show: what a cursor needs and a snapshot does not say. */
const states = new WeakMap<Interaction, InteractionState>();

/** The state that a snapshot shows, if it was made of one in this process. */
export const stateBehind = (snapshot: Interaction): InteractionState | undefined => states.get(snapshot);

/** The interaction as far as it has come. Steps that did not change since an earlier snapshot are the same objects. */
export const snapshotOf = (state: InteractionState): Interaction => {
  const steps = itemsOf(state.done);
  for (const { finished, state: step } of state.open) steps.push(finished ?? stepOf(step));
  const snapshot: Interaction = { ...frameOf(state), steps, diagnostics: itemsOf(state.diagnostics) };
  states.set(snapshot, state);
  return snapshot;
};
