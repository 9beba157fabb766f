import { type HttpError, InteractionError } from '../errors/index.js';

/** Whether an error is an answer with one of some statuses. */
export const hasStatus = (error: unknown, ...statuses: readonly number[]): error is HttpError =>
  InteractionError.is(error) && error.name === 'HttpError' && statuses.includes(error.status ?? 0);
