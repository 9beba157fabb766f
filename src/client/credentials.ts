import {
  catchError,
  defer,
  map,
  type Observable,
  type ObservableInput,
  of,
  take,
  throwError,
  throwIfEmpty,
} from 'rxjs';

import { CredentialsError } from '../errors/index.js';
import { describeError } from '../internal/error-like.js';
import type { Diagnostic } from '../protocol/index.js';
import type { ClientConfig } from './client-config.js';
import { environment, presence } from './environment.js';
import { hasCredentials, type HeaderMap, isHeaderValue } from './headers.js';

const NONE: HeaderMap = {};

const KEY_VARIABLES = ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_GENAI_API_KEY'] as const;

/** Ask for the enterprise endpoint; the newer one is heard first. */
const ENTERPRISE_VARIABLES = ['GOOGLE_GENAI_USE_ENTERPRISE', 'GOOGLE_GENAI_USE_VERTEXAI'] as const;

const keyHeader = (key: string): HeaderMap => {
  if (key.startsWith('auth_tokens/')) {
    throw new CredentialsError(
      'unsupported',
      'The key is an ephemeral token of the Live API, which the Interactions API does not accept; use an API key',
    );
  }
  return { 'x-goog-api-key': headerSafe(key, 'apiKey') };
};

const tokenHeader = (token: string): HeaderMap => {
  const value = token.trim();
  if (value === '') throw new CredentialsError('missing', 'accessToken gave an empty token');
  return { authorization: headerSafe(/^bearer /i.test(value) ? value : `Bearer ${value}`, 'accessToken') };
};

/** Network libraries put a header they refuse into their message, so what cannot be sent is refused here. */
const headerSafe = (value: string, name: string): string => {
  if (isHeaderValue(value)) return value;
  throw new CredentialsError(
    'unsupported',
    `${name} holds characters that a header cannot carry; is there a line break in it?`,
  );
};

const environmentHeaders = (report: (diagnostic: Diagnostic) => void): HeaderMap => {
  const enterprise = ENTERPRISE_VARIABLES.find((name) => environment(name) !== undefined);
  if (enterprise !== undefined && environment(enterprise)?.toLowerCase() === 'true') {
    throw new CredentialsError(
      'unsupported',
      `${enterprise} asks for the enterprise endpoint, which is not supported yet; unset it, or give apiKey or accessToken`,
    );
  }
  const set = KEY_VARIABLES.filter((name) => environment(name) !== undefined);
  const [name, ...others] = set;
  if (name !== undefined) {
    const ambiguous = others.find((other) => environment(other) !== environment(name));
    if (ambiguous !== undefined)
      report({ code: 'credentials_ambiguous', text: `${name} is used, ${ambiguous} is not` });
    return keyHeader(environment(name) ?? '');
  }
  const token = environment('GOOGLE_GENAI_ACCESS_TOKEN');
  if (token !== undefined) return tokenHeader(token);
  throw new CredentialsError(
    'missing',
    'No credentials: set GEMINI_API_KEY or GOOGLE_API_KEY, or give createClient apiKey or accessToken (apiKey: null sends none)',
  );
};

/** What a function for tokens gives; that it gives nothing, or fails, is a matter of credentials, too. */
const askFor = (accessToken: () => ObservableInput<string>): Observable<HeaderMap> =>
  defer(accessToken).pipe(
    catchError((cause: unknown) =>
      throwError(() => new CredentialsError('unavailable', `accessToken failed: ${describeError(cause)}`, { cause })),
    ),
    take(1),
    throwIfEmpty(() => new CredentialsError('missing', 'accessToken gave no token')),
    map(tokenHeader),
  );

/** The headers that say who asks, by the rules of wire-format 1.5. Looked up at each subscription, never before. */
export const credentials = (
  config: ClientConfig,
  given: HeaderMap,
  report: (diagnostic: Diagnostic) => void,
): Observable<HeaderMap> =>
  defer(() => {
    const { apiKey, accessToken } = config;
    if (apiKey === null || hasCredentials(given)) return of(NONE);
    const key = presence(apiKey);
    if (key !== undefined) return of(keyHeader(key));
    if (typeof accessToken === 'function') return askFor(accessToken);
    const token = presence(accessToken);
    return of(token === undefined ? environmentHeaders(report) : tokenHeader(token));
  });
