import { emptyList, type GrowingList } from '../internal/growing-list.js';
import type { Diagnostic, InteractionResource, Step, Usage } from '../protocol/index.js';
import type { StepState } from '../steps/index.js';
import { noIds, type RecentIds } from './recent-ids.js';

/** A step that is not settled in its place yet: open, or waiting for one before it. */
export interface OpenStep {
  /** The wire's index; restarts in every hop and round. */
  readonly index: number;
  readonly state: StepState;
  /** The finished step, once it has stopped. */
  readonly finished: Step | undefined;
}

/**
 * What has been assembled so far. Immutable, and opaque to users: `accumulateInteraction` makes the next one, `snapshotOf` shows it.
 *
 * One event costs what it changes plus the number of steps that are open, however long the interaction is.
 */
export interface InteractionState {
  /** Everything but the steps. */
  readonly head: Omit<InteractionResource, 'steps' | 'usage'>;
  /** Tokens of the hops and rounds before this one. */
  readonly usageBefore: Usage | undefined;
  /** Tokens of this one. */
  readonly usage: Usage | undefined;
  readonly ids: readonly string[];
  /** Finished steps that have every step before them finished. */
  readonly done: GrowingList<Step>;
  /** The steps after those, in order of first appearance. */
  readonly open: readonly OpenStep[];
  /** How many steps there were when this hop or round began. */
  readonly hopStart: number;
  readonly diagnostics: GrowingList<Diagnostic>;
  /** How many events of each unknown kind have come. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Whether an `interaction.created` has come. */
  readonly announced: boolean;
  /** Whether the final event of this hop or round has come. */
  readonly settled: boolean;
  /** The latest event that the stream can be resumed after; `undefined` before the first. */
  readonly lastEventId: string | undefined;
  /** The latest events with an id, that one included. */
  readonly recentIds: RecentIds;
  /** The state at that event; `undefined` if it is this very state, or there is none. */
  readonly marked: InteractionState | undefined;
}

const NONE: ReadonlyMap<string, number> = new Map();

const createInitial = (): InteractionState => ({
  head: {},
  usageBefore: undefined,
  usage: undefined,
  ids: [],
  done: emptyList(),
  open: [],
  hopStart: 0,
  diagnostics: emptyList(),
  unknown: NONE,
  announced: false,
  settled: false,
  lastEventId: undefined,
  recentIds: noIds,
  marked: undefined,
});

const INITIAL = createInitial();

/** Nothing received yet: the same state for all streams. */
export const initialInteraction = (): InteractionState => INITIAL;

/** A state to go on from: lists that grow in place, and what is kept by their identity, must not be those of all streams. */
export const ownState = (state: InteractionState): InteractionState => (state === INITIAL ? createInitial() : state);

/** A state while it is made: written until it is handed out, and never again. */
export type Draft = { -readonly [Member in keyof InteractionState]: InteractionState[Member] };

/**
 * The state that will be there after one more event. Member by member: states that come of spreads have as many hidden
 * classes as there are places that spread, which makes reading any of them slow.
 */
export const draftOf = (state: InteractionState): Draft => ({
  head: state.head,
  usageBefore: state.usageBefore,
  usage: state.usage,
  ids: state.ids,
  done: state.done,
  open: state.open,
  hopStart: state.hopStart,
  diagnostics: state.diagnostics,
  unknown: state.unknown,
  announced: state.announced,
  settled: state.settled,
  lastEventId: state.lastEventId,
  recentIds: state.recentIds,
  marked: state.marked,
});
