import type * as t from 'io-ts';

import type { StandardSchema } from '../internal/decode-with.js';
import { isRecord } from '../internal/is-record.js';
import { acceptedSchema, type JsonSchema } from './accepted-schema.js';
import { codecSchema } from './codec-schema.js';

export type { JsonSchema } from './accepted-schema.js';

/** What checks values, whatever their type. */
export type AnyDecoder = t.Mixed | StandardSchema<unknown>;

/** The ways in which Standard Schemas tell their JSON Schema. */
interface SelfDescribing extends StandardSchema<unknown> {
  readonly '~standard': StandardSchema<unknown>['~standard'] & {
    /** Standard JSON Schema: zod from 4.2 on, arktype from 2.1.28 on. */
    readonly jsonSchema?: { readonly input: (options: { readonly target: string }) => unknown };
  };
  /** Zod 4. */
  readonly toJSONSchema?: (options: { readonly target: string; readonly io: 'input' }) => unknown;
  /** Arktype. */
  readonly toJsonSchema?: () => unknown;
}

const TARGET = 'draft-2020-12';

/** Whether a value decodes, by what it can do: `instanceof` fails between two copies of a package. */
export const isDecoder = (source: object): source is AnyDecoder =>
  '~standard' in source || ('decode' in source && typeof source.decode === 'function');

/** The schema of what goes in, for that is what the model writes; what comes out is for the program. */
const inputOf = (schema: SelfDescribing): unknown => {
  const { jsonSchema } = schema['~standard'];
  if (jsonSchema) return jsonSchema.input({ target: TARGET });
  if (schema.toJSONSchema) return schema.toJSONSchema({ target: TARGET, io: 'input' });
  return schema.toJsonSchema?.();
};

const standardSchema = (schema: StandardSchema<unknown>, subject: string): JsonSchema => {
  let told: unknown;
  try {
    told = inputOf(schema);
  } catch (cause) {
    throw new TypeError(
      `${subject}: the schema cannot be written as JSON Schema; say it yourself, as "schema" beside it (${String(cause)})`,
      { cause },
    );
  }
  if (isRecord(told)) return told;
  throw new TypeError(`${subject}: the schema does not tell its JSON Schema; say it yourself, as "schema" beside it`);
};

/**
 * The JSON Schema to send for what decodes the answer: of an io-ts codec, of a Standard Schema that tells it, or the given
 * one, as the API accepts it.
 *
 * Throws a `TypeError` where none is given and none can be told.
 *
 * @param subject - What it is for, for the message: `The parameters of get_weather`.
 * @param given - The one that stands beside `source`; it goes before what `source` tells.
 */
export const jsonSchemaOf = (source: AnyDecoder | JsonSchema, subject: string, given?: JsonSchema): JsonSchema => {
  if (given !== undefined) return acceptedSchema(given);
  if (!isDecoder(source)) return acceptedSchema(source);
  return acceptedSchema('~standard' in source ? standardSchema(source, subject) : codecSchema(source, subject));
};
