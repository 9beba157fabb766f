import { append, emptyList, type GrowingList, itemsOf, listFrom } from '../internal/growing-list.js';

/** The latest ids of events: at least {@link KEPT} of them, as long as there are so many. Immutable; adding one takes constant time. */
export interface RecentIds {
  readonly older: readonly string[];
  readonly newer: GrowingList<string>;
}

/** How far back a stream that goes on after an event may begin, in events with an id, without telling anything twice. */
const KEPT = 32;

export const noIds: RecentIds = { older: [], newer: emptyList() };

export const withEventId = ({ older, newer }: RecentIds, id: string): RecentIds =>
  newer.length < KEPT
    ? { older, newer: append(newer, id) }
    : { older: itemsOf(newer), newer: append(emptyList<string>(), id) };

export const idsIn = ({ older, newer }: RecentIds): readonly string[] => [...older, ...itemsOf(newer)];

export const recentIdsFrom = (ids: readonly string[]): RecentIds => ({ older: [], newer: listFrom(ids.slice(-KEPT)) });
