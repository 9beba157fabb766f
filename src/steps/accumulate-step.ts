import { append, emptyList, type GrowingList, itemsOf, listFrom } from '../internal/growing-list.js';
import { isRecord } from '../internal/is-record.js';
import { parseJson } from '../internal/parse-json.js';
import { setMember } from '../json/index.js';
import type {
  Annotation,
  AudioContent,
  Content,
  Delta,
  MediaDelta,
  Step,
  TextContent,
  TextDelta,
} from '../protocol/index.js';
import { type GrowingText, textFrom, wholeText, withPiece } from './growing-text.js';
import { type GrowingBase64, joinBase64 } from './join-base64.js';
import { continuesSound, isPlaceholder, mediaBlockOf, soundIn } from './media-block.js';
import { uniteAnnotations } from './unite-annotations.js';
import { withMembers } from './with-members.js';

/**
 * The content block that still grows. Its text is kept apart from the block, so that one more piece costs the piece and
 * not a copy of the step.
 */
type OpenBlock = OpenText | { readonly type: 'audio'; readonly block: AudioContent; readonly data: GrowingBase64 };

interface OpenText {
  readonly type: 'text';
  readonly block: TextContent;
  readonly text: GrowingText;
  readonly annotations: GrowingList<Annotation>;
}

/** The summary of a thought, to which items are added. */
interface OpenSummary {
  readonly type: 'summary';
  readonly items: GrowingList<Content>;
}

/** A step while it is assembled. Immutable. */
export interface StepState {
  /** The step without what still grows. */
  readonly base: Step;
  readonly open: OpenBlock | OpenSummary | undefined;
  /** The text of a call's arguments so far; `undefined` before the first piece. */
  readonly argumentsText: string | undefined;
  /** Annotations that came before any text (rule R3). */
  readonly held: GrowingList<Annotation>;
  /** What {@link stepOf} made of this state, once it was asked. */
  view: Step | undefined;
}

const stateOf = (
  base: Step,
  open?: OpenBlock | OpenSummary,
  argumentsText?: string,
  held: GrowingList<Annotation> = emptyList(),
): StepState => ({ base, open, argumentsText, held, view: undefined });

const withBase = ({ open, argumentsText, held }: StepState, base: Step): StepState =>
  stateOf(base, open, argumentsText, held);

const withOpen = ({ base, argumentsText, held }: StepState, open: OpenBlock): StepState =>
  stateOf(base, open, argumentsText, held);

const openText = (block: TextContent, text: GrowingText, annotations: GrowingList<Annotation>): OpenText => ({
  type: 'text',
  block,
  text,
  annotations,
});

/** Names and ids that the server leaves empty mean "absent" (wire-format 3.2, quirk Q2). */
const EMPTY_MEANS_ABSENT: ReadonlySet<string> = new Set(['id', 'call_id', 'signature', 'name']);

/** A step as it was received, without the members that are there but empty. */
const withoutEmpty = (step: Step): Step => {
  const entries = Object.entries(step);
  const kept = entries.filter(
    ([key, value]) => value !== undefined && !(value === '' && key !== 'name' && EMPTY_MEANS_ABSENT.has(key)),
  );
  return kept.length === entries.length ? step : (Object.fromEntries(kept) as unknown as Step); // the same members, fewer of them
};

/** A step that came whole, in a JSON answer or a final event, as its stream would have ended: a call has arguments. */
export const wholeStep = (received: Step): Step => {
  const step = withoutEmpty(received);
  return step.type === 'function_call' && step.arguments === undefined ? { ...step, arguments: {} } : step;
};

/** The state of a step whose `step.start` carried this; content in it counts as a first delta (T9). */
export const startStep = (received: Step): StepState => {
  const step = withoutEmpty(received);
  if ((step.type !== 'model_output' && step.type !== 'user_input') || step.content === undefined) return stateOf(step);
  const last = step.content.at(-1);
  const open = last && openBlockOf(last);
  return open ? stateOf(withMembers(step, { content: step.content.slice(0, -1) }), open) : stateOf(step);
};

const openBlockOf = (block: Content): OpenBlock | undefined => {
  if (block.type === 'text') {
    return openText(block, textFrom(block.text), listFrom(block.annotations ?? []));
  }
  const data = soundIn(block);
  return block.type === 'audio' && data ? { type: 'audio', block, data } : undefined;
};

const blockOf = (open: OpenBlock): Content => {
  if (open.type === 'audio') return { ...open.block, data: open.data.whole + open.data.rest };
  const { block, annotations } = open;
  const text = wholeText(open.text);
  return annotations.length === 0 ? { ...block, text } : { ...block, text, annotations: itemsOf(annotations) };
};

/** The step so far. An open function call shows the arguments it started with: `{}`. The same object while nothing changes. */
export const stepOf = (state: StepState): Step => (state.view ??= materialize(state));

const contentOf = (step: Step): readonly Content[] => ('content' in step ? (step.content ?? []) : []);

const materialize = ({ base, open }: StepState): Step => {
  // Safe: only a thought has an open summary, and only a step that holds content an open block.
  if (open?.type === 'summary') return { ...base, summary: itemsOf(open.items) } as Step;
  if (open) return { ...base, content: [...contentOf(base), blockOf(open)] } as Step;
  return base.type === 'function_call' && base.arguments === undefined ? { ...base, arguments: {} } : base;
};

/**
 * Applies a delta to its step: rules R1 to R8 of wire-format 7.2.
 * `undefined` where the step has no place for such a delta; the same state where the delta changes nothing.
 */
export const applyDelta = (state: StepState, delta: Delta): StepState | undefined => {
  switch (delta.type) {
    case 'text':
      return appendText(state, delta);
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return appendMedia(state, delta);
    case 'text_annotation_delta':
      return holdsContent(state.base) ? signed(annotate(state, delta.annotations ?? []), delta.signature) : undefined;
    case 'thought_summary':
      return state.base.type === 'thought'
        ? signed(delta.content === undefined ? state : summarize(state, delta.content), delta.signature)
        : undefined;
    case 'thought_signature':
      return signed(state, delta.signature);
    case 'arguments_delta': {
      if (state.base.type !== 'function_call') return undefined;
      const { id, name, signature } = delta;
      const isBare = id === undefined && name === undefined && signature === undefined; // as nearly all are
      const { base, open, held } = isBare ? state : fillIn(state, { id, name, signature });
      const text = delta.arguments ?? '';
      return stateOf(base, open, state.argumentsText === undefined ? text : state.argumentsText + text, held);
    }
    case 'unknown':
      return applyUnknown(state, delta.received);
    default:
      return delta.type === state.base.type ? replaceMembers(state, delta) : undefined;
  }
};

const holdsContent = (step: Step): boolean => step.type === 'model_output' || step.type === 'user_input';

/** Rule R1. */
const appendText = (state: StepState, delta: TextDelta): StepState | undefined => {
  const { base, open, argumentsText, held } = state;
  if (open?.type === 'text' && delta.text !== '' && delta.annotations === undefined && delta.signature === undefined) {
    const { block, text, annotations } = open;
    return stateOf(base, openText(block, withPiece(text, delta.text), annotations), argumentsText, held);
  }
  if (base.type === 'thought') {
    return signed(delta.text === '' ? state : summarize(state, { type: 'text', text: delta.text }), delta.signature);
  }
  if (!holdsContent(base)) return undefined;
  const grown = delta.text === '' ? state : growText(state, delta.text);
  return signed(annotate(grown, delta.annotations ?? []), delta.signature);
};

const growText = (state: StepState, text: string): StepState => {
  const { open } = state;
  if (open?.type === 'text') {
    return withOpen(state, openText(open.block, withPiece(open.text, text), open.annotations));
  }
  const opened = openText({ type: 'text', text: '' }, textFrom(text), state.held);
  return stateOf(withMembers(state.base, { content: closedContent(state) }), opened, state.argumentsText);
};

/** The content of a step with the block in it that grew; a block of another kind follows. */
const closedContent = (state: StepState): readonly Content[] => contentOf(stepOf(state));

/** Rules R2 and R2a. */
const appendMedia = (state: StepState, delta: MediaDelta): StepState | undefined => {
  if (!holdsContent(state.base)) return undefined;
  const block = mediaBlockOf(delta);
  const { open } = state;
  if (open?.type === 'audio' && block.type === 'audio' && continuesSound(open.block, block)) {
    const data = joinBase64(open.data, block.data);
    if (data) return signed(withOpen(state, { type: 'audio', block: open.block, data }), delta.signature);
  }
  const content = closedContent(state);
  const last = content.at(-1);
  // A placeholder from the start, without bytes of its own, is filled.
  const filled = last?.type === block.type && isPlaceholder(last);
  const blocks = filled ? content.slice(0, -1) : content;
  const next = filled ? { ...last, ...block } : block; // Safe: both are blocks of one type.
  const opened = openBlockOf(next);
  const base = withMembers(state.base, { content: opened ? blocks : [...blocks, next] });
  return signed(stateOf(base, opened, state.argumentsText, state.held), delta.signature);
};

/** Rule R3: to the last text block, wherever it is; exact duplicates once (T28). */
const annotate = (state: StepState, more: readonly Annotation[]): StepState => {
  if (more.length === 0) return state;
  const { base, open } = state;
  if (open?.type === 'text') {
    const annotations = uniteAnnotations(open.annotations, more);
    return annotations === open.annotations ? state : withOpen(state, openText(open.block, open.text, annotations));
  }
  const content = contentOf(base);
  const at = content.map(({ type }) => type).lastIndexOf('text');
  const last = content[at];
  if (last?.type !== 'text') {
    const held = uniteAnnotations(state.held, more);
    return held === state.held ? state : stateOf(base, open, state.argumentsText, held);
  }
  const known = listFrom(last.annotations ?? []);
  const annotations = uniteAnnotations(known, more);
  if (annotations === known) return state;
  const block = { ...last, annotations: itemsOf(annotations) };
  const blocks = content.map((other, place) => (place === at ? block : other));
  return withBase(state, withMembers(base, { content: blocks }));
};

/** Rule R4. */
const summarize = (state: StepState, item: Content): StepState => {
  const { base, open, argumentsText, held } = state;
  if (open?.type === 'summary') {
    return stateOf(base, { type: 'summary', items: append(open.items, item) }, argumentsText, held);
  }
  if (base.type !== 'thought') return state;
  const items = append(listFrom(base.summary ?? []), item);
  return stateOf(withMembers(base, { summary: [] }), { type: 'summary', items }, argumentsText, held);
};

/** Rule R5: a signature that is there replaces, an empty or absent one never does. */
const signed = (state: StepState, signature: string | undefined): StepState =>
  signature === undefined ? state : fillIn(state, { signature });

/** Sets the members that are there and not empty. */
const fillIn = (state: StepState, members: Readonly<Record<string, string | undefined>>): StepState => {
  const has = (key: string, value: string): boolean =>
    (state.base as unknown as Record<string, unknown>)[key] === value;
  const present = Object.entries(members).filter(
    ([key, value]) => value !== undefined && value !== '' && !has(key, value),
  );
  if (present.length === 0 || state.base.type === 'unknown') return state;
  return withBase(state, withMembers(state.base, Object.fromEntries(present)));
};

/** Rule R7: every member that is there replaces the one before it, wholesale. */
const replaceMembers = ({ base, open, argumentsText, held }: StepState, delta: object): StepState => {
  const hasArguments = 'arguments' in delta && delta.arguments !== undefined;
  return stateOf(replaced(base, delta), open, hasArguments ? undefined : argumentsText, held);
};

/** An object with the members of a delta, but for its type and what is not there or empty. */
const replaced = <T extends object>(object: T, delta: object): T => {
  const values = delta as Readonly<Record<string, unknown>>; // Safe: read by its own keys.
  const copy = withMembers(object, {}) as Record<string, unknown>; // Safe: nobody else has it yet.
  for (const key of Object.keys(delta)) {
    const value = values[key];
    if (key !== 'type' && value !== undefined && !(value === '' && EMPTY_MEANS_ABSENT.has(key)))
      setMember(copy, key, value);
  }
  return copy as T;
};

/**
 * What this version does not know is still assembled where it says where it belongs: a delta without a type belongs to its
 * step (rule R8), and so does one whose type is the step's own.
 */
const applyUnknown = (state: StepState, received: unknown): StepState | undefined => {
  if (!isRecord(received)) return undefined;
  const { base } = state;
  if (base.type !== 'unknown') {
    const isPayload = isRecord(received['arguments']) || 'result' in received; // rule R8
    return received['type'] === undefined && isPayload ? replaceMembers(state, received) : undefined;
  }
  if (!isRecord(base.received) || (received['type'] ?? base.received['type']) !== base.received['type'])
    return undefined;
  return stateOf({ type: 'unknown', received: replaced(base.received, received) });
};

/** A finished step, and the text of its arguments where that is not a JSON object. */
export interface FinishedStep {
  readonly step: Step;
  readonly invalidArguments?: string | undefined;
}

/** Rule R10: what the unary answer would have shown. */
export const finishStep = (state: StepState): FinishedStep => {
  const { base, held, argumentsText } = state;
  if (base.type === 'function_call') {
    const text = argumentsText?.trim() ?? '';
    if (text === '') return { step: stepOf(state) };
    const parsed = parseObject(text);
    return parsed
      ? { step: { ...base, arguments: parsed } }
      : { step: { ...base, arguments: {} }, invalidArguments: text };
  }
  if (held.length === 0) return { step: stepOf(state) };
  const block: TextContent = { type: 'text', text: '', annotations: itemsOf(held) };
  return { step: withMembers(base, { content: [...contentOf(stepOf(state)), block] }) };
};

const parseObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value = parseJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The step that a delta without one belongs to (rule R9). */
export const synthesizeStep = (delta: Delta): Step => {
  switch (delta.type) {
    case 'text':
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
    case 'text_annotation_delta':
      return { type: 'model_output' };
    case 'thought_summary':
    case 'thought_signature':
      return { type: 'thought' };
    case 'arguments_delta':
      return { type: 'function_call' };
    case 'unknown':
      return { type: 'unknown', received: isRecord(delta.received) ? { type: delta.received['type'] } : {} };
    default:
      return { type: delta.type };
  }
};
