import { addValue, type Draft, fail } from './draft.js';
import { escapeLength, unitOfEscape, wrongInEscape } from './escape.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Where what stands for itself ends: at a quote, a backslash, a control character, or the end of the text. */
const endOfRun = (text: string, from: number): number => {
  let at = from;
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE || unit === BACKSLASH || unit < 0x20) break;
  }
  return at;
};

/** Reads on in a string, a value or a key, from behind its first quote or from where the text has been cut. */
export const readString = (draft: Draft, text: string, from: number): number => {
  let at = from;
  for (;;) {
    const end = endOfRun(text, at);
    if (end === text.length) return hold(draft, text, at, end);
    const unit = text.charCodeAt(end);
    if (unit === QUOTE) {
      append(draft, text.slice(at, end));
      endString(draft);
      return end + 1;
    }
    const wrong = unit === BACKSLASH ? wrongInEscape(text, end) : end;
    if (wrong >= 0) {
      hold(draft, text, at, end);
      return fail(draft, text, wrong, 'a character or an escape of a string');
    }
    const behind = end + escapeLength(text, end);
    if (behind > text.length) return hold(draft, text, at, end);
    appendEscaped(draft, text.slice(at, end), unitOfEscape(text, end));
    at = behind;
  }
};

const endString = (draft: Draft): void => {
  const whole = draft.token;
  draft.token = '';
  if (draft.expects === 'name') {
    draft.children.push(whole);
    draft.expects = 'colon';
  } else addValue(draft, whole);
};

/** What is held is a high surrogate here: the first half of a pair, or alone. */
const append = (draft: Draft, piece: string): void => {
  draft.token += draft.held + piece;
  draft.held = '';
};

/** Adds a run and the unit that an escape behind it stands for; a high surrogate waits for its other half. */
const appendEscaped = (draft: Draft, run: string, unit: number): void => {
  const character = String.fromCharCode(unit);
  if (isHighSurrogate(unit)) {
    append(draft, run);
    draft.held = character;
  } else append(draft, run + character);
};

/**
 * Keeps the run before `end`, and holds back what is behind it, part of an escape, until the rest of it is there. A high
 * surrogate before that is held back too: what is shown of a string never ends in half a character.
 */
const hold = (draft: Draft, text: string, at: number, end: number): number => {
  const half = end > at && isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
  if (end > at) append(draft, text.slice(at, half));
  draft.held += text.slice(half);
  return text.length;
};
