import { concatMap, defer, from, isObservable, map, type Observable, type ObservableInput, of } from 'rxjs';

import { ArgumentsError } from '../errors/index.js';
import { abortable } from '../internal/abortable.js';
import { type Decoded, type Decoder, decodeWith, describeIssues } from '../internal/decode-with.js';
import type { FunctionTool } from '../protocol/index.js';
import type { FunctionCall } from '../steps/index.js';
import { type AnyDecoder, isDecoder, type JsonSchema, jsonSchemaOf } from './json-schema-of.js';
import { type ArgumentsOf, type Validate, validatedBy } from './validated-by.js';

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

/**
 * What becomes of a call: `true` runs it, `arguments` runs it with others, `false` and `deny` tell the model that it was
 * denied, and why.
 */
export type Approval = boolean | { readonly arguments: Readonly<Record<string, unknown>> } | { readonly deny: string };

/** Asks whether a call may run, of a person or of a rule. */
export type Approve = (call: FunctionCall) => ObservableInput<Approval>;

/** A function of the client's that a model may call. Made by {@link defineTool}. */
export interface ClientTool {
  /** What the model is told. */
  readonly declaration: FunctionTool;
  /** Decodes the arguments and runs the function, anew at each subscription. Errors with `ArgumentsError` if they do not fit. */
  readonly run: (call: FunctionCall) => Observable<ToolOutput>;
  /** This tool's own approval, which goes before the turn's; `false` exempts it from that. */
  readonly approve?: Approve | false | undefined;
}

interface ToolConfig<Arguments> {
  /** The name the model calls it by. */
  readonly name: string;
  /** What it does and when to call it, for the model. */
  readonly description?: string;
  /**
   * What it is run with: a value, a Promise, or an Observable whose values are progress and whose last one is the result.
   * A Promise may bring an Observable.
   */
  readonly execute: (args: Arguments, context: ToolContext) => unknown;
  /**
   * This tool's own approval, which goes before the turn's; `false` exempts it from that.
   * @defaultValue the turn's
   */
  readonly approve?: Approve | false | undefined;
}

/** A tool whose parameters are a type: an io-ts codec or a Standard Schema, by which arguments are decoded, and typed. */
export interface CodecToolConfig<Arguments> extends ToolConfig<Arguments> {
  readonly parameters: Decoder<Arguments>;
  /**
   * The JSON Schema that the model is told, where `parameters` do not tell it themselves.
   * @defaultValue the one of `parameters`
   */
  readonly schema?: JsonSchema | undefined;
}

/**
 * A tool whose parameters are JSON Schema: arguments are what the model sent, as far as `validate` lets them pass, and have
 * a type where that is a type guard, as `ajv.compile<T>(schema)` is.
 */
export interface SchemaToolConfig<Check extends Validate = Validate> extends ToolConfig<ArgumentsOf<Check>> {
  readonly parameters?: JsonSchema | undefined;
  /**
   * Says whether arguments fit. Without it all of them do: nothing else checks them against `parameters`.
   * @defaultValue none
   */
  readonly validate?: Check | undefined;
}

/** How much of what is wrong the model is told: enough to put it right. */
const MOST_ISSUES = 10;

const outputsOf = (returned: unknown): Observable<ToolOutput> => {
  if (isObservable(returned)) return returned.pipe(map((value) => ({ isProgress: true, value })));
  const isPromise =
    typeof returned === 'object' && returned !== null && 'then' in returned && typeof returned.then === 'function';
  return isPromise
    ? from(returned as ObservableInput<unknown>).pipe(concatMap(outputsOf))
    : of({ isProgress: false, value: returned });
};

const fitting =
  ({ name, arguments: args }: FunctionCall) =>
  (decoded: Decoded<unknown>): unknown => {
    if (decoded.issues === undefined) return decoded.value;
    const issues = describeIssues(decoded.issues, MOST_ISSUES);
    throw new ArgumentsError('invalid', `The arguments of ${name} do not fit: ${issues}`, JSON.stringify(args));
  };

/** The arguments of a call as its function takes them; at once, unless a schema takes its time. */
const argumentsOf = (call: FunctionCall, decoder: AnyDecoder | undefined): Observable<unknown> => {
  if (decoder === undefined) return of(call.arguments);
  const decoded = decodeWith(decoder, call.arguments);
  return ('then' in decoded ? from(decoded) : of(decoded)).pipe(map(fitting(call)));
};

/**
 * Defines a function that a model may call.
 *
 * `parameters` say what it is called with, and are one of:
 *
 * - an io-ts codec: the model is told its JSON Schema (see `described`), arguments are decoded before `execute` sees them,
 *   and their type is inferred;
 * - a Standard Schema that tells its JSON Schema (zod from 4.2 on, arktype): the same; `execute` gets what it makes of them;
 * - either of them with `schema` beside it, where it does not tell one (zod 3 and zod/mini, valibot, codecs of your own);
 * - JSON Schema, which is passed on. Arguments are checked only with `validate`, and typed where that is a type guard.
 *
 * Arguments that do not fit are told to the model, with the place of each issue, and `execute` is not called. The schema is
 * sent as the API takes it: no `$schema`, no empty `required`, types in lower case (wire-format 2.4, 11).
 *
 * `execute` returns a value, a Promise, or an Observable: its values are progress, the last one is the result, and
 * unsubscribing from the turn unsubscribes from it. What it throws is told to the model. `approve` asks before it is run.
 *
 * Throws a `TypeError` that names the tool and the place where `parameters` have no JSON Schema.
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
 *
 * @example With zod
 * ```ts
 * const weather = defineTool({
 *   name: 'get_weather',
 *   parameters: z.object({ city: z.string().describe('City name, e.g. Paris') }),
 *   execute: ({ city }) => ({ city, celsius: 22 }),
 * });
 * ```
 *
 * @example With JSON Schema and ajv
 * ```ts
 * const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
 * const weather = defineTool({
 *   name: 'get_weather',
 *   parameters,
 *   validate: new Ajv().compile<{ city: string }>(parameters),
 *   execute: ({ city }) => ({ city, celsius: 22 }),
 * });
 * ```
 */
export function defineTool<Arguments>(config: CodecToolConfig<Arguments>): ClientTool;
export function defineTool<Check extends Validate>(config: SchemaToolConfig<Check>): ClientTool;
export function defineTool({
  name,
  description,
  parameters,
  schema,
  validate,
  execute,
  approve,
}: ToolConfig<never> & {
  readonly parameters?: AnyDecoder | JsonSchema | undefined;
  readonly schema?: JsonSchema | undefined;
  readonly validate?: Validate | undefined;
}): ClientTool {
  const declared = parameters && jsonSchemaOf(parameters, `The parameters of ${name}`, schema);
  const decoder = parameters && isDecoder(parameters) ? parameters : validate && validatedBy(validate);
  // Safe: the overloads tie the type of `execute` to what its arguments are decoded with.
  const perform = execute as (args: unknown, context: ToolContext) => unknown;
  return {
    declaration: {
      type: 'function',
      name,
      ...(description === undefined ? {} : { description }),
      ...(declared === undefined ? {} : { parameters: declared }),
    },
    run: (call) =>
      defer(() => argumentsOf(call, decoder)).pipe(
        concatMap((args) => abortable((signal) => outputsOf(perform(args, { call, signal })))),
      ),
    ...(approve === undefined ? {} : { approve }),
  };
}
