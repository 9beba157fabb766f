import { CredentialsError } from '../errors/index.js';
import type { Diagnostic } from '../protocol/index.js';
import type { AccessToken, AccessTokenSource } from './access-token.js';
import type { ClientConfig } from './client-config.js';
import { isChoiceAmbiguous, isEnterprise } from './enterprise.js';
import { environment, presence } from './environment.js';
import { hasCredentials, type HeaderMap, isHeaderValue } from './headers.js';

const NONE: HeaderMap = {};

const KEY_VARIABLES = ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_GENAI_API_KEY'] as const;

/** Network libraries put a header they refuse into their message, so what cannot be sent is refused here. */
const headerSafe = (value: string, name: string): string => {
  if (isHeaderValue(value)) return value;
  throw new CredentialsError(
    'unsupported',
    `${name} holds characters that a header cannot carry; is there a line break in it?`,
  );
};

const keyHeader = (key: string): HeaderMap => {
  if (key.startsWith('auth_tokens/')) {
    throw new CredentialsError(
      'unsupported',
      'The key is an ephemeral token of the Live API, which the Interactions API does not accept; use an API key',
    );
  }
  return { 'x-goog-api-key': headerSafe(key, 'apiKey') };
};

/** `Bearer` is put before a token where it is missing. */
const tokenHeader = (token: string): HeaderMap => {
  const value = token.trim();
  if (value === '') throw new CredentialsError('missing', 'accessToken gave an empty token');
  return { authorization: headerSafe(/^bearer /i.test(value) ? value : `Bearer ${value}`, 'accessToken') };
};

/** The headers of what a source of tokens gave. */
export const accessTokenHeaders = ({ token, userProject }: AccessToken): HeaderMap => ({
  ...tokenHeader(token),
  ...(userProject === undefined ? {} : { 'x-goog-user-project': headerSafe(userProject, 'userProject') }),
});

/** What says who asks: headers, or somebody to ask for a token. */
export type Credentials = HeaderMap | AccessTokenSource;

const givenToken = ({ accessToken }: ClientConfig): Credentials | undefined => {
  if (typeof accessToken === 'function') return accessToken;
  const token = presence(accessToken);
  return token === undefined ? undefined : tokenHeader(token);
};

const environmentToken = (): HeaderMap | undefined => {
  const token = environment('GOOGLE_GENAI_ACCESS_TOKEN');
  return token === undefined ? undefined : tokenHeader(token);
};

const environmentKey = (report: (diagnostic: Diagnostic) => void): HeaderMap | undefined => {
  const [name, ...others] = KEY_VARIABLES.filter((variable) => environment(variable) !== undefined);
  if (name === undefined) return undefined;
  const ambiguous = others.find((other) => environment(other) !== environment(name));
  if (ambiguous !== undefined) report({ code: 'credentials_ambiguous', text: `${name} is used, ${ambiguous} is not` });
  return keyHeader(environment(name) ?? '');
};

/** Of the Gemini API: a key before a token, what is given before the environment. */
const developerCredentials = (config: ClientConfig, report: (diagnostic: Diagnostic) => void): Credentials => {
  const key = presence(config.apiKey);
  const found =
    key === undefined ? (givenToken(config) ?? environmentKey(report) ?? environmentToken()) : keyHeader(key);
  if (found !== undefined) return found;
  throw new CredentialsError(
    'missing',
    'No credentials: set GEMINI_API_KEY or GOOGLE_API_KEY, or give createClient apiKey or accessToken (apiKey: null sends none)',
  );
};

const HOW_TO_GET_A_TOKEN =
  'give accessToken, for example applicationDefault() from rx-interactions/node, or set GOOGLE_GENAI_ACCESS_TOKEN';

/** Of the enterprise endpoint: a token. A key in the environment is meant for another endpoint; one that is given is a mistake. */
const enterpriseCredentials = (config: ClientConfig): Credentials => {
  const token = givenToken(config);
  if (token !== undefined) return token;
  if (presence(config.apiKey) !== undefined) {
    throw new CredentialsError(
      'unsupported',
      `The enterprise endpoint takes no API key for interactions (express mode): ${HOW_TO_GET_A_TOKEN}; or ask the Gemini API, with enterprise: false`,
    );
  }
  const found = environmentToken();
  if (found !== undefined) return found;
  const unused = KEY_VARIABLES.find((name) => environment(name) !== undefined);
  throw new CredentialsError(
    'missing',
    `The enterprise endpoint needs an access token: ${HOW_TO_GET_A_TOKEN}${unused === undefined ? '' : `; it takes no API key (${unused})`}`,
  );
};

/** Who asks, by the rules of wire-format 1.5. To be looked up at each subscription, never before. */
export const credentialsOf = (
  config: ClientConfig,
  given: HeaderMap,
  report: (diagnostic: Diagnostic) => void,
): Credentials => {
  if (isChoiceAmbiguous(config)) {
    report({
      code: 'enterprise_ambiguous',
      text: 'GOOGLE_GENAI_USE_ENTERPRISE is used, GOOGLE_GENAI_USE_VERTEXAI says something else',
    });
  }
  if (config.apiKey === null || hasCredentials(given)) return NONE;
  return isEnterprise(config) ? enterpriseCredentials(config) : developerCredentials(config, report);
};
