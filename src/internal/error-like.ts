/** What is read of an error, of whatever realm: `instanceof` fails for one that another realm or a mock has made. */
export interface ErrorLike {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Whether a value is an error and not just something with a message. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

export const isErrorLike = (value: unknown): value is ErrorLike =>
  value instanceof Error ||
  (typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string');

/** What an error says: its message, or its code where it has none; and what it rests on, which often says more. */
export const describeError = (error: unknown, depth = 3): string => {
  if (!isErrorLike(error)) return String(error);
  const own = error.message === '' && typeof error.code === 'string' ? error.code : error.message;
  // An attempt at several addresses fails with one error for each of them.
  const reason = error.cause ?? (Array.isArray(error.errors) ? (error.errors[0] as unknown) : undefined);
  return reason === undefined || depth === 0 ? own : `${own} (${describeError(reason, depth - 1)})`;
};
