import { isRecord } from '../../internal/is-record.js';

export type Members = Readonly<Record<string, unknown>>;

/** A piece of an answer of the older endpoint. */
export type Part = Members;

const MEDIA: ReadonlySet<unknown> = new Set(['image', 'audio', 'video', 'document']);

const textAt = (members: Members, key: string, otherwise: string): string => {
  const value = members[key];
  return typeof value === 'string' ? value : otherwise;
};

const parameter = (name: string, value: unknown): string => (typeof value === 'number' ? `;${name}=${value}` : '');

/** Sound that has its rate beside it had it in its type before (wire-format 6.4). */
const mimeTypeOf = ({ mime_type, sample_rate, channels }: Members): unknown =>
  mime_type === 'audio/l16'
    ? `audio/L16;codec=pcm${parameter('rate', sample_rate)}${channels === 1 ? '' : parameter('channels', channels)}`
    : mime_type;

/** A block of content: text, or something with a type of its own, inline or by its address. */
export const partOfBlock = (block: unknown): Part | undefined => {
  if (!isRecord(block)) return undefined;
  const { type, text, uri, data } = block as Readonly<Partial<Record<'type' | 'text' | 'uri' | 'data', unknown>>>;
  if (type === 'text') return { text: String(text) };
  if (!MEDIA.has(type)) return undefined;
  const mimeType = mimeTypeOf(block);
  return data === undefined ? { fileData: { mimeType, fileUri: uri } } : { inlineData: { mimeType, data } };
};

const argumentsIn = ({ arguments: args }: Members): Members => (isRecord(args) ? args : {});

/** Code that the server is to run. */
export const partOfCode = (step: Members): Part => {
  const args = argumentsIn(step);
  return {
    executableCode: { language: textAt(args, 'language', 'python').toUpperCase(), code: textAt(args, 'code', '') },
  };
};

/** What became of it. */
export const partOfCodeResult = ({ result, is_error: isError }: Members): Part => ({
  codeExecutionResult: {
    outcome: isError === true ? 'OUTCOME_FAILED' : 'OUTCOME_OK',
    output: typeof result === 'string' ? result : JSON.stringify(result ?? ''),
  },
});

/** The arguments that a call was written with, as text or at once; `undefined` if that is no JSON object. */
const argumentsOf = (step: Members, text: string): Members | undefined => {
  if (text === '') return argumentsIn(step);
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * A call of a function, complete; `undefined` if it is malformed.
 *
 * @param text - The text that its arguments were streamed as.
 * @param hasId - Whether calls have ids: those of older models have none.
 */
export const partOfCall = (step: Members, text: string, hasId: boolean): Part | undefined => {
  const args = argumentsOf(step, text);
  const { id, name } = step;
  return args && { functionCall: { ...(hasId && { id }), name, args } };
};
