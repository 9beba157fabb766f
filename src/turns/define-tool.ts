import type * as t from 'io-ts';
import { defer, from, isObservable, map, type Observable, type ObservableInput, of } from 'rxjs';

import { ArgumentsError } from '../errors/index.js';
import { issuesOf } from '../events/index.js';
import { abortable } from '../internal/abortable.js';
import type { FunctionTool } from '../protocol/index.js';
import type { FunctionCall } from '../steps/index.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema-of.js';

/** What a tool knows besides its arguments. */
export interface ToolContext {
  /** The call that it answers. */
  readonly call: FunctionCall;
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
}

/** A value of a tool: progress where the tool is an Observable, a result where it is not. */
export interface ToolOutput {
  readonly isProgress: boolean;
  readonly value: unknown;
}

/** A function of the client's that a model may call. Made by {@link defineTool}. */
export interface ClientTool {
  /** What the model is told. */
  readonly declaration: FunctionTool;
  /** Decodes the arguments and runs the function, anew at each subscription. Errors with `ArgumentsError` if they do not fit. */
  readonly run: (call: FunctionCall) => Observable<ToolOutput>;
}

interface ToolConfig<Arguments> {
  /** The name the model calls it by. */
  readonly name: string;
  /** What it does and when to call it, for the model. */
  readonly description?: string;
  /** What it is run with: a value, a Promise, or an Observable whose values are progress and whose last one is the result. */
  readonly execute: (args: Arguments, context: ToolContext) => unknown;
}

/** A tool whose parameters are an io-ts codec: arguments are decoded by it, and typed. */
export interface CodecToolConfig<Arguments> extends ToolConfig<Arguments> {
  readonly parameters: t.Type<Arguments, unknown>;
}

/** A tool whose parameters are JSON Schema, passed on as it is: arguments are whatever the model sent. */
export interface SchemaToolConfig extends ToolConfig<Readonly<Record<string, unknown>>> {
  readonly parameters?: JsonSchema;
}

/** A codec by what it can do, not by its class: `instanceof` fails between two copies of io-ts. */
const isCodec = (parameters: object): parameters is t.Mixed =>
  'decode' in parameters && typeof parameters.decode === 'function';

const outputsOf = (returned: unknown): Observable<ToolOutput> => {
  if (isObservable(returned)) return returned.pipe(map((value) => ({ isProgress: true, value })));
  const isPromise =
    typeof returned === 'object' && returned !== null && 'then' in returned && typeof returned.then === 'function';
  return (isPromise ? from(returned as ObservableInput<unknown>) : of(returned)).pipe(
    map((value) => ({ isProgress: false, value })),
  );
};

const decodeWith = (codec: t.Mixed, { name, arguments: args }: FunctionCall): unknown => {
  const decoded = codec.decode(args);
  if (decoded._tag === 'Right') return decoded.right;
  const issues = issuesOf(decoded.left).map(({ path, expected }) => `${path} should be ${expected}`);
  throw new ArgumentsError(
    'invalid',
    `The arguments of ${name} do not fit: ${issues.join('; ')}`,
    JSON.stringify(args),
  );
};

/**
 * Defines a function that a model may call.
 *
 * With an io-ts codec as `parameters`, the model is told its JSON Schema (see `described`), arguments are decoded before
 * `execute` sees them, and their type is inferred. With JSON Schema they are passed on as they come.
 *
 * `execute` returns a value, a Promise, or an Observable: its values are progress, the last one is the result, and
 * unsubscribing from the turn unsubscribes from it. What it throws is told to the model.
 *
 * @example
 * ```ts
 * const weather = defineTool({
 *   name: 'get_weather',
 *   description: 'Current weather for a city.',
 *   parameters: t.type({ city: described(t.string, 'City name, e.g. Paris') }),
 *   execute: ({ city }) => ({ city, celsius: 22 }),
 * });
 * ```
 */
export function defineTool<Arguments>(config: CodecToolConfig<Arguments>): ClientTool;
export function defineTool(config: SchemaToolConfig): ClientTool;
export function defineTool({
  name,
  description,
  parameters,
  execute,
}: ToolConfig<never> & { readonly parameters?: t.Mixed | JsonSchema }): ClientTool {
  const codec = parameters && isCodec(parameters) ? parameters : undefined;
  const schema = codec ? jsonSchemaOf(codec) : (parameters as JsonSchema | undefined);
  // Safe: the overloads tie the type of `execute` to what its arguments are decoded with.
  const perform = execute as (args: unknown, context: ToolContext) => unknown;
  return {
    declaration: {
      type: 'function',
      name,
      ...(description === undefined ? {} : { description }),
      ...(schema === undefined ? {} : { parameters: schema }),
    },
    run: (call) =>
      defer(() => {
        const args = codec ? decodeWith(codec, call) : call.arguments;
        return abortable((signal) => outputsOf(perform(args, { call, signal })));
      }),
  };
}
