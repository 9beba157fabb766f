import { defined } from '../../internal/defined.js';
import { mediaBlockOf } from '../../events/generate-content/index.js';
import { isRecord } from '../../internal/is-record.js';
import { type Draft, enumOf, itemsOf, type Members, membersOf, noteOthers } from './rules.js';

/** What a part becomes: a block among others, or a step of its own. */
type Piece = { readonly block: Members } | { readonly step: Members };

/** The history while it is read: its steps, and the calls that no result has answered yet. */
interface History {
  readonly steps: Members[];
  readonly calls: { readonly id: string; readonly name: unknown }[];
  codeId: string | undefined;
}

const NO_PLACE = 'has no place in an interaction';

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A video may be sent without its type, by its address: `uri` takes those of YouTube, too (wire-format 6.4). */
const isYouTube = (uri: unknown): boolean => /^https?:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be)\//.test(String(uri));

const processingOf = (part: Members): unknown => {
  const { startOffset, endOffset, fps } = membersOf(part['videoMetadata']);
  const range = defined({ start_offset: startOffset, end_offset: endOffset, fps });
  return Object.keys(range).length > 0 ? { type: 'static', ...range } : enumOf(part['mediaProcessing']);
};

/** Notes which clip of a video is meant, and how it is looked at, where there is none. */
const noteClip = (part: Members, path: string, draft: Draft): void => {
  for (const key of ['videoMetadata', 'mediaProcessing']) {
    if (part[key] !== undefined) draft.note(`${path}.${key}`, 'videos have it');
  }
};

const mediaOf = (part: Members, path: string, draft: Draft): Members | undefined => {
  const key = part['inlineData'] === undefined ? 'fileData' : 'inlineData';
  if (part[key] === undefined) return undefined;
  const given = membersOf(part[key]);
  const block = mediaBlockOf({ [key]: given });
  if (block?.['data'] === undefined && block?.['uri'] === undefined) {
    draft.note(`${path}.${key}`, 'there are no data in it, and no address');
    return undefined;
  }
  noteOthers(part[key], `${path}.${key}`, ['data', 'fileUri', 'mimeType'], draft, NO_PLACE);
  const type = given['mimeType'] === undefined && isYouTube(given['fileUri']) ? 'video' : block['type'];
  const resolution = enumOf(membersOf(part['mediaResolution'])['level'], 'media_resolution_');
  const isSeen = type === 'image' || type === 'video';
  if (resolution !== undefined && !isSeen) draft.note(`${path}.mediaResolution`, 'images and videos have one');
  if (type !== 'video') noteClip(part, path, draft);
  return {
    ...block,
    type,
    ...defined({
      resolution: isSeen ? resolution : undefined,
      processing: type === 'video' ? processingOf(part) : undefined,
    }),
  };
};

const callOf = (part: Members, path: string, history: History, draft: Draft): Members => {
  const { id, name, args = {} } = membersOf(part['functionCall']);
  noteOthers(part['functionCall'], `${path}.functionCall`, ['id', 'name', 'args'], draft, NO_PLACE);
  const call = { id: textIn(id) ?? `call_${String(history.steps.length)}`, name };
  history.calls.push(call);
  return { type: 'function_call', ...call, arguments: args };
};

/**
 * A result with media is a list of blocks; without, it is the object that it was. Any other list would be taken for blocks
 * (wire-format 8.1).
 */
const resultOf = (response: unknown, parts: unknown, path: string, draft: Draft): unknown => {
  const media = itemsOf(parts ?? [], path).flatMap(([part, at]) => mediaOf(membersOf(part), at, draft) ?? []);
  if (media.length > 0) return [{ type: 'text', text: JSON.stringify(response) }, ...media];
  return Array.isArray(response) ? { result: response as readonly unknown[] } : response;
};

/** The result of a call: by its id, or where there is none by the name of its function, in order. */
const answerOf = (part: Members, path: string, history: History, draft: Draft): Members | undefined => {
  const at = `${path}.functionResponse`;
  const { id, name, response = {}, parts } = membersOf(part['functionResponse']);
  noteOthers(part['functionResponse'], at, ['id', 'name', 'response', 'parts'], draft, NO_PLACE);
  const { calls } = history;
  const call = calls.find((one) => one.id === id) ?? calls.find((one) => one.name === name);
  if (!call && textIn(id) === undefined) {
    draft.note(at, 'it answers no function call in front of it');
    return undefined;
  }
  if (call) calls.splice(calls.indexOf(call), 1);
  const { error, output } = isRecord(response) ? response : {};
  return {
    type: 'function_result',
    call_id: call?.id ?? id,
    ...defined({ name }),
    result: resultOf(response, parts, `${at}.parts`, draft),
    ...(error !== undefined && output === undefined && { is_error: true }),
  };
};

const codeOf = (part: Members, history: History): Members => {
  const { id, code, language } = membersOf(part['executableCode']);
  history.codeId = textIn(id) ?? `call_${String(history.steps.length)}`;
  const args = defined({ code, language: enumOf(language, 'language_') });
  return { type: 'code_execution_call', id: history.codeId, arguments: args };
};

const codeResultOf = (part: Members, history: History): Members => {
  const { id, outcome, output = '' } = membersOf(part['codeExecutionResult']);
  const call_id = textIn(id) ?? history.codeId;
  const isError = outcome !== undefined && outcome !== 'OUTCOME_OK';
  return { type: 'code_execution_result', ...defined({ call_id }), result: output, is_error: isError };
};

const READ = [
  ...['text', 'thought', 'thoughtSignature', 'inlineData', 'fileData', 'functionCall', 'functionResponse'],
  ...['executableCode', 'codeExecutionResult', 'mediaResolution', 'videoMetadata', 'mediaProcessing'],
];

const bodyOf = (part: Members, path: string, history: History, draft: Draft): Piece | undefined => {
  const { text, thought } = part;
  if (part['functionCall'] !== undefined) return { step: callOf(part, path, history, draft) };
  if (part['functionResponse'] !== undefined) {
    const step = answerOf(part, path, history, draft);
    return step && { step };
  }
  if (part['executableCode'] !== undefined) return { step: codeOf(part, history) };
  if (part['codeExecutionResult'] !== undefined) return { step: codeResultOf(part, history) };
  const block = mediaOf(part, path, draft) ?? (textIn(text) === undefined ? undefined : { type: 'text', text });
  return block && (thought === true ? { step: { type: 'thought', summary: [block] } } : { block });
};

/** A signature stands on a thought or a call; that of anything else on a thought of its own behind it. */
const signed = (piece: Piece | undefined, signature: string | undefined): readonly Piece[] => {
  if (signature === undefined) return piece ? [piece] : [];
  const type = piece && 'step' in piece ? piece.step['type'] : undefined;
  if (piece && 'step' in piece && (type === 'thought' || type === 'function_call')) {
    return [{ step: { ...piece.step, signature } }];
  }
  return [...(piece ? [piece] : []), { step: { type: 'thought', signature } }];
};

const piecesOf = (given: unknown, path: string, history: History, draft: Draft): readonly Piece[] => {
  if (typeof given === 'string') return given === '' ? [] : [{ block: { type: 'text', text: given } }];
  if (!isRecord(given)) {
    draft.note(path, 'neither text nor a part');
    return [];
  }
  const part = membersOf(given);
  noteOthers(given, path, READ, draft, NO_PLACE);
  return signed(bodyOf(part, path, history, draft), textIn(part['thoughtSignature']));
};

const ROLES: ReadonlyMap<unknown, string> = new Map([
  [undefined, 'user_input'],
  ['user', 'user_input'],
  ['function', 'user_input'],
  ['tool', 'user_input'],
  ['model', 'model_output'],
]);

/** What one side said, as steps: the blocks that follow one another are one. */
const readContent = (given: unknown, path: string, history: History, draft: Draft): void => {
  const { role, parts } = membersOf(given);
  const type = ROLES.get(role);
  if (type === undefined) draft.note(`${path}.role`, 'there are user and model; this is taken for the user');
  noteOthers(given, path, ['role', 'parts'], draft, NO_PLACE);
  readParts(itemsOf(parts ?? [], `${path}.parts`), type ?? 'user_input', history, draft);
};

const readParts = (
  parts: readonly (readonly [part: unknown, path: string])[],
  type: string,
  history: History,
  draft: Draft,
): void => {
  let blocks: Members[] | undefined; // of the step that goes on
  for (const [part, path] of parts) {
    for (const piece of piecesOf(part, path, history, draft)) {
      if ('step' in piece) {
        history.steps.push(piece.step);
        blocks = undefined;
      } else if (blocks) {
        blocks.push(piece.block);
      } else {
        blocks = [piece.block];
        history.steps.push({ type, content: blocks });
      }
    }
  }
};

const isContent = (item: unknown): boolean =>
  isRecord(item) && (item['parts'] !== undefined || item['role'] !== undefined);

/** Contents, in any of the forms that they have, as `input` (wire-format 2.2): text, blocks, or steps where there is a history. */
export const readContents = (contents: unknown, path: string, draft: Draft): void => {
  if (typeof contents === 'string') {
    draft.request['input'] = contents;
    return;
  }
  const history: History = { steps: [], calls: [], codeId: undefined };
  const items = itemsOf(contents, path);
  let parts: (readonly [unknown, string])[] = []; // that follow one another without a content around them
  const flush = (): void => {
    readParts(parts, 'user_input', history, draft);
    parts = [];
  };
  for (const [item, at] of items) {
    if (!isContent(item)) {
      parts.push([item, at]);
      continue;
    }
    flush();
    readContent(item, at, history, draft);
  }
  flush();
  const [first, ...others] = history.steps;
  const isPrompt = first?.['type'] === 'user_input' && others.length === 0;
  draft.request['input'] = isPrompt ? first['content'] : history.steps;
};

/** The instruction of the system: its texts, one under the other. */
export const readInstruction = (instruction: unknown, path: string, draft: Draft): void => {
  const isWhole = isContent(instruction);
  const parts = isWhole ? itemsOf(membersOf(instruction)['parts'] ?? [], `${path}.parts`) : itemsOf(instruction, path);
  const texts = parts.flatMap(([part, at]) => {
    const text = textIn(typeof part === 'string' ? part : membersOf(part)['text']);
    if (text === undefined && part !== '') draft.note(at, 'an instruction is text');
    return text ?? [];
  });
  if (texts.length > 0) draft.request['system_instruction'] = texts.join('\n');
};
