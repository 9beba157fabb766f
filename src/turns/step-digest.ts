import { isRecord } from '../internal/is-record.js';
import { Step } from '../protocol/index.js';

/** A step as it is sent, as text: the same for the same JSON value, whatever the order of its keys. */
const canonicalText = (step: Step): string =>
  JSON.stringify(Step.is(step) ? Step.encode(step) : step, (_key, member: unknown) =>
    isRecord(member) ? Object.fromEntries(Object.entries(member).sort(byKey)) : member,
  );

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/** 64 bits of a text, by two multiplicative hashes: to notice a change, not to resist somebody who wants to hide one. */
const hash = (...texts: readonly string[]): string => {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      a = Math.imul(a ^ unit, 2_654_435_761);
      b = Math.imul(b ^ unit, 1_597_334_677);
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return hex(b) + hex(a);
};

/** A digest of a text, and of everything before it. */
export const digestOf = (before: string, text: string): string => hash(before, text);

/**
 * One digest for each step, of the step as it is sent and of all steps before it: what is changed, left out, added or moved
 * shows in the first digest that differs.
 *
 * @param before - The digest of the step before the first one.
 */
export const digestsOf = (steps: readonly Step[], before = ''): readonly string[] => {
  let digest = before;
  return steps.map((step) => (digest = digestOf(digest, canonicalText(step))));
};
