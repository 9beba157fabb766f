import { isRecord } from '../internal/is-record.js';
import { Step } from '../protocol/index.js';

type Members = Readonly<Record<string, unknown>>;

/** What a run of events amounts to: the members of the interaction, its steps, and the errors on the way. */
export interface Assembled {
  readonly head: Members;
  readonly steps: readonly Members[];
  readonly errors: readonly Members[];
}

interface OpenStep {
  members: Record<string, unknown>;
  /** The JSON text of a call's arguments. */
  text: string | undefined;
}

const listAt = (members: Members, key: string): readonly unknown[] => {
  const value = members[key];
  return Array.isArray(value) ? value : [];
};

const isText = (block: unknown): block is Members => isRecord(block) && block['type'] === 'text';

const appendText = (content: readonly unknown[], text: string): readonly unknown[] => {
  const last = content.at(-1);
  if (text === '') return content;
  return isText(last)
    ? [...content.slice(0, -1), { ...last, text: String(last['text']) + text }]
    : [...content, { text, type: 'text' }];
};

const annotate = (content: readonly unknown[], annotations: readonly unknown[]): readonly unknown[] => {
  const at = content.map(isText).lastIndexOf(true);
  return content.map((block, place) =>
    place === at && isRecord(block)
      ? { ...block, annotations: [...listAt(block, 'annotations'), ...annotations] }
      : block,
  );
};

/** The members of a payload that say something; `type` stays the step's. */
const saying = (payload: Members): Members =>
  Object.fromEntries(Object.entries(payload).filter(([key, value]) => key !== 'type' && value !== ''));

const applyDelta = (step: OpenStep, delta: Members): void => {
  const { members } = step;
  const content = listAt(members, 'content');
  switch (delta['type']) {
    case 'text':
      members['content'] = appendText(content, String(delta['text']));
      break;
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      members['content'] = [...content, delta];
      break;
    case 'text_annotation_delta':
      members['content'] = annotate(content, listAt(delta, 'annotations'));
      break;
    case 'thought_summary':
      members['summary'] = [...listAt(members, 'summary'), delta['content']];
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

const finished = ({ members, text }: OpenStep): Members => {
  const step = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''));
  return text === undefined ? step : { ...step, arguments: argumentsOf(text) };
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
        if (isRecord(step)) steps.set(index, { members: { ...step }, text: undefined });
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
