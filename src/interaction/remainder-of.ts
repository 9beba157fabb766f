import { isRecord } from '../internal/is-record.js';
import { jsonEqual } from '../internal/json-equal.js';
import { accumulateJson, initialJson, jsonValue } from '../json/index.js';
import type { Annotation, Content, CursorStep, Delta, InteractionEvent, Step, TextContent } from '../protocol/index.js';
import { decodeBase64, deltasIn, encodeBase64, sayingOf } from '../steps/index.js';
import { Divergence } from './divergence.js';
import { eventsBehindStart, eventsOfStep } from './events-of-step.js';
import type { InteractionState } from './interaction-state.js';
import { stepsOfHop } from './step-so-far.js';
import { withoutData } from './without-media.js';

/** What had been delivered has not been told again yet. Ends the comparison of a step from wherever it is. */
class Behind extends Error {}

/** The rest of a text of which some has been delivered. */
const restOfText = (delivered: string, told: string): string => {
  if (told.startsWith(delivered)) return told.slice(delivered.length);
  throw delivered.startsWith(told) ? new Behind() : new Divergence();
};

/** The delta that brings a piece of text, if there is any. */
const textDelta = (text: string): readonly TextContent[] => (text === '' ? [] : [{ type: 'text', text }]);

const argumentsDelta = (text: string): readonly Delta[] =>
  text === '' ? [] : [{ type: 'arguments_delta', arguments: text }];

const restOfSound = (delivered: string, told: string): string => {
  if (told.startsWith(delivered)) return told.slice(delivered.length); // as long as neither is padded
  const [before, now] = [decodeBase64(delivered), decodeBase64(told)];
  const length = Math.min(before.byteLength, now.byteLength);
  for (let at = 0; at < length; at += 1) if (before[at] !== now[at]) throw new Divergence();
  if (now.byteLength < before.byteLength) throw new Behind();
  return encodeBase64(now.subarray(length));
};

/** The annotations that have not been delivered; those that have been are told again. */
const restOfAnnotations = (
  delivered: readonly Annotation[] = [],
  told: readonly Annotation[] = [],
): readonly Delta[] => {
  const known = new Set(delivered.map(sayingOf));
  const said = new Set(told.map(sayingOf));
  if (![...known].every((saying) => said.has(saying))) throw new Behind();
  const annotations = told.filter((annotation) => !known.has(sayingOf(annotation)));
  return annotations.length === 0 ? [] : [{ type: 'text_annotation_delta', annotations }];
};

/** @param isLast - Whether the block may have grown: no block of the step has been delivered behind it. */
const restOfBlock = (delivered: Content | undefined, told: Content, isLast: boolean): readonly Delta[] => {
  if (delivered === undefined) return [told]; // a block is the delta that brings it
  if (delivered.type === 'text' && told.type === 'text') {
    const text = restOfText(delivered.text, told.text);
    if (text !== '' && !isLast) throw new Divergence();
    return [...textDelta(text), ...restOfAnnotations(delivered.annotations, told.annotations)];
  }
  if (delivered.type === 'audio' && told.type === 'audio' && delivered.data !== undefined && told.data !== undefined) {
    const data = restOfSound(delivered.data, told.data);
    if (data !== '' && !isLast) throw new Divergence();
    return data === '' ? [] : [{ ...told, data }];
  }
  if (!jsonEqual(delivered, told)) throw new Divergence();
  return [];
};

/** Whether a block is one whose base64 a cursor has left out: there is nothing to compare then. */
const isReferenceTo = (delivered: Content | undefined, told: Content): boolean =>
  delivered !== undefined && delivered.type !== 'text' && jsonEqual(delivered, withoutData(told));

const contentOf = ({ step }: CursorStep): readonly Content[] =>
  step.type === 'model_output' || step.type === 'user_input' ? (step.content ?? []) : [];

const restOfContent = (delivered: CursorStep, told: CursorStep): readonly Delta[] => {
  const [before, now] = [contentOf(delivered), contentOf(told)];
  if (now.length < before.length) throw new Behind();
  const firstText = now.findIndex(({ type }) => type === 'text');
  const blocks = now.flatMap((block, at) => {
    const known = before[at];
    if (delivered.hasEnded && isReferenceTo(known, block)) return [];
    // A text begins empty, the first one with what has been said of it before.
    const begun: Content | undefined =
      block.type === 'text'
        ? { type: 'text', text: '', annotations: at === firstText ? delivered.held : [] }
        : undefined;
    return restOfBlock(known ?? begun, block, at >= before.length - 1);
  });
  return firstText === -1 ? [...blocks, ...restOfAnnotations(delivered.held, told.held)] : blocks;
};

const textOf = (summary: readonly Content[]): string =>
  summary.map((item) => (item.type === 'text' ? item.text : '')).join('');

/** However a summary came in items, its text is the same (wire-format 15, U3). */
const restOfSummary = (delivered: readonly Content[], told: readonly Content[]): readonly Delta[] => {
  const text = restOfText(textOf(delivered), textOf(told));
  const isOther = ({ type }: Content): boolean => type !== 'text';
  const [before, now] = [delivered.filter(isOther), told.filter(isOther)];
  if (now.length < before.length) throw new Behind();
  if (!jsonEqual(before, now.slice(0, before.length))) throw new Divergence();
  // Nothing to align: the items as they are.
  const items = delivered.length === 0 ? told : [...textDelta(text), ...now.slice(before.length)];
  return items.map((content): Delta => ({ type: 'thought_summary', content }));
};

const signatureIn = (step: Step): string | undefined =>
  'signature' in step && typeof step.signature === 'string' ? step.signature : undefined;

const restOfSignature = (delivered: Step, told: Step): readonly Delta[] => {
  const [before, now] = [signatureIn(delivered), signatureIn(told)];
  if (before !== undefined && now === undefined) throw new Behind();
  return now === undefined || now === before ? [] : [{ type: 'thought_signature', signature: now }];
};

/** Whether a value is what another one may have been while it arrived. */
const isBeginning = (part: unknown, whole: unknown): boolean => {
  if (part === undefined) return true;
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((item, at) => at < whole.length && isBeginning(item, whole[at]));
  }
  if (!isRecord(part)) return Object.is(part, whole);
  return isRecord(whole) && Object.entries(part).every(([key, value]) => isBeginning(value, whole[key]));
};

const argumentsOf = (step: Step): Readonly<Record<string, unknown>> =>
  step.type === 'function_call' ? (step.arguments ?? {}) : {};

/** Text that goes on where it stopped; or, where only the object is told, all of it at once (rule R6). */
const restOfArguments = (delivered: CursorStep, told: CursorStep): readonly Delta[] => {
  const { argumentsText: before = '' } = delivered;
  if (delivered.hasEnded) {
    if (!told.hasEnded) throw new Behind();
    if (!jsonEqual(argumentsOf(delivered.step), argumentsOf(told.step))) throw new Divergence();
    return [];
  }
  if (!told.hasEnded) {
    return argumentsDelta(restOfText(before, told.argumentsText ?? ''));
  }
  const whole = argumentsOf(told.step);
  // Without arguments there is no text, unless some has come.
  const json = Object.keys(whole).length === 0 && before === '' ? '' : JSON.stringify(whole);
  if (json.startsWith(before)) {
    return argumentsDelta(json.slice(before.length));
  }
  if (!isBeginning(jsonValue(accumulateJson(initialJson, before)), whole)) throw new Divergence();
  return [{ type: 'function_call', arguments: whole }];
};

/** What a tool's step holds comes at once, and is replaced wholesale (rule R7). A JSON answer may tell more of it (Q7). */
const restOfPayload = (delivered: CursorStep, told: CursorStep): readonly Delta[] => {
  const now: Readonly<Record<string, unknown>> = { ...told.step };
  const isKept = Object.entries(delivered.step).every(([key, value]) => jsonEqual(value, now[key]));
  if (isKept && (delivered.hasEnded || jsonEqual(delivered.step, told.step))) return [];
  if (!isKept) throw deltasIn(told.step).length < deltasIn(delivered.step).length ? new Behind() : new Divergence();
  return deltasIn(told.step);
};

const restOfDeltas = (delivered: CursorStep, told: CursorStep): readonly Delta[] => {
  const [before, now] = [delivered.step, told.step];
  if (before.type !== now.type) throw new Divergence();
  switch (now.type) {
    case 'model_output':
    case 'user_input':
      return [...restOfContent(delivered, told), ...restOfSignature(before, now)];
    case 'thought':
      return [
        ...restOfSummary(before.type === now.type ? (before.summary ?? []) : [], now.summary ?? []),
        ...restOfSignature(before, now),
      ];
    case 'function_call':
      return [...restOfArguments(delivered, told), ...restOfSignature(before, now)];
    case 'unknown':
      if (jsonEqual(before, now)) return [];
      throw delivered.hasEnded ? new Divergence() : new Behind();
    default:
      return restOfPayload(delivered, told);
  }
};

const restOfStep = (delivered: CursorStep, told: CursorStep): readonly InteractionEvent[] => {
  const deltas = restOfDeltas(delivered, told);
  if (delivered.hasEnded) {
    if (!told.hasEnded) throw new Behind();
    if (deltas.length > 0) throw new Divergence();
    return [];
  }
  if (!told.hasEnded && told.index !== delivered.index) throw new Divergence(); // what follows would go elsewhere
  return eventsBehindStart({ ...told, index: delivered.index }, deltas);
};

/**
 * The events that are lacking from what has been delivered of a hop, to come to what is told of it now: by a replay, by a
 * stream that goes on from an earlier event, by a JSON answer.
 *
 * Everything that was delivered has to be told again, and the same: `undefined` where it has not been yet; where something
 * else is told it throws a {@link Divergence}, so that nothing is ever guessed. It need not be cut in the same places.
 */
export const remainderOf = (
  delivered: InteractionState,
  told: InteractionState,
): readonly InteractionEvent[] | undefined => {
  const [before, now] = [stepsOfHop(delivered), stepsOfHop(told)];
  if (now.length < before.length) return undefined;
  const events: InteractionEvent[] = [];
  let isBehind = false;
  for (const [at, step] of now.entries()) {
    try {
      const known = before[at];
      events.push(...(known ? restOfStep(known, step) : eventsOfStep(step)));
    } catch (mismatch) {
      if (!(mismatch instanceof Behind)) throw mismatch;
      isBehind = true; // another step may still show that it is not only behind
    }
  }
  return isBehind ? undefined : events;
};
