import { invalid } from './refusal.js';

/** How deep the JSON of a body may be. A parser of protocol buffers, which the API is made of, gives up here, too. */
const MOST_LEVELS = 100;

const tooLarge = (limit: number) => invalid(`Request payload size exceeds the limit: ${limit} bytes.`);

/** JSON, whatever it is called; `text/plain` is what `fetch` calls a string. A form is read as none. */
const JSON_TYPE = /^(?:text\/plain|[^;]*[/+]json)\s*(?:;|$)/i;

const checkType = (type: string | null): void => {
  if (type !== null && !JSON_TYPE.test(type))
    throw invalid("The body has to be JSON: set 'Content-Type' to 'application/json'.");
};

/** The text of a request's body, as long as it is UTF-8, called JSON, and not larger than that. */
export const readBody = async (request: Request, limit: number): Promise<string> => {
  checkType(request.headers.get('content-type'));
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (...bytes: Parameters<TextDecoder['decode']>): string => {
    try {
      return decoder.decode(...bytes);
    } catch {
      throw invalid('The body is not valid UTF-8.');
    }
  };
  let size = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    text += decode(value, { stream: true });
  }
};

const membersOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** Whether a value has more levels than that. Not by recursion: that is what a very deep one would break. */
const isDeeper = (value: unknown, levels: number): boolean => {
  let level: readonly unknown[] = [value];
  for (let at = 0; at < levels && level.length > 0; at += 1) level = level.flatMap(membersOf);
  return level.length > 0;
};

/** The value that a body is the JSON of. */
export const parseBody = (text: string): unknown => {
  const value = parsed(text);
  if (isDeeper(value, MOST_LEVELS)) throw invalid(`The body is nested too deeply: the limit is ${MOST_LEVELS} levels.`);
  return value;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not valid JSON.');
  }
};
