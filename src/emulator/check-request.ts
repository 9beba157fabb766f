import { isRecord } from '../internal/is-record.js';
import { InteractionRequest, type Step } from '../protocol/index.js';
import { checkParts } from './check-parts.js';
import { checkValue } from './check-value.js';
import { readInput } from './read-input.js';
import { invalid } from './refusal.js';
import { REQUEST_RULES, present } from './request-rules.js';

/** A request that can be answered, as far as its body tells. */
export interface CheckedRequest {
  readonly request: InteractionRequest;
  readonly input: readonly Step[];
}

/** A stateful continuation goes on without any input (wire-format 10). */
const needsInput = ({ continuation_token, previous_interaction_id }: InteractionRequest): boolean =>
  !present(continuation_token) || !present(previous_interaction_id);

/**
 * Reads the body of a create request, or refuses it with the member that is wrong.
 *
 * @param isEnterprise - Whether it came to the enterprise endpoint, which takes what the Gemini API refuses.
 */
export const checkRequest = (body: unknown, isEnterprise: boolean): CheckedRequest => {
  if (!isRecord(body)) throw invalid('The body has to be a JSON object.');
  const { input: said, ...rest } = body;
  checkValue(InteractionRequest, rest);
  const decoded = InteractionRequest.decode(rest);
  if (decoded._tag === 'Left') throw invalid('The body is no request.'); // not reached: it has just been checked
  const request: InteractionRequest = decoded.right;
  for (const rule of REQUEST_RULES) {
    const reason = rule({ request, isEnterprise });
    if (reason !== undefined) throw invalid(reason);
  }
  checkParts(request);
  const input = readInput(said, isEnterprise);
  if (input.length === 0 && needsInput(request)) throw invalid("Missing required parameter: 'input'.");
  return { request, input };
};
