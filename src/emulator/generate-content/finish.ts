import { isRecord } from '../../internal/is-record.js';

/** How an answer ended, as the older endpoint says it. */
export interface Finish {
  readonly finishReason: string;
  readonly finishMessage?: string;
}

/** Errors that the older endpoint does not tell as errors: the answer ends for that reason (wire-format 12.1). */
const REASONS: ReadonlySet<string> = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'PROHIBITED_CONTENT',
  'SPII',
  'BLOCKLIST',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
  'IMAGE_OTHER',
  'MALFORMED_FUNCTION_CALL',
  'UNEXPECTED_TOOL_CALL',
  'NO_IMAGE',
  'TOO_MANY_TOOL_CALLS',
]);

/** What can be said of an error. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

/** The first of the errors that something carries. */
export const faultIn = (errors: unknown): Fault | undefined => {
  const error: unknown = Array.isArray(errors) ? errors[0] : errors;
  if (!isRecord(error)) return undefined;
  const { code, message } = error as Readonly<Partial<Record<'code' | 'message', unknown>>>;
  return {
    code: typeof code === 'string' ? code : 'api_error',
    message: typeof message === 'string' ? message : 'Something went wrong.',
  };
};

/** The ending that an error is; `undefined` for errors that are told as such. */
export const finishOfFault = ({ code, message }: Fault): Finish | undefined => {
  const finishReason = code.toUpperCase();
  return REASONS.has(finishReason) ? { finishReason, finishMessage: message } : undefined;
};

/** A status as the reason for which an answer ended. */
export const finishOf = (status: unknown, errors: unknown): Finish => {
  if (status === 'completed' || status === 'requires_action') return { finishReason: 'STOP' };
  if (status === 'incomplete') return { finishReason: 'MAX_TOKENS' };
  const fault = faultIn(errors);
  const other = { finishReason: 'OTHER', finishMessage: fault?.message ?? `The interaction is ${String(status)}.` };
  return (fault && finishOfFault(fault)) ?? other;
};
