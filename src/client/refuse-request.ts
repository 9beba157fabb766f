import { RequestError } from '../errors/index.js';

/** Refuses a request that cannot succeed; an expression, to stand where a value is missing. */
export const refuseRequest = (fields: readonly string[], message: string, cause?: unknown): never => {
  throw new RequestError(fields, message, { cause });
};
