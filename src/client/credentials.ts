import { identity } from 'rxjs';

import { CredentialsError } from '../errors/index.js';
import type { Diagnostic } from '../protocol/index.js';
import type { AccessToken, AccessTokenSource } from './access-token.js';
import type { ClientConfig } from './client-config.js';
import type { EnterpriseConfig } from './enterprise.js';
import { environment, firstSaid, presence } from './environment.js';
import { hasCredentials, type HeaderMap, isHeaderValue } from './headers.js';

const KEY_VARIABLES = ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_GENAI_API_KEY'] as const;

const refuse = (code: 'missing' | 'unsupported', message: string): never => {
  throw new CredentialsError(code, message);
};

/** Network libraries put a header they refuse into their message, so what cannot be sent is refused here. */
const headerSafe = (value: string, name: string): string =>
  isHeaderValue(value)
    ? value
    : refuse('unsupported', `${name} holds characters that a header cannot carry; is there a line break in it?`);

const keyHeader = (key: string | undefined): HeaderMap | undefined => {
  if (key?.startsWith('auth_tokens/')) {
    refuse(
      'unsupported',
      'The key is an ephemeral token of the Live API, which the Interactions API does not accept; use an API key',
    );
  }
  return key === undefined ? undefined : { 'x-goog-api-key': headerSafe(key, 'apiKey') };
};

/** `Bearer` is put before a token where it is missing. */
const tokenHeader = (token: string | undefined): HeaderMap | undefined =>
  token === undefined
    ? undefined
    : { authorization: headerSafe(/^bearer /i.test(token) ? token : `Bearer ${token}`, 'accessToken') };

/** The headers of what a source of tokens gave. */
export const accessTokenHeaders = ({ token, userProject }: AccessToken): HeaderMap => ({
  ...(tokenHeader(presence(token)) ?? refuse('missing', 'accessToken gave an empty token')),
  ...(userProject === undefined ? {} : { 'x-goog-user-project': headerSafe(userProject, 'userProject') }),
});

/** What says who asks: headers, or somebody to ask for a token. */
export type Credentials = HeaderMap | AccessTokenSource;

const givenToken = ({ accessToken }: ClientConfig): Credentials | undefined =>
  typeof accessToken === 'function' ? accessToken : tokenHeader(presence(accessToken));

const environmentToken = (): HeaderMap | undefined => tokenHeader(environment('GOOGLE_GENAI_ACCESS_TOKEN'));

const environmentKey = (report: (diagnostic: Diagnostic) => void): HeaderMap | undefined =>
  keyHeader(firstSaid(KEY_VARIABLES, identity, 'credentials_ambiguous', report));

/** Of the Gemini API: a key before a token, what is given before the environment. */
const developerCredentials = (config: ClientConfig, report: (diagnostic: Diagnostic) => void): Credentials =>
  keyHeader(presence(config.apiKey)) ??
  givenToken(config) ??
  environmentKey(report) ??
  environmentToken() ??
  refuse(
    'missing',
    'No credentials: set GEMINI_API_KEY or GOOGLE_API_KEY, or give createClient apiKey or accessToken (apiKey: null sends none)',
  );

const HOW_TO_GET_A_TOKEN =
  'give accessToken, for example applicationDefault() from rx-interactions/node, or set GOOGLE_GENAI_ACCESS_TOKEN';

/** Of the enterprise endpoint: a token. A key in the environment is meant for another endpoint; one that is given is a mistake. */
const enterpriseCredentials = (config: ClientConfig): Credentials => {
  const token = givenToken(config);
  if (token !== undefined) return token;
  if (presence(config.apiKey) !== undefined) {
    refuse(
      'unsupported',
      `The enterprise endpoint takes no API key for interactions (express mode): ${HOW_TO_GET_A_TOKEN}; or ask the Gemini API, with enterprise: false`,
    );
  }
  const unused = KEY_VARIABLES.find((name) => environment(name) !== undefined);
  return (
    environmentToken() ??
    refuse(
      'missing',
      `The enterprise endpoint needs an access token: ${HOW_TO_GET_A_TOKEN}${unused === undefined ? '' : `; it takes no API key (${unused})`}`,
    )
  );
};

/** Who asks, by the rules of wire-format 1.5. To be looked up at each subscription, never before. */
export const credentialsOf = (
  config: ClientConfig,
  enterprise: EnterpriseConfig | undefined,
  given: HeaderMap,
  report: (diagnostic: Diagnostic) => void,
): Credentials => {
  if (config.apiKey === null || hasCredentials(given)) return {};
  return enterprise ? enterpriseCredentials(config) : developerCredentials(config, report);
};
