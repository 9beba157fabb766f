import type * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import { Content, ContentList, ResponseFormatEntry, Shape, Step } from '../protocol/index.js';
import { invalid, unknownMember } from './refusal.js';

type Members = Readonly<Record<string, t.Mixed>>;
type AnyUnion = t.Mixed & { readonly tag: string; readonly cases: Members };

/**
 * Whose words a value repeats. What the client says must be known to the last member and letter. What the model made comes
 * back verbatim, so kinds that are newer than this library pass.
 */
export type Author = 'client' | 'model';

/** The steps that a client writes itself. */
const CLIENT_STEPS: ReadonlySet<string> = new Set(['user_input', 'function_result']);

const JSON_SCHEMA_TYPES: ReadonlySet<unknown> = new Set(
  ['object', 'array', 'string', 'number', 'integer', 'boolean'].flatMap((type) => [type, type.toUpperCase()]),
);

/** A JSON Schema in the place of a response format: an older form that still passes (wire-format 2.5). */
export const isBareSchema = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && (value['type'] === undefined || JSON_SCHEMA_TYPES.has(value['type']));

const isShape = (codec: t.Mixed): codec is Shape<Members, Members> => codec instanceof Shape;
const isUnion = (codec: t.Mixed): codec is AnyUnion => 'cases' in codec && 'tag' in codec;
const isList = (codec: t.Mixed): codec is t.Mixed & { readonly item: t.Mixed } => 'item' in codec;
const isChoice = (codec: t.Mixed): codec is t.Mixed & { readonly choices: readonly t.Mixed[] } => 'choices' in codec;
const isEnum = (codec: t.Mixed): codec is t.Mixed & { readonly known: readonly string[] } => 'known' in codec;

const expected = (path: string, what: string): Error => invalid(`Invalid value at '${path}': expected ${what}.`);

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/**
 * Refuses a value that a codec of the protocol does not describe, and names the place.
 *
 * The codecs are lenient, as a client has to be: they drop what does not fit and keep what they do not know. This walks
 * over the same declarations as strictly as the server does.
 */
export const checkValue = (codec: t.Mixed, value: unknown, path = '', author: Author = 'client'): void => {
  if (isShape(codec)) {
    checkShape(codec, value, path, author);
  } else if (codec === ContentList) {
    // a bare string is one text block
    if (typeof value !== 'string') checkList(Content, value, path, author);
  } else if (isUnion(codec)) {
    checkUnion(codec, value, path, author);
  } else if (isList(codec)) {
    checkList(codec.item, value, path, author);
  } else if (isChoice(codec)) {
    checkChoice(codec, value, path, author);
  } else if (isEnum(codec) && author === 'client') {
    if (typeof value !== 'string') throw expected(path, 'a string');
    if (!codec.known.includes(value)) throw expected(path, `one of ${codec.known.join(', ')}`);
  } else if (codec.decode(value)._tag === 'Left') {
    throw expected(path, codec.name);
  }
};

const checkShape = ({ required, optional }: Shape<Members, Members>, value: unknown, path: string, author: Author) => {
  if (!isRecord(value)) throw expected(path, 'an object');
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(required, key) && !Object.hasOwn(optional, key)) throw unknownMember(below(path, key));
  }
  for (const [key, codec] of Object.entries(required)) checkValue(codec, value[key], below(path, key), author);
  for (const [key, codec] of Object.entries(optional)) {
    const member = value[key];
    // `null` means absent to the server, too
    if (member !== undefined && member !== null) checkValue(codec, member, below(path, key), author);
  }
};

const checkList = (item: t.Mixed, value: unknown, path: string, author: Author) => {
  if (!Array.isArray(value)) throw expected(path, 'an array');
  value.forEach((member: unknown, at) => {
    checkValue(item, member, `${path}[${at}]`, author);
  });
};

const checkUnion = (union: AnyUnion, value: unknown, path: string, author: Author) => {
  if (union === ResponseFormatEntry && isBareSchema(value)) return;
  if (union === Content && isRecord(value) && value['type'] === 'function_result') {
    checkUnion(Step, value, path, author); // a result among the blocks of a `user_input` (wire-format 2.2)
    return;
  }
  if (!isRecord(value)) throw expected(path, 'an object');
  const tag = value[union.tag];
  const codec = typeof tag === 'string' && Object.hasOwn(union.cases, tag) ? union.cases[tag] : undefined;
  if (codec) {
    checkValue(codec, value, path, union === Step && !CLIENT_STEPS.has(String(tag)) ? 'model' : author);
  } else if (author === 'client' || (tag !== undefined && typeof tag !== 'string')) {
    throw expected(below(path, union.tag), `one of ${Object.keys(union.cases).join(', ')}`);
  }
};

/** The choice that gets furthest tells what is wrong. */
const checkChoice = (
  { name, choices }: t.Mixed & { readonly choices: readonly t.Mixed[] },
  value: unknown,
  path: string,
  author: Author,
) => {
  const reasons: Error[] = [];
  for (const choice of choices) {
    try {
      checkValue(choice, value, path, author);
      return;
    } catch (reason) {
      if (!(reason instanceof Error)) throw reason;
      reasons.push(reason);
    }
  }
  throw reasons.find(({ message }) => !message.startsWith(`Invalid value at '${path}':`)) ?? expected(path, name);
};
