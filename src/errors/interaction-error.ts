import type { Cursor } from '../protocol/cursor.js';
import type { Interaction } from '../protocol/interaction.js';

const brand = Symbol.for('rx-interactions.error');

/** What an error can tell about its circumstances. */
export interface InteractionErrorOptions {
  /** What this error rests on. */
  readonly cause?: unknown;
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** How long the server asks to wait before another try, in ms. */
  readonly retryAfter?: number | undefined;
  /** The server's name for the request, for its support. */
  readonly requestId?: string | undefined;
  /** The interaction it happened to. */
  readonly interactionId?: string | undefined;
  /** Everything that had arrived until then. */
  readonly partial?: Interaction | undefined;
  /** Where another attempt, in any process, can go on. */
  readonly cursor?: Cursor | undefined;
}

/**
 * The family of errors that this library raises.
 *
 * Tell its members apart by {@link name}, a literal; {@link code} says more. `instanceof` fails when two copies of the
 * package are loaded, {@link InteractionError.is} does not.
 *
 * What was received so far is in {@link partial}. It is left out of `console.log` and `JSON.stringify`, because it holds
 * what users wrote and the signatures of thoughts; no member holds a key or a token.
 */
export abstract class InteractionError extends Error {
  abstract override readonly name: string;
  /** Detail: the server's code for errors of the server, ours otherwise. */
  readonly code: string;
  /** The HTTP status, where there was an answer. */
  declare readonly status?: number | undefined;
  /** How long the server asks to wait before another try, in ms. */
  declare readonly retryAfter?: number | undefined;
  /** The server's name for the request, for its support. */
  declare readonly requestId?: string | undefined;
  /** The interaction it happened to. */
  declare readonly interactionId?: string | undefined;
  /** Everything that had arrived until then. */
  declare readonly partial?: Interaction | undefined;
  /** Where another attempt, in any process, can go on: for `client.resume`. */
  declare readonly cursor?: Cursor | undefined;

  constructor(code: string, message: string, options: InteractionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.status !== undefined) this.status = options.status;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options.requestId !== undefined) this.requestId = options.requestId;
    withHidden(this, brand, true);
    withPartial(this, options);
  }

  /** Whether a value is an error of this family, from whatever copy of the package. */
  static is(error: unknown): error is InteractionError {
    return typeof error === 'object' && error !== null && brand in error;
  }

  /** Name, code, message and circumstances; never the partial interaction. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, status, retryAfter, requestId, interactionId } = this;
    return { name, code, message, status, retryAfter, requestId, interactionId };
  }
}

/** Gives an error a member that neither `console.log` nor `JSON.stringify` shows. */
export const withHidden = <E extends InteractionError>(error: E, name: PropertyKey, value: unknown): E =>
  Object.defineProperty(error, name, { value, configurable: true });

/**
 * Adds to an error what had arrived when it happened. Whoever adds later has seen at least as much, and replaces it. What is
 * no error of ours stays as it is.
 */
export const withPartial = <E>(
  error: E,
  {
    partial,
    cursor,
    interactionId = partial?.id,
  }: Pick<InteractionErrorOptions, 'partial' | 'cursor' | 'interactionId'>,
): E => {
  if (!InteractionError.is(error)) return error;
  if (partial) withHidden(error, 'partial', partial);
  if (cursor && !isGone(error)) withHidden(error, 'cursor', cursor);
  if (interactionId !== undefined && error.interactionId === undefined) Object.assign(error, { interactionId });
  return error;
};

/** Nobody can go on with the interaction that an error is about. */
const isGone = (error: InteractionError): boolean => 'cursor' in error && error.cursor === undefined;

/** Takes from an error the hope of another attempt, for good: there is nothing left that could be gone on with. */
export const withoutCursor = <E extends InteractionError>(error: E): E => withHidden(error, 'cursor', undefined);
