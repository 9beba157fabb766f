import type { SchedulerLike } from 'rxjs';

import type { DecodeEventsConfig } from '../events/index.js';
import type { Transport } from '../transport/index.js';
import type { AccessTokenSource } from './access-token.js';
import type { EnterpriseConfig } from './enterprise.js';
import type { ResumeConfig } from './resume-ladder.js';
import type { RetryConfig } from './retry-gate.js';
import type { TimeLimits } from './time-limits.js';

/** How a client reaches the API. Everything has a default; the key comes from the environment if it is not given. */
export interface ClientConfig {
  /**
   * The API key. `null` sends no credentials at all: something on the way adds them. With a key and a token, the key is used;
   * on the enterprise endpoint the token.
   * @defaultValue the first of `GOOGLE_API_KEY`, `GEMINI_API_KEY`, `GOOGLE_GENAI_API_KEY` that is set
   */
  readonly apiKey?: string | null | undefined;
  /**
   * An OAuth token, or where to get one: asked for at each request, and once more where the server refuses what it gave.
   * @defaultValue `GOOGLE_GENAI_ACCESS_TOKEN`
   */
  readonly accessToken?: string | AccessTokenSource | undefined;
  /**
   * Asks the enterprise endpoint, which takes tokens and no keys; `{}` with the project of the environment, `false` for the
   * Gemini API whatever the environment says. A base URL of your own gets the path of the project only where `project` or
   * `location` is given here.
   *
   * @defaultValue `GOOGLE_GENAI_USE_ENTERPRISE`, else `GOOGLE_GENAI_USE_VERTEXAI`, where it is `true`
   */
  readonly enterprise?: EnterpriseConfig | false | undefined;
  /**
   * Where the API is: everything before the version. May be relative in a browser.
   * @defaultValue `GOOGLE_GEMINI_BASE_URL`, else `https://generativelanguage.googleapis.com`; on the enterprise endpoint
   * `GOOGLE_VERTEX_BASE_URL`, else the host of the location
   */
  readonly baseUrl?: string | undefined;
  /** The API's version. @defaultValue `GOOGLE_GENAI_API_VERSION`, else `v1beta`; `v1beta1` on the enterprise endpoint */
  readonly apiVersion?: string | undefined;
  /** The `Api-Revision` header. The endpoint does not allow it from browsers (quirk Q24). @defaultValue not sent */
  readonly apiRevision?: string | undefined;
  /** The project whose quota is used. @defaultValue `GOOGLE_GENAI_USER_PROJECT`, else not sent */
  readonly userProject?: string | undefined;
  /** More headers, for every request. With `Authorization` or `x-goog-api-key` among them, no other credentials are sent. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What sends requests. @defaultValue undici in Node, `fetch` elsewhere */
  readonly transport?: Transport | undefined;
  /** When a request that failed is sent again. @defaultValue four times, where that is safe */
  readonly retry?: RetryConfig | undefined;
  /**
   * How the stream of a stored interaction is gone on with when it breaks off; `false` for not at all.
   *
   * @defaultValue up to three attempts in a row that bring nothing
   */
  readonly resume?: ResumeConfig | false | undefined;
  /** What takes too long, or is too large. */
  readonly limits?: ClientLimits | undefined;
  /** What a malformed message of a stream does. @defaultValue `'error'` */
  readonly onMalformed?: DecodeEventsConfig['onMalformed'];
  /** Hears what was noticed and ended nothing. What it throws is ignored. */
  readonly onDiagnostic?: DecodeEventsConfig['onDiagnostic'];
  /** What waits and limits are measured on. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
  /** Where the jitter of waits comes from: numbers from 0 up to 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/**
 * Times are in ms, and none is limited by default: models that think can be silent for minutes. What exceeds one errors
 * with `TimeLimitError`.
 */
export interface ClientLimits extends TimeLimits {
  /** To the head of the answer. Not of `create`, whose answer comes with its head. */
  readonly connect?: number | undefined;
  /** From the subscription to the first event of a stream. */
  readonly firstEvent?: number | undefined;
  /** Between two events of a stream, and between two pieces of an answer that is JSON. Not of that of `create`. */
  readonly idle?: number | undefined;
  /** From the subscription to the end, with everything that is sent again and continued. */
  readonly total?: number | undefined;
  /** How large one message of a stream may be, in bytes. @defaultValue 64 MiB */
  readonly maxFrameBytes?: number | undefined;
}

/** What may be said for one call. */
export interface CallConfig {
  /** More headers, for this request; they win over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Limits of time for this call; they win over the client's, one by one. */
  readonly limits?: TimeLimits | undefined;
}

/** What may be said for a call that listens to a run. */
export interface ListenConfig extends CallConfig {
  /** As in the client's config, which it replaces. */
  readonly resume?: ResumeConfig | false | undefined;
  /**
   * What becomes of a background run that is left, or whose stream fails, while it is running. `'abort'`: it goes on, and
   * can be resumed. `'cancel'`: the server is asked to stop it, once, with a request that lives on for up to 10 s. A
   * foreground run is aborted either way.
   *
   * @defaultValue `'abort'`
   */
  readonly teardown?: 'abort' | 'cancel' | undefined;
}

/** What may be said for a call that goes on with an interaction. */
export interface ResumeCallConfig extends ListenConfig {
  /**
   * Whether what a cursor has already comes first, as events that rebuild it, without a request: for operators that are to
   * see the whole (`reduceArguments`, `scanText`, `groupByStep`). Without a cursor everything comes anyway.
   *
   * @defaultValue `false`
   */
  readonly replay?: boolean | undefined;
}

/** What may be said for a call that starts an interaction. */
export interface RequestConfig extends ListenConfig {
  /** More members for the body, for what this library does not know yet. They win over the request's. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /**
   * What an answer does that takes more than one request (`requires_continuation`, wire-format 10). `'auto'`: it is
   * continued, and comes as one. `'manual'`: it ends there, and you send the `continuation_token`.
   *
   * @defaultValue `'auto'`
   */
  readonly continuation?: 'auto' | 'manual' | undefined;
}

/**
 * What may be said for a call that looks again and again. Here `limits.idle`, if the call gives it, is how long nothing may
 * change in what is seen; the client's own is about what comes of one request.
 */
export interface PollConfig extends Omit<ListenConfig, 'resume'> {
  /** How long to wait before the second look, in ms; doubles from look to look. @defaultValue 1,000 */
  readonly delay?: number | undefined;
  /** The longest wait, in ms; at most half of `limits.idle`. @defaultValue 10,000 */
  readonly maxDelay?: number | undefined;
}
