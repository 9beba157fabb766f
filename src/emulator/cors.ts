import type { Answer } from './answer.js';

/** What a page may send. `Api-Revision` is not among it, as at the live endpoint (quirk Q24). */
const ALLOWED_HEADERS = ['authorization', 'content-type', 'x-goog-api-client', 'x-goog-api-key', 'x-goog-user-project'];

/** Goes with every answer, so that a page of any origin can read it. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after, retry-after-ms',
};

/** The answer to a browser that asks before it sends. */
export const preflight = (methods: readonly string[]): Answer => ({
  status: 204,
  headers: {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': ALLOWED_HEADERS.join(', '),
    'access-control-max-age': '3600',
  },
  body: null,
});
