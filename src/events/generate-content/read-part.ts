import { mediaBlockOf } from './media-block.js';
import { addToCall, type PartialCall } from './partial-call.js';
import type { GenerateContentPart } from './response.js';
import type { Draft, OpenStep, ResponseState } from './response-state.js';
import { utf8Length } from './utf8-length.js';

/** Takes the events that come of something, in order. */
export type Push = (event: Draft) => void;

/** What a part does: the state after it, and the events that it pushes. */
type Read<Args extends readonly unknown[]> = (state: ResponseState, push: Push, ...args: Args) => ResponseState;

/** Ends the thought that goes on, or the output step, which stops later. */
export const closeOpen: Read<[]> = (state, push) => {
  if (!state.open) return state;
  if (state.open.type === 'thought') push({ event_type: 'step.stop', index: state.open.index });
  return { ...state, open: undefined };
};

/** A step that is complete as it comes. */
export const writeStep: Read<[start: Draft, delta?: Draft]> = (state, push, start, delta) => {
  const closed = closeOpen(state, push);
  const index = closed.next;
  push({ event_type: 'step.start', index, step: start });
  if (delta) push({ event_type: 'step.delta', index, delta });
  push({ event_type: 'step.stop', index });
  return { ...closed, next: index + 1 };
};

/** Goes on with a step of that type, or begins one. */
const begin = (
  state: ResponseState,
  push: Push,
  type: OpenStep['type'],
): ResponseState & { readonly open: OpenStep } => {
  const { open } = state;
  if (open?.type === type) return { ...state, open };
  const closed = closeOpen(state, push);
  const index = closed.next;
  push({ event_type: 'step.start', index, step: { type } });
  const outputs = type === 'model_output' ? [...closed.outputs, index] : closed.outputs;
  return { ...closed, next: index + 1, open: { type, index, text: 'none' }, outputs };
};

const pushDelta = ({ index }: OpenStep, push: Push, delta: Draft): void =>
  push({ event_type: 'step.delta', index, delta });

const readThought: Read<[content: Draft]> = (state, push, content) => {
  const thinking = begin(state, push, 'thought');
  pushDelta(thinking.open, push, { type: 'thought_summary', content });
  return thinking;
};

/** A signature that stands on no call is that of a thought, if need be of one without words (quirk Q30), and its last delta (I6). */
const readSignature: Read<[signature: string]> = (state, push, signature) => {
  const thinking = begin(state, push, 'thought');
  pushDelta(thinking.open, push, { type: 'thought_signature', signature });
  return closeOpen(thinking, push);
};

const readText: Read<[text: string]> = (state, push, text) => {
  const answering = begin(state.open?.text === 'closed' ? closeOpen(state, push) : state, push, 'model_output');
  const { open, blocks, length } = answering;
  pushDelta(open, push, { type: 'text', text });
  return {
    ...answering,
    open: { ...open, text: 'open' },
    blocks: open.text === 'none' ? [...blocks, { index: open.index, start: length }] : blocks,
    length: length + utf8Length(text),
  };
};

const readMedia: Read<[block: Draft]> = (state, push, block) => {
  const answering = begin(state, push, 'model_output');
  pushDelta(answering.open, push, block);
  const { open } = answering;
  return { ...answering, open: { ...open, text: open.text === 'open' ? 'closed' : open.text } };
};

/** The id that a call is given where it brought none: the one that the rest of the library would give it. */
const idAt = (index: number): string => `call_${String(index)}`;

/** A call as its stream would be: bare at first, then its arguments (rule R6). */
export const writeCall: Read<[call: PartialCall]> = (state, push, { id, name, args, signature }) => {
  const step = {
    type: 'function_call',
    id: id ?? idAt(closeOpen(state, () => undefined).next),
    name: name ?? '',
    arguments: {},
  };
  const delta = { type: 'arguments_delta', arguments: JSON.stringify(args) };
  return {
    ...writeStep(state, push, { ...step, ...(signature !== undefined && { signature }) }, delta),
    call: undefined,
    isWaiting: true,
  };
};

const readCall: Read<[call: NonNullable<GenerateContentPart['functionCall']>, signature: string | undefined]> = (
  state,
  push,
  part,
  signature,
) => {
  const call = addToCall(state.call, part, signature);
  return part.willContinue === true ? { ...state, call } : writeCall(state, push, call);
};

const readCode: Read<[code: NonNullable<GenerateContentPart['executableCode']>]> = (state, push, code) => {
  const { id = idAt(state.next), language, code: source } = code;
  const args = { code: source, ...(language !== undefined && { language: language.toLowerCase() }) };
  const type = 'code_execution_call';
  return { ...writeStep(state, push, { type, id }, { type, arguments: args }), codeId: id };
};

const readCodeResult: Read<[result: NonNullable<GenerateContentPart['codeExecutionResult']>]> = (
  state,
  push,
  result,
) => {
  const { id = state.codeId ?? idAt(state.next), outcome, output = '' } = result;
  const type = 'code_execution_result';
  const isError = outcome !== undefined && outcome !== 'OUTCOME_OK';
  return writeStep(state, push, { type, call_id: id }, { type, result: output, is_error: isError });
};

/** Tools that the server tells of as they run, where it was asked to (`includeServerSideToolInvocations`). */
const TOOLS: Readonly<Record<string, { readonly name: string; readonly members?: Draft }>> = {
  GOOGLE_SEARCH_WEB: { name: 'google_search' },
  GOOGLE_SEARCH_IMAGE: { name: 'google_search', members: { search_type: 'image_search' } },
  URL_CONTEXT: { name: 'url_context' },
  GOOGLE_MAPS: { name: 'google_maps' },
  FILE_SEARCH: { name: 'file_search' },
  MEDIA_PROCESSING: { name: 'processing' },
};

/** The tool that a part tells of; `undefined` for one that is not known. */
const toolOf = (type: string | undefined) =>
  type !== undefined && Object.hasOwn(TOOLS, type) ? TOOLS[type] : undefined;

const readTool: Read<[part: GenerateContentPart]> = (state, push, part) => {
  const { toolCall, toolResponse, thoughtSignature: signature } = part;
  const tool = toolOf((toolCall ?? toolResponse)?.toolType);
  if (!tool) return writeStep(state, push, { type: 'unknown', received: part });
  const signed = signature !== undefined && signature !== '' && { signature };
  const showing = { ...state, showsTools: true };
  if (toolCall) {
    const type = `${tool.name}_call`;
    const delta = { type, arguments: toolCall.args ?? {}, ...tool.members, ...signed };
    return writeStep(showing, push, { type, id: toolCall.id ?? idAt(state.next) }, delta);
  }
  const type = `${tool.name}_result`;
  const delta = { type, result: [toolResponse?.response ?? {}], ...signed };
  return writeStep(showing, push, { type, call_id: toolResponse?.id }, delta);
};

const isEmpty = ({ text = '', ...members }: GenerateContentPart): boolean =>
  text === '' && Object.entries(members).every(([key, value]) => key === 'thought' || value === undefined);

const readUnsigned: Read<[part: GenerateContentPart]> = (state, push, part) => {
  const { thought = false, text } = part;
  const block = mediaBlockOf(part);
  if (block) return thought ? readThought(state, push, block) : readMedia(state, push, block);
  if (text !== undefined && text !== '') {
    return thought ? readThought(state, push, { type: 'text', text }) : readText(state, push, text);
  }
  return isEmpty(part) ? state : writeStep(state, push, { type: 'unknown', received: part });
};

/** Reads one part of an answer. What this version does not know becomes a step of an unknown kind, as it was received. */
export const readPart: Read<[part: GenerateContentPart]> = (state, push, part) => {
  const { thoughtSignature = '', ...rest } = part;
  if (part.functionCall)
    return readCall(state, push, part.functionCall, thoughtSignature === '' ? undefined : thoughtSignature);
  if (part.executableCode) return signedBy(readCode(state, push, part.executableCode), push, thoughtSignature);
  if (part.codeExecutionResult)
    return signedBy(readCodeResult(state, push, part.codeExecutionResult), push, thoughtSignature);
  if (part.toolCall ?? part.toolResponse) return readTool(state, push, part);
  return signedBy(readUnsigned(state, push, rest), push, thoughtSignature);
};

const signedBy = (state: ResponseState, push: Push, signature: string): ResponseState =>
  signature === '' ? state : readSignature(state, push, signature);
