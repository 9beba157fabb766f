import type { Observable } from 'rxjs';

/** One HTTP request, complete: address, headers and body are final. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute, or relative to the page in a browser. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string | undefined;
}

/** The head of an answer, and its bytes as they arrive. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The bytes, in whatever chunks the network gives. Single use; leaving it aborts the request. */
  readonly body: Observable<Uint8Array>;
}

/**
 * Sends a request when subscribed to and emits the head of its answer, once. Stays open until the body has ended;
 * leaving it before, or leaving the body, aborts the request before `unsubscribe()` returns.
 */
export type Transport = (request: TransportRequest) => Observable<TransportResponse>;
