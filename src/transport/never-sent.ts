import { isErrorLike } from '../internal/error-like.js';

/** No name, no route, nobody there, no agreement on encryption: the request itself had not been sent yet. */
const BEFORE_SENDING =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|DEPTH_ZERO_\w+|HOSTNAME_MISMATCH)$/;

/**
 * Whether an error of the network tells that the server cannot have seen the request. A browser tells nothing: there the
 * answer is no.
 */
export const wasNeverSent = (error: unknown, depth = 5): boolean => {
  if (!isErrorLike(error) || depth === 0) return false;
  if (typeof error.code === 'string' && BEFORE_SENDING.test(error.code)) return true;
  // An attempt at several addresses fails with one error for each of them.
  if (Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every((each) => wasNeverSent(each, depth - 1));
  }
  return wasNeverSent(error.cause, depth - 1);
};
