import { addValue, type Draft, fail } from './draft.js';
import { mayEnd, nextPhase } from './number-phase.js';

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** A sum of no more digits than this is exact. */
const EXACT_DIGITS = 15;

/** Reads a number from its first character. */
export const beginNumber = (draft: Draft, text: string, from: number, code: number): number => {
  // Most numbers are a few digits: their sum is found three times as fast as their phases.
  if (code > 0x30 && code <= 0x39) {
    let sum = 0;
    let at = from;
    let next = code;
    while (isDigit(next)) {
      sum = 10 * sum + next - 0x30;
      at += 1;
      next = text.charCodeAt(at);
    }
    // Not one that is cut, or goes on with a fraction or an exponent.
    if (at < text.length && at - from <= EXACT_DIGITS && next !== 0x2e && next !== 0x65 && next !== 0x45) {
      addValue(draft, sum);
      return at;
    }
  }
  if (nextPhase('start', code) === undefined) return fail(draft, text, from, 'a value');
  draft.expects = 'number';
  draft.phase = 'start';
  return readNumber(draft, text, from);
};

/** Reads on in a number, from its first character or from where the text has been cut. */
export const readNumber = (draft: Draft, text: string, from: number): number => {
  let { phase } = draft;
  let at = from;
  for (; at < text.length; at += 1) {
    const next = nextPhase(phase, text.charCodeAt(at));
    if (next === undefined) break;
    phase = next;
  }
  draft.phase = phase;
  draft.token += text.slice(from, at);
  // Only what follows tells that a number has ended.
  if (at === text.length) return at;
  return mayEnd(phase) ? endNumber(draft, at) : fail(draft, text, at, 'a digit');
};

/** Adds a number that is known to be whole. */
export const endNumber = (draft: Draft, at: number): number => {
  addValue(draft, Number(draft.token));
  draft.token = '';
  return at;
};
