import type { Diagnostic } from '../protocol/index.js';
import type { HeaderMap } from './headers.js';

/** Whether this is a page or a worker of one, as the official SDK tells it. */
const isBrowser = (): boolean => {
  const { window, importScripts } = globalThis as {
    readonly window?: { readonly document?: unknown };
    readonly importScripts?: unknown;
  };
  return window?.document !== undefined || typeof importScripts === 'function';
};

/**
 * Says, once for each client, that an API key is sent from a browser: whoever looks at the page can read it, and use it.
 * A token is of one user and ends soon; and a relay that adds the key (`apiKey: null`) shows nobody anything.
 *
 * @returns What looks at the headers of each request.
 */
export const keyInBrowser = (report: (diagnostic: Diagnostic) => void): ((headers: HeaderMap) => void) => {
  let hasReported = false;
  return (headers) => {
    if (hasReported || !('x-goog-api-key' in headers) || !isBrowser()) return;
    hasReported = true;
    report({
      code: 'key_in_browser',
      text: 'An API key is sent from a browser, where everybody can read it; let a relay of yours add it (apiKey: null), or use accessToken',
    });
  };
};
