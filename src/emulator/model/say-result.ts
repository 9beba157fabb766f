import { isRecord } from '../../internal/is-record.js';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const isBlock = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && typeof value['type'] === 'string';

const sayBlock = (block: Readonly<Record<string, unknown>>, known: Known): string =>
  typeof block['text'] === 'string' ? sayResult(block['text'], known) : `[${String(block['type'])}]`;

const sayMembers = (members: Readonly<Record<string, unknown>>, known: Known): string => {
  const all = Object.entries(members).map(([name, value]) => [name.replace(/_/g, ' '), sayResult(value)] as const);
  const news = all.filter(([, value]) => !known.has(value));
  const said = news.length > 0 ? news : all;
  // { "result": 4 } and { "weather": "sunny" } say it best without the name
  return all.length === 1 ? (all[0]?.[1] ?? '') : said.map(([name, value]) => `${name} ${value}`).join(', ');
};

/** What goes without saying: the arguments that come back in a result. */
type Known = ReadonlySet<string>;

/** A function's result in words, whatever its shape: text, JSON text, an object, content blocks (wire-format 8.1). */
export const sayResult = (result: unknown, known: Known = new Set()): string => {
  if (typeof result === 'string') {
    const value = parsed(result);
    return typeof value === 'object' && value !== null ? sayResult(value, known) : result;
  }
  if (Array.isArray(result)) {
    return result.map((item: unknown) => (isBlock(item) ? sayBlock(item, known) : sayResult(item, known))).join(', ');
  }
  if (!isRecord(result)) return String(result);
  const { content, ...rest } = result;
  if (Array.isArray(content) && Object.keys(rest).length === 0) return sayResult(content, known);
  return isBlock(result) && 'text' in result ? sayBlock(result, known) : sayMembers(result, known);
};

/** The members of a result that is an object, or JSON text of one, even in a block. */
export const membersOf = (result: unknown): Readonly<Record<string, unknown>> => {
  if (typeof result === 'string') {
    const value = parsed(result);
    return isRecord(value) ? value : {};
  }
  if (Array.isArray(result)) return result.length === 1 ? membersOf(result[0]) : {};
  if (!isRecord(result)) return {};
  if (isBlock(result)) return membersOf(result['text']);
  const { content } = result;
  return Array.isArray(content) ? membersOf(content) : result;
};
