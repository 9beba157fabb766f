import { isErrorLike } from '../../internal/error-like.js';

/** An error as `fetch` rejects with: what the network said is its cause. */
const failure = (message: string, code: string, said: string): TypeError =>
  new TypeError(message, { cause: Object.assign(new Error(said), { code }) });

/** Nobody listens there. */
export const connectionRefused = (): TypeError => failure('fetch failed', 'ECONNREFUSED', 'connect ECONNREFUSED');

/** The other side broke it. */
export const connectionReset = (): TypeError => failure('The connection was reset', 'ECONNRESET', 'read ECONNRESET');

/** Whether a connection is to be seen to break, rather than to end. */
export const isConnectionReset = (error: unknown): boolean =>
  isErrorLike(error) && isErrorLike(error.cause) && error.cause.code === 'ECONNRESET';
