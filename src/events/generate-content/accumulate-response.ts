import { serverFaultOf } from '../../protocol/index.js';
import { blocked, type Ending, settlementOf } from './ending.js';
import { addGrounding, annotationsIn, toolsIn } from './grounding.js';
import { closeOpen, type Push, readPart, writeCall, writeStep } from './read-part.js';
import type { GenerateContentCandidate, GenerateContentPart, GenerateContentResponse } from './response.js';
import type { Draft, ResponseState, TextBlock } from './response-state.js';
import { usageOf } from './usage.js';
import { utf8Length } from './utf8-length.js';

type Result = readonly [state: ResponseState, events: readonly Draft[]];

/** Runs what pushes events. */
const collecting = (work: (push: Push) => ResponseState): Result => {
  const events: Draft[] = [];
  const state = work((event) => events.push(event));
  return [state, events];
};

const began = (
  state: ResponseState,
  push: Push,
  { modelVersion: model, createTime: created }: GenerateContentResponse,
) => {
  const known = { ...state, hasBegun: true, model: model ?? state.model };
  if (!state.hasBegun) {
    const members = { ...(model !== undefined && { model }), ...(created !== undefined && { created }) };
    push({
      event_type: 'interaction.created',
      interaction: { status: 'in_progress', object: 'interaction', ...members },
    });
  }
  return known;
};

const textOf = ({ thought, text = '' }: GenerateContentPart): string => (thought === true ? '' : text);

/**
 * Where the parts of a response begin in the whole text. The ranges of citations count from the start of their part; those of
 * streams from the start of all text, of which the first part is where it begins.
 */
const startsIn = (length: number, parts: readonly GenerateContentPart[]) => {
  return (partIndex: number): number =>
    partIndex > 0 && partIndex < parts.length
      ? length + parts.slice(0, partIndex).reduce((bytes, part) => bytes + utf8Length(textOf(part)), 0)
      : 0;
};

const endingIn = (
  { promptFeedback }: GenerateContentResponse,
  candidate: GenerateContentCandidate | undefined,
): Ending | undefined => {
  const { finishReason: reason, finishMessage: message, continuationToken } = candidate ?? {};
  if (reason !== undefined && reason !== 'FINISH_REASON_UNSPECIFIED') return { reason, message, continuationToken };
  const { blockReason, blockReasonMessage } = promptFeedback ?? {};
  return blockReason === undefined || blockReason === 'BLOCKED_REASON_UNSPECIFIED'
    ? undefined
    : blocked(blockReason, blockReasonMessage);
};

/**
 * Adds one response of a stream, or the only one: the state after it, and the events that it brings.
 *
 * @param which - Which of the candidates is read.
 */
export const accumulateResponse = (state: ResponseState, response: GenerateContentResponse, which: number): Result =>
  collecting((push) => {
    const fault = response.error ? serverFaultOf(response) : undefined;
    const open = began(state, push, response);
    if (fault) push({ event_type: 'error', error: fault });
    const candidate = response.candidates?.find(({ index = 0 }) => index === which);
    const parts = candidate?.content?.parts ?? [];
    const read = parts.reduce((before, part) => readPart(before, push, part), open);
    return {
      ...read,
      grounding: candidate ? addGrounding(read.grounding, candidate, startsIn(open.length, parts)) : read.grounding,
      ending: endingIn(response, candidate) ?? read.ending,
      hasFailed: read.hasFailed || fault !== undefined,
      usage: response.usageMetadata ?? read.usage,
    };
  });

/** What the text of each output step rests on, in one delta at its end (wire-format 5.4, I7). */
const annotate = ({ grounding, blocks, length }: ResponseState, push: Push): void => {
  blocks.forEach(({ index, start: from }: TextBlock, at) => {
    const to = blocks[at + 1]?.start ?? length;
    const annotations = annotationsIn(grounding, { from, to, isLast: at === blocks.length - 1 });
    if (annotations.length > 0) {
      push({ event_type: 'step.delta', index, delta: { type: 'text_annotation_delta', annotations } });
    }
  });
};

const writeTools = (state: ResponseState, push: Push): ResponseState =>
  state.showsTools
    ? state
    : toolsIn(state.grounding).reduce((before, { name, call, result }) => {
        const id = `${name}_${String(before.next)}`;
        const [asked, given] = [`${name}_call`, `${name}_result`];
        const called = writeStep(before, push, { type: asked, id }, { type: asked, ...call });
        return writeStep(called, push, { type: given, call_id: id }, { type: given, ...result });
      }, state);

/**
 * The events that end an answer, once nothing more will come: the citations, the stops of output steps, the tools that the
 * server ran, as far as it tells (behind the output that they ground, as in quirk Q4), and `interaction.completed`. None where the
 * model has not said that it has finished: the answer was cut, or the server failed.
 *
 * @param isWhole - Whether it is known to be all there is, as a JSON answer is. Those may say nothing of how they ended.
 */
export const settleResponse = (state: ResponseState, isWhole: boolean): readonly Draft[] => {
  const { ending = isWhole && state.hasBegun && !state.hasFailed ? { reason: undefined } : undefined } = state;
  if (!ending) return [];
  const [, events] = collecting((push) => {
    const called = state.call ? writeCall(state, push, state.call) : state;
    const closed = closeOpen(called, push);
    annotate(closed, push);
    for (const index of closed.outputs) push({ event_type: 'step.stop', index });
    const done = writeTools(closed, push);
    push({
      event_type: 'interaction.completed',
      interaction: {
        object: 'interaction',
        ...(done.model !== undefined && { model: done.model }),
        ...settlementOf(ending, done.isWaiting),
        ...(done.usage && { usage: usageOf(done.usage) }),
      },
    });
    return done;
  });
  return events;
};
