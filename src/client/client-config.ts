import type { ObservableInput, SchedulerLike } from 'rxjs';

import type { DecodeEventsConfig } from '../events/index.js';
import type { Transport } from '../transport/index.js';

/** How a client reaches the API. Everything has a default; the key comes from the environment if it is not given. */
export interface ClientConfig {
  /**
   * The API key. `null` sends no credentials at all: something on the way adds them. With a key and a token, the key is used.
   * @defaultValue the first of `GOOGLE_API_KEY`, `GEMINI_API_KEY`, `GOOGLE_GENAI_API_KEY` that is set
   */
  readonly apiKey?: string | null | undefined;
  /**
   * An OAuth token, or where to get one: asked for at each request.
   * @defaultValue `GOOGLE_GENAI_ACCESS_TOKEN`
   */
  readonly accessToken?: string | (() => ObservableInput<string>) | undefined;
  /**
   * Where the API is: everything before the version. May be relative in a browser.
   * @defaultValue `GOOGLE_GEMINI_BASE_URL`, else `https://generativelanguage.googleapis.com`
   */
  readonly baseUrl?: string | undefined;
  /** The API's version. @defaultValue `GOOGLE_GENAI_API_VERSION`, else `v1beta` */
  readonly apiVersion?: string | undefined;
  /** The `Api-Revision` header. The endpoint does not allow it from browsers (quirk Q24). @defaultValue not sent */
  readonly apiRevision?: string | undefined;
  /** The project whose quota is used. @defaultValue `GOOGLE_GENAI_USER_PROJECT`, else not sent */
  readonly userProject?: string | undefined;
  /** More headers, for every request. With `Authorization` or `x-goog-api-key` among them, no other credentials are sent. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What sends requests. @defaultValue undici in Node, `fetch` elsewhere */
  readonly transport?: Transport | undefined;
  /** What is too large. */
  readonly limits?: ClientLimits | undefined;
  /** What a malformed message of a stream does. @defaultValue `'error'` */
  readonly onMalformed?: DecodeEventsConfig['onMalformed'];
  /** Hears what was noticed and ended nothing. What it throws is ignored. */
  readonly onDiagnostic?: DecodeEventsConfig['onDiagnostic'];
  /** What `poll` waits on. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

export interface ClientLimits {
  /** How large one message of a stream may be, in bytes. @defaultValue 64 MiB */
  readonly maxFrameBytes?: number | undefined;
}

/** What may be said for one call. */
export interface RequestConfig {
  /** More headers, for this request; they win over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** More members for the body, for what this library does not know yet. They win over the request's. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

export interface PollConfig extends Pick<RequestConfig, 'headers'> {
  /** How long to wait before the second look, in ms; doubles from look to look. @defaultValue 1,000 */
  readonly delay?: number | undefined;
  /** The longest wait, in ms. @defaultValue 10,000 */
  readonly maxDelay?: number | undefined;
}
