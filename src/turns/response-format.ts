import type { TextFormat } from '../protocol/index.js';
import { type AnyDecoder, type JsonSchema, jsonSchemaOf } from './json-schema-of.js';

/** JSON that fits a schema, as a request asks for it. */
export interface JsonFormat extends TextFormat {
  readonly mime_type: 'application/json';
  readonly schema: JsonSchema;
}

export interface ResponseFormatConfig {
  /** The JSON Schema, where the decoder does not tell it. */
  readonly schema?: JsonSchema | undefined;
}

/**
 * Structured output from a type: the `response_format` that asks for JSON which fits it (wire-format 2.5, 11).
 *
 * Takes what `defineTool` takes as `parameters`: an io-ts codec (`described` adds words for the model), a Standard Schema
 * (zod, arktype), one that does not tell its JSON Schema with `schema` beside it, or JSON Schema. Servers do not enforce
 * all of a schema: give the same decoder to `reduceJson`, which checks the answer and gives it its type.
 *
 * Throws a `TypeError` that names the place where a decoder has no JSON Schema.
 *
 * @example Typed from end to end
 * ```ts
 * const Recipe = t.type({ name: t.string, steps: t.array(t.string) });
 * client
 *   .stream({ model, input: 'How do I make banana bread?', response_format: responseFormat(Recipe) })
 *   .pipe(textDeltas(), reduceJson(Recipe))
 *   .subscribe(({ name, steps }) => console.log(`${name}, in ${steps.length} steps`));
 * ```
 *
 * @example At the end of a turn, whose earlier rounds may have text of their own
 * ```ts
 * runTools(client, { model, input, tools: [weather], response_format: responseFormat(Forecast) }).pipe(
 *   reduceInteraction(),
 *   map((turn) => outputText(turn) ?? ''),
 *   reduceJson(Forecast),
 * );
 * ```
 */
export const responseFormat = (source: AnyDecoder | JsonSchema, { schema }: ResponseFormatConfig = {}): JsonFormat => ({
  type: 'text',
  mime_type: 'application/json',
  schema: jsonSchemaOf(source, 'The response format', schema),
});
