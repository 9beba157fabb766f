import { isRecord } from '../internal/is-record.js';
import { Content, FunctionResultStep, Step, type UserInputStep } from '../protocol/index.js';
import { checkValue } from './check-value.js';
import { invalid } from './refusal.js';
import { VideoProcessing } from './request-parts.js';

const isStep = (item: unknown): boolean =>
  isRecord(item) && typeof item['type'] === 'string' && Object.hasOwn(Step.cases, item['type']);

/** A kind of step that this library does not know passes in the middle of a history: it is replayed as it came. */
const isUnknownStep = (item: unknown): boolean =>
  isRecord(item) && typeof item['type'] === 'string' && !Object.hasOwn(Content.cases, item['type']);

const MEDIA: ReadonlySet<unknown> = new Set(['image', 'audio', 'video', 'document']);

type Media = Readonly<Record<'type', string>> & Readonly<Partial<Record<'data' | 'mime_type' | 'processing', unknown>>>;

const BASE64 = /^[\w+/-]*={0,2}$/;

/** Media come inline or by reference, and not as neither or both; their type is of their kind (wire-format 6.4). */
const checkMedia = (block: unknown, path: string): void => {
  if (!isRecord(block) || !MEDIA.has(block['type'])) return;
  const { type, data, mime_type: mimeType, processing } = block as Readonly<Record<string, unknown>> & Media;
  const given = ['data', 'uri'].filter((key) => typeof block[key] === 'string' && block[key] !== '');
  if (given.length !== 1) throw invalid(`Invalid value at '${path}': expected either 'data' or 'uri'.`);
  if (typeof data === 'string' && !BASE64.test(data))
    throw invalid(`Invalid value at '${path}.data': expected base64.`);
  if (typeof mimeType === 'string' && type !== 'document' && !mimeType.startsWith(`${type}/`)) {
    throw invalid(`Invalid value at '${path}.mime_type': '${mimeType}' is not supported for '${type}'.`);
  }
  if (processing !== undefined && processing !== null) checkValue(VideoProcessing, processing, `${path}.processing`);
};

const checkBlocks = (blocks: readonly unknown[], pathOf: (at: number) => string): void => {
  blocks.forEach((block, at) => {
    checkValue(Content, block, pathOf(at));
    checkMedia(block, pathOf(at));
  });
};

const decoded = (step: unknown, path: string): Step => {
  const result = Step.decode(step);
  if (result._tag === 'Left') throw invalid(`Invalid value at '${path}': expected a step.`);
  return result.right;
};

/** Results among the blocks of a `user_input` are steps like any others (wire-format 2.2). */
const withoutNestedResults = (step: Step): readonly Step[] => {
  if (step.type !== 'user_input') return [step];
  const results = (step.content ?? []).flatMap((block) =>
    block.type === 'unknown' && FunctionResultStep.is(block.received) ? block.received : [],
  );
  if (results.length === 0) return [step];
  const content = (step.content ?? []).filter(
    (block) => block.type !== 'unknown' || !FunctionResultStep.is(block.received),
  );
  return content.length === 0 ? results : [...results, { ...step, content }];
};

const readSteps = (items: readonly unknown[], pathOf: (at: number) => string): readonly Step[] =>
  items.flatMap((item, at) => {
    const path = pathOf(at);
    if (isStep(item)) checkValue(Step, item, path);
    else if (!isUnknownStep(item)) throw invalid(`Invalid value at '${path}': content and steps do not mix.`);
    const step = decoded(item, path);
    if (step.type === 'user_input') checkContent(step, path);
    if (step.type === 'function_result') checkResult(step, path);
    return withoutNestedResults(step);
  });

const readBlocks = (blocks: readonly unknown[], pathOf: (at: number) => string): readonly Step[] => {
  checkBlocks(blocks, pathOf);
  return withoutNestedResults(decoded({ type: 'user_input', content: blocks }, 'input'));
};

const checkContent = ({ content = [] }: UserInputStep, path: string): void => {
  if (content.length === 0) throw invalid(`Missing required parameter: '${path}.content'.`);
  content.forEach((block, at) => {
    checkMedia(block, `${path}.content[${at}]`);
  });
};

/** What the codec leaves open and the API does not: a result is text, an object or blocks, for a call. */
const checkResult = ({ call_id, result }: FunctionResultStep, path: string): void => {
  if (call_id === undefined || call_id === '') throw invalid(`Missing required parameter: '${path}.call_id'.`);
  if (result === undefined) throw invalid(`Missing required parameter: '${path}.result'.`);
  if (Array.isArray(result)) {
    checkBlocks(result, (at) => `${path}.result[${at}]`);
  } else if (typeof result !== 'string' && !isRecord(result)) {
    throw invalid(`Invalid value at '${path}.result': expected a string, an object or content.`);
  }
};

const ROLES: Readonly<Record<string, string>> = { user: 'user_input', model: 'model_output' };

/** A turn with a role is the step of that role (dialect E); anything else stays what it is. */
const withoutRole = (item: unknown): unknown => {
  if (!isRecord(item) || item['type'] !== undefined) return item;
  const { role, ...members } = item;
  const type = typeof role === 'string' && Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
  return type === undefined ? item : { ...members, type };
};

const readItems = (items: readonly unknown[], pathOf: (at: number) => string): readonly Step[] =>
  items.some(isStep) ? readSteps(items, pathOf) : readBlocks(items, pathOf);

/**
 * Whatever form `input` has, as steps (wire-format 2.2). No input at all gives none.
 *
 * @param takesRoles - Whether turns with roles are understood: they still are by the enterprise endpoint.
 */
export const readInput = (input: unknown, takesRoles: boolean): readonly Step[] => {
  if (input === undefined || input === null || input === '') return [];
  if (typeof input === 'string') return [{ type: 'user_input', content: [{ type: 'text', text: input }] }];
  const known = takesRoles ? withoutRole : (item: unknown) => item;
  if (!Array.isArray(input)) return readItems([known(input)], () => 'input');
  return input.length === 0 ? [] : readItems(input.map(known), (at) => `input[${at}]`);
};
