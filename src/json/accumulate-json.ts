import { closeContainer, type Draft, draftOf, fail } from './draft.js';
import type { JsonState } from './json-state.js';
import { mayEnd } from './number-phase.js';
import { endNumber, readNumber } from './read-number.js';
import { readString } from './read-string.js';
import { readValue } from './read-value.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const END_OF_ARRAY = 0x5d;
const END_OF_OBJECT = 0x7d;

/**
 * Reads one more piece of a JSON text, cut anywhere. Total: what is not JSON gives a state with a fault, and after that the
 * state stays as it is, as it does when the piece is empty. Costs the length of the piece, however much was read before.
 */
export const accumulateJson = (state: JsonState, chunk: string): JsonState => {
  if (state.fault !== undefined || chunk === '') return state;
  const draft = draftOf(state, chunk);
  const text = state.held + chunk;
  let at = 0;
  while (at < text.length) at = readNext(draft, text, at);
  return handOut(draft);
};

/**
 * No more text will come: a number that is the whole document is complete, and what is still open is a fault, at the end of
 * the text. A state that was complete, or had a fault, stays as it is.
 */
export const finishJson = (state: JsonState): JsonState => {
  if (state.fault !== undefined || state.isComplete) return state;
  const draft = draftOf(state, '');
  draft.held = state.held;
  if (draft.expects === 'number' && draft.outer === undefined && mayEnd(draft.phase)) endNumber(draft, 0);
  else fail(draft, '', 0, 'more');
  return handOut(draft);
};

const handOut = (draft: Draft): JsonState => {
  draft.count = draft.children.length;
  draft.isComplete = draft.expects === 'end' && draft.fault === undefined;
  return draft;
};

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Reads what comes next, and returns where it ends. */
const readNext = (draft: Draft, text: string, at: number): number => {
  if (draft.expects === 'string' || draft.expects === 'name') return readString(draft, text, at);
  if (draft.expects === 'number') return readNumber(draft, text, at);
  const code = text.charCodeAt(at);
  return isSpace(code) ? at + 1 : readToken(draft, text, at, code);
};

const readToken = (draft: Draft, text: string, at: number, code: number): number => {
  switch (draft.expects) {
    case 'key':
      return readName(draft, text, at, code, 'a key');
    case 'colon':
      if (code !== COLON) return fail(draft, text, at, '":"');
      draft.expects = 'value';
      return at + 1;
    case 'value':
      return readValue(draft, text, at, code);
    case 'comma':
      return readSeparator(draft, text, at, code);
    case 'member':
      return code === END_OF_OBJECT ? readEnd(draft, at) : readName(draft, text, at, code, 'a key or "}"');
    case 'item':
      return code === END_OF_ARRAY ? readEnd(draft, at) : readValue(draft, text, at, code);
    default:
      return fail(draft, text, at, 'nothing but white space');
  }
};

const readSeparator = (draft: Draft, text: string, at: number, code: number): number => {
  const { isObject } = draft;
  if (code === COMMA) {
    draft.expects = isObject ? 'key' : 'value';
    return at + 1;
  }
  if (code === (isObject ? END_OF_OBJECT : END_OF_ARRAY)) return readEnd(draft, at);
  return fail(draft, text, at, isObject ? '"," or "}"' : '"," or "]"');
};

const readName = (draft: Draft, text: string, at: number, code: number, expected: string): number => {
  if (code !== QUOTE) return fail(draft, text, at, expected);
  draft.expects = 'name';
  return readString(draft, text, at + 1);
};

const readEnd = (draft: Draft, at: number): number => {
  closeContainer(draft);
  return at + 1;
};
