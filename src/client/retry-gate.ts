import { defer, type MonoTypeOperatorFunction, retry, type SchedulerLike, tap, timer } from 'rxjs';

import { type HttpError, InteractionError } from '../errors/index.js';
import { measurable } from '../internal/measurable.js';
import type { Diagnostic } from '../protocol/index.js';
import { wasNeverSent } from '../transport/index.js';
import { jitteredWait } from './back-off.js';

/** How often, and how patiently, a request is sent again. */
export interface RetryConfig {
  /** How many times; 0 for never. @defaultValue 4 */
  readonly count?: number | undefined;
  /** The first wait, in ms; doubles from try to try, less up to a quarter at random. @defaultValue 500 */
  readonly delay?: number | undefined;
  /** The longest wait, in ms. Where the server asks for a longer one, the error is final. @defaultValue 8,000 */
  readonly maxDelay?: number | undefined;
  /**
   * Whether a create request is sent again even though the first may have been accepted: it may then run, and be billed,
   * twice. There is no way to tell the server that both are one (wire-format 12.3). @defaultValue `false`
   */
  readonly resend?: boolean | undefined;
}

export interface RetryGateConfig {
  /** Whether the request may be sent again freely: it makes nothing new. */
  readonly isRepeatable: boolean;
  readonly retry: RetryConfig | undefined;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

export const isHttpError = (error: InteractionError): error is HttpError => error.name === 'HttpError';

/** Refused with a promise that a later try may succeed, and without having begun. */
const wasTurnedAway = ({ status, code, retryAfter }: HttpError): boolean =>
  status === 503 || (status === 429 && (code !== 'quota_exceeded' || retryAfter !== undefined));

/** Whether the server may answer something else another time. */
export const isPassing = (error: HttpError): boolean => wasTurnedAway(error) || isTransient(error);

const isTransient = ({ status, code }: HttpError): boolean =>
  status === 408 || code === 'aborted' || (status >= 500 && status !== 501);

const isConnectionError = ({ name, code }: InteractionError): boolean =>
  (name === 'TransportError' && (code === 'connection_failed' || code === 'connection_lost')) ||
  (name === 'TimeLimitError' && (code === 'connect' || code === 'idle'));

/** Whether sending a request again can help, and can do no harm (wire-format 12.3). */
const isWorthAnother = (error: unknown, mayRepeat: boolean): error is InteractionError => {
  if (!InteractionError.is(error)) return false;
  if (isHttpError(error)) return wasTurnedAway(error) || (mayRepeat && isTransient(error));
  return isConnectionError(error) && (mayRepeat || wasNeverSent(error.cause));
};

/**
 * Sends again what failed, as long as that is safe: a request that makes something new only when it cannot have been
 * accepted. Once something was emitted nothing is sent again here.
 *
 * ```text
 * attempts     -#
 *               ~~~-#                 ~: waits
 *                   ~~~~~~-r|
 * retryGate()  ------------r|
 * ```
 */
export const retryGate =
  <T>({ isRepeatable, retry: config = {}, report, scheduler, random }: RetryGateConfig): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      const { count = 4, delay = 500, maxDelay = 8000, resend = false } = config;
      let hasEmitted = false;
      return source.pipe(
        tap(() => {
          hasEmitted = true;
        }),
        retry({
          count,
          delay: (error: unknown, attempt) => {
            if (hasEmitted || !isWorthAnother(error, isRepeatable || resend)) throw error;
            const wait = error.retryAfter ?? jitteredWait({ delay, maxDelay }, attempt - 1, random);
            if (wait > maxDelay) throw error;
            report({ code: 'request_retried', text: `${error.name} ${error.code}, try ${attempt + 1}` });
            return timer(measurable(wait), scheduler);
          },
        }),
      );
    });
