import { valueOf } from './containers.js';
import { type JsonPath, leadsTo } from './json-path.js';
import type { JsonState } from './json-state.js';

/** A state while its piece of text is read. It is written until it is handed out, and never again. */
export type Draft = { -readonly [Member in keyof JsonState]: JsonState[Member] } & { readonly found: unknown[] };

/**
 * A list to which children can be added without changing what another state sees of it: nothing is behind the children that
 * belong to this one. An empty list is made anew, because a document must not keep what another one has read.
 */
const ownList = <T>(list: T[], count: number): T[] =>
  count > 0 && list.length === count ? list : list.slice(0, count);

/** The state that will be there when one more piece has been read. */
export const draftOf = (state: JsonState, chunk: string): Draft => ({
  length: state.length + chunk.length,
  isComplete: false,
  fault: undefined,
  found: state.watched === undefined ? NOTHING : [],
  watched: state.watched,
  outer: state.outer,
  isObject: state.isObject,
  children: ownList(state.children, state.count),
  count: state.count,
  matched: state.matched,
  expects: state.expects,
  token: state.token,
  phase: state.phase,
  held: '',
  view: undefined,
});

const NOTHING: unknown[] = [];

/** Notes what is wrong, and at which place of the text that is read; returns its end, for there is no more to read. */
export const fail = (draft: Draft, text: string, at: number, expected: string): number => {
  const found = at < text.length ? JSON.stringify(text.charAt(at)) : 'the end';
  draft.fault = { message: `expected ${expected}, found ${found}`, offset: draft.length - text.length + at };
  return text.length;
};

/** Adds a complete value to the container that is open. */
export const addValue = (draft: Draft, value: unknown): void => {
  if (draft.watched !== undefined) noteFound(draft, draft.watched, value);
  draft.children.push(value);
  draft.expects = draft.outer === undefined ? 'end' : 'comma';
};

const noteFound = (draft: Draft, watched: JsonPath, value: unknown): void => {
  if (matchedByChild(draft, watched) === watched.length) draft.found.push(value);
};

/** How many segments of the watched path lead to the child that is being read; -1 where they lead elsewhere. */
const matchedByChild = ({ outer, matched, isObject, children }: Draft, watched: JsonPath): number => {
  if (outer === undefined) return 0;
  const place = isObject ? (children.at(-1) as string) : children.length; // safe: a key, for its value is being read
  return matched >= 0 && leadsTo(watched[matched], place) ? matched + 1 : -1;
};

/** Begins with a container where a value is expected. */
export const openContainer = (draft: Draft, isObject: boolean): void => {
  const { outer, children, matched, watched } = draft;
  if (watched !== undefined) draft.matched = matchedByChild(draft, watched);
  draft.outer = { outer, isObject: draft.isObject, children, count: children.length, matched };
  draft.isObject = isObject;
  draft.children = [];
  draft.expects = isObject ? 'member' : 'item';
};

/** Ends the container that is open: its value goes to the one around it. */
export const closeContainer = (draft: Draft): void => {
  const { outer } = draft;
  if (outer === undefined) return; // the document is not closed, it ends
  draft.count = draft.children.length;
  const value = valueOf(draft);
  draft.outer = outer.outer;
  draft.isObject = outer.isObject;
  draft.children = ownList(outer.children, outer.count);
  draft.matched = outer.matched;
  addValue(draft, value);
};
