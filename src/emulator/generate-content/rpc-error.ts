import { codeOfStatus } from '../../protocol/index.js';
import { type Answer, json } from '../answer.js';
import type { Refusal } from '../refusal.js';

/** An error as Google's other services tell of one, and so does the older endpoint (wire-format 12.1). */
export interface RpcError {
  /** The HTTP status. */
  readonly code: number;
  readonly message: string;
  /** The name of the error, in capitals. */
  readonly status: string;
}

/** The names that errors have there; the others have the same as here. */
const NAMES: Readonly<Record<string, string>> = {
  invalid_request: 'INVALID_ARGUMENT',
  parameter_unknown: 'INVALID_ARGUMENT',
  missing_thought_signature: 'INVALID_ARGUMENT',
  authentication: 'UNAUTHENTICATED',
  rate_limit_exceeded: 'RESOURCE_EXHAUSTED',
  too_many_requests: 'RESOURCE_EXHAUSTED',
  api_error: 'INTERNAL',
  service_unavailable: 'UNAVAILABLE',
  gateway_timeout: 'DEADLINE_EXCEEDED',
};

const STATUSES = [400, 401, 403, 404, 409, 416, 429, 499, 500, 501, 503, 504];

/** The HTTP status that goes with a code. */
const statusOf = (code: string): number => STATUSES.find((status) => codeOfStatus(status) === code) ?? 500;

/** An error that has a code of the newer endpoint. */
export const rpcError = (code: string, message: string, status = statusOf(code)): RpcError => ({
  code: status,
  message,
  status: Object.hasOwn(NAMES, code) ? (NAMES[code] ?? '') : code.toUpperCase(),
});

/**
 * Refusals as the older endpoint words them.
 *
 * @param isList - Whether they stand in an array, as everything does where a stream is JSON.
 */
export const refusedByRpc =
  (isList: boolean) =>
  ({ status, code, message }: Refusal, headers?: Readonly<Record<string, string>>): Answer => {
    const body = { error: rpcError(code, message, status) };
    return json(isList ? [body] : body, status, headers);
  };
