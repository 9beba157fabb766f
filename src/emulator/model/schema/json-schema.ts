import { isRecord } from '../../../internal/is-record.js';

/** A JSON Schema that is an object; `true` and `{}` say the same. */
export type Schema = Readonly<Record<string, unknown>>;

export const recordAt = (schema: Schema, key: string): Schema => {
  const value = schema[key];
  return isRecord(value) ? value : {};
};

export const listAt = (schema: Schema, key: string): readonly unknown[] => {
  const value = schema[key];
  return Array.isArray(value) ? value : [];
};

export const numberAt = (schema: Schema, key: string): number | undefined => {
  const value = schema[key];
  return typeof value === 'number' ? value : undefined;
};

export const stringAt = (schema: Schema, key: string): string | undefined => {
  const value = schema[key];
  return typeof value === 'string' ? value : undefined;
};

/** The types a schema names, in lower case: some samples shout (wire-format 11). */
export const typesOf = (schema: Schema): readonly string[] =>
  [schema['type']].flat().flatMap((type) => (typeof type === 'string' ? type.toLowerCase() : []));

const unescaped = (token: string): string => {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return token;
  }
};

/** What a reference inside the document points to. */
export const targetOf = (reference: string, root: Schema): unknown =>
  reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((token) => token !== '')
    .map(unescaped)
    .reduce<unknown>(
      (value, token) =>
        isRecord(value) || Array.isArray(value) ? (value as Readonly<Record<string, unknown>>)[token] : undefined,
      root,
    );
