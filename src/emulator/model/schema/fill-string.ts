import { placesIn } from '../places.js';
import { isPlaceName, subjectOf } from '../subjects.js';
import { withState } from '../with-state.js';
import { fitsSchema } from './fits-schema.js';
import { inFormat } from './formats.js';
import { fromPattern } from './from-pattern.js';
import { numberAt, type Schema, stringAt } from './json-schema.js';

/** What a text is made for. */
export interface StringContext {
  readonly prompt: string;
  readonly place?: string | undefined;
  readonly places: string[];
  readonly isWhole: boolean;
  /** Which item of a list it is for, from 1: a list of the same thing twice is nobody's answer. */
  readonly ordinal?: number | undefined;
}

const MOST_LETTERS = 1000;

const CODE = /ticker|symbol|currency|code/i;
const WHOLE_PROMPT = /query|prompt|question|text|message|topic|expression|input|task|search/i;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const label = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();

const sensible = (name: string, { prompt, place, places, isWhole }: StringContext): string => {
  if (isPlaceName(name)) return place ?? places.shift() ?? placesIn(prompt).at(-1) ?? 'Paris';
  if (CODE.test(name)) return /\b\p{Lu}{2,6}\b/u.exec(prompt)?.[0] ?? 'GOOG';
  if (WHOLE_PROMPT.test(name)) return prompt;
  if (/name|title|subject/i.test(name)) return capitalised(subjectOf(prompt)) || capitalised(label(name));
  if (isWhole) return capitalised(`${label(name) || 'text'} of ${subjectOf(prompt) || 'something'}`);
  return subjectOf(prompt) || label(name) || 'something';
};

/** A place is told with its state where it is the only one; several are told alike. */
const fuller = (plain: string, schema: Schema, name: string, { prompt, isWhole }: StringContext): string =>
  isPlaceName(name) && !isWhole && placesIn(prompt).length === 1
    ? withState(plain, label(name), stringAt(schema, 'description'))
    : plain;

const sized = (text: string, schema: Schema): string => {
  const letters = Array.from(text);
  const least = Math.min(numberAt(schema, 'minLength') ?? 0, MOST_LETTERS);
  const padded = [...letters, ...Array.from({ length: Math.max(0, least - letters.length) }, () => '.')];
  return padded.slice(0, numberAt(schema, 'maxLength') ?? padded.length).join('');
};

const candidates = function* (
  schema: Schema,
  plain: string,
  full: string,
  ordinal: number,
): Generator<string | undefined> {
  const [format, pattern] = [stringAt(schema, 'format'), stringAt(schema, 'pattern')];
  if (format !== undefined) yield inFormat(format, ordinal);
  yield full;
  yield sized(plain, schema);
  if (pattern === undefined) return;
  for (const extra of [0, 1, 2, 4, 8, 16, 32, 64]) {
    yield fromPattern(pattern, extra, ordinal);
    yield fromPattern(pattern, extra);
  }
};

/** A text that fits a schema: of its format, of its pattern, or else made of the prompt. */
export const fillString = (schema: Schema, name: string, context: StringContext): string => {
  const { ordinal } = context;
  const plain = sensible(name, context);
  const numbered = ordinal === undefined ? plain : `${plain} ${ordinal}`;
  const full = fuller(numbered, schema, name, context);
  for (const text of candidates(schema, numbered, full, ordinal ?? 0)) {
    if (text !== undefined && fitsSchema(text, schema, schema)) return text;
  }
  return sized(numbered, schema);
};
