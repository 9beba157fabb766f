import { isRecord } from '../internal/is-record.js';

/** What the server says went wrong. */
export interface ServerFault {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** The codes of statuses (wire-format 12.1): the API's own names, and the reason phrases of HTTP for the rest. */
const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'authentication',
  402: 'payment_required',
  403: 'permission_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'aborted',
  410: 'gone',
  412: 'precondition_failed',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  416: 'out_of_range',
  422: 'unprocessable_entity',
  429: 'rate_limit_exceeded',
  499: 'cancelled',
  500: 'api_error',
  501: 'unimplemented',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
};

/** The code of an error that brought none. */
export const codeOfStatus = (status: number): string =>
  CODES[status] ?? (status >= 500 ? 'api_error' : `http_${String(status)}`);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * Reads an error body in any of its shapes (wire-format 12.1): `{ error: { code, message } }` with a string code,
 * `google.rpc` with a numeric one and a `status`, either of them in an array, or bare. `undefined` where it is no error.
 */
export const serverFaultOf = (body: unknown): ServerFault | undefined => {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (!isRecord(first)) return undefined;
  const error = first['error'] ?? first;
  if (typeof error === 'string') return { code: undefined, message: error };
  if (!isRecord(error)) return undefined;
  const number = typeof error['code'] === 'number' ? codeOfStatus(error['code']) : undefined;
  const code = text(error['code']) ?? text(error['status'])?.toLowerCase() ?? number;
  const message = text(error['message']);
  return code === undefined && message === undefined ? undefined : { code, message };
};

/** Whether a successful answer holds an error and no interaction. */
export const isFaultBody = (body: unknown): boolean => {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  return isRecord(first) && isRecord(first['error']) && first['id'] === undefined && first['steps'] === undefined;
};
