import { isRecord } from '../internal/is-record.js';
import { Step } from '../protocol/index.js';

type Members = Readonly<Record<string, unknown>>;

/** What a run of events amounts to: the members of the interaction, its steps, and the errors on the way. */
export interface Assembled {
  readonly head: Members;
  readonly steps: readonly Members[];
  readonly errors: readonly Members[];
}

/** A step that is being put together. Its parts are its own and grow in place: a copy per delta would be quadratic. */
interface OpenStep {
  readonly members: Record<string, unknown>;
  readonly content: unknown[];
  readonly summary: unknown[];
  /** What annotations are about (rule R3). */
  lastText: Record<string, unknown> | undefined;
  /** The pieces of each sound that goes on from one block. */
  readonly sounds: Map<object, Buffer[]>;
  /** The JSON text of a call's arguments. */
  text: string | undefined;
}

const listAt = (members: Members, key: string): readonly unknown[] => {
  const value = members[key];
  return Array.isArray(value) ? value : [];
};

const isText = (block: unknown): block is Record<string, unknown> => isRecord(block) && block['type'] === 'text';

const openStep = (start: Members): OpenStep => {
  const members = structuredClone<Record<string, unknown>>(start);
  const content = [...listAt(members, 'content')];
  return {
    members,
    content,
    lastText: content.filter(isText).at(-1),
    summary: [...listAt(members, 'summary')],
    sounds: new Map(),
    text: undefined,
  };
};

const appendText = (step: OpenStep, text: string): void => {
  const last = step.content.at(-1);
  if (text === '') return;
  if (isText(last)) {
    last['text'] = String(last['text']) + text;
  } else {
    step.lastText = { text, type: 'text' };
    step.content.push(step.lastText);
  }
};

const CONTAINER = /^(?:RIFF|OggS|fLaC|ID3)/;

const bytesOf = ({ data }: Members): Buffer => Buffer.from(typeof data === 'string' ? data : '', 'base64');

/** Rule R2a: sound comes in pieces, which are one block; a file that begins is another. */
const appendAudio = ({ content, sounds }: OpenStep, piece: Members): void => {
  const last = content.at(-1);
  const bytes = bytesOf(piece);
  const continues =
    isRecord(last) &&
    typeof last['data'] === 'string' &&
    bytes.length > 0 &&
    !CONTAINER.test(bytes.toString('latin1', 0, 4)) &&
    ['type', 'mime_type', 'sample_rate', 'channels'].every((key) => last[key] === piece[key]);
  if (!continues) {
    content.push({ ...piece });
    return;
  }
  const pieces = sounds.get(last) ?? [bytesOf(last)];
  pieces.push(bytes);
  sounds.set(last, pieces);
};

const annotate = ({ lastText }: OpenStep, annotations: readonly unknown[]): void => {
  if (!lastText) return;
  const all = Array.isArray(lastText['annotations']) ? lastText['annotations'] : [];
  all.push(...annotations);
  lastText['annotations'] = all;
};

/** The members of a payload that say something; `type` stays the step's. */
const saying = (payload: Members): Members =>
  Object.fromEntries(Object.entries(payload).filter(([key, value]) => key !== 'type' && value !== ''));

const applyDelta = (step: OpenStep, delta: Members): void => {
  const { members, content, summary } = step;
  switch (delta['type']) {
    case 'text':
      appendText(step, String(delta['text']));
      break;
    case 'audio':
      appendAudio(step, delta);
      break;
    case 'image':
    case 'video':
    case 'document':
      content.push(delta);
      break;
    case 'text_annotation_delta':
      annotate(step, listAt(delta, 'annotations'));
      break;
    case 'thought_summary':
      summary.push(delta['content']);
      break;
    case 'thought_signature':
      members['signature'] = delta['signature'];
      break;
    case 'arguments_delta':
      step.text = (step.text ?? '') + String(delta['arguments']);
      break;
    case members['type']:
      Object.assign(members, saying(delta));
      break;
    default: // unknown to this version: it changes nothing
  }
};

/** The arguments whose text this is; none before it is whole. */
const argumentsOf = (text: string): Members => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};

/** A list that was there or has grown. */
const grown = (members: Members, key: string, list: readonly unknown[]): Members =>
  Array.isArray(members[key]) || list.length > 0 ? { [key]: list } : {};

const finished = ({ members, content, summary, sounds, text }: OpenStep): Members => {
  for (const [block, pieces] of sounds) Object.assign(block, { data: Buffer.concat(pieces).toString('base64') });
  const step = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''));
  return {
    ...step,
    ...grown(step, 'content', content),
    ...grown(step, 'summary', summary),
    ...(text !== undefined && { arguments: argumentsOf(text) }),
  };
};

/**
 * What the events so far amount to: the JSON answer is this, at whatever moment it is asked for.
 *
 * The core rules of wire-format 7.2, written a second time and on purpose: a server that assembled with the library's own
 * reducer could not be what that reducer is compared with.
 */
export const assemble = (events: Iterable<object | string>): Assembled => {
  let head: Members = {};
  const steps = new Map<unknown, OpenStep>();
  const errors: Members[] = [];
  for (const event of events) {
    if (!isRecord(event)) continue;
    const { interaction, status, index, step, delta, error } = event as Readonly<
      Partial<Record<'interaction' | 'status' | 'index' | 'step' | 'delta' | 'error', unknown>>
    >;
    switch (event['event_type']) {
      case 'interaction.created':
      case 'interaction.completed':
        if (isRecord(interaction)) head = { ...head, ...saying(interaction) };
        break;
      case 'interaction.status_update':
        head = { ...head, status };
        break;
      case 'step.start':
        if (isRecord(step)) steps.set(index, openStep(step));
        break;
      case 'step.delta': {
        const open = steps.get(index);
        if (open && isRecord(delta)) applyDelta(open, delta);
        break;
      }
      case 'error':
        if (isRecord(error)) errors.push(error);
        break;
      default: // `step.stop` adds nothing, and what is unknown changes nothing
    }
  }
  return { head, steps: [...steps.values()].map(finished), errors };
};

/** The steps as the library reads them. What is no step at all is left out. */
export const decodeSteps = (steps: readonly unknown[]): readonly Step[] =>
  steps.flatMap((step) => {
    const decoded = Step.decode(step);
    return decoded._tag === 'Right' ? [decoded.right] : [];
  });
