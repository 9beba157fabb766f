import type { InteractionFault, InteractionStatus } from '../../protocol/index.js';

/** How an answer ended. */
export interface Ending {
  /** `undefined` where a whole answer does not say. */
  readonly reason: string | undefined;
  readonly message?: string | undefined;
  readonly continuationToken?: string | undefined;
}

/** What `interaction.completed` says of an ending. */
export interface Settlement {
  readonly status: InteractionStatus;
  readonly errors?: readonly InteractionFault[];
  readonly continuation_token?: string;
}

/** Reasons to block a prompt that wire-format 12.1 has no code of its own for. */
const BLOCKED: ReadonlySet<string> = new Set(['OTHER', 'MODEL_ARMOR', 'JAILBREAK']);

/** Why a prompt was blocked, as an ending: nothing was answered. */
export const blocked = (reason: string, message: string | undefined): Ending => ({
  reason: BLOCKED.has(reason) ? 'CONTENT_BLOCKED' : reason,
  message: message ?? `The prompt was blocked: ${reason}`,
});

/**
 * A finish reason as a status (wire-format 4): the reasons of blocked content and of broken calls are failures, whose code is
 * the reason in lower case (wire-format 12.1). What was said before stays.
 *
 * @param isWaiting - Whether there are function calls for the client.
 */
export const settlementOf = (
  { reason = 'STOP', message, continuationToken }: Ending,
  isWaiting: boolean,
): Settlement => {
  switch (reason) {
    case 'STOP':
      return { status: isWaiting ? 'requires_action' : 'completed' };
    case 'MAX_TOKENS':
      return { status: 'incomplete' };
    case 'CONTINUATION':
      return {
        status: 'requires_continuation',
        ...(continuationToken !== undefined && { continuation_token: continuationToken }),
      };
    default:
      return {
        status: 'failed',
        errors: [{ code: reason.toLowerCase(), message: message ?? `The model stopped: ${reason}` }],
      };
  }
};
