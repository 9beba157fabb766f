import { CredentialsError } from '../errors/index.js';
import { describeError, isError, isErrorLike } from '../internal/error-like.js';
import type { AccessToken, AccessTokenContext } from './access-token.js';

/** What is used of a client of `google-auth-library`. */
export interface AuthClientLike {
  /** Gives the token it has, or gets another one where that has expired, or will within minutes. */
  getAccessToken(): Promise<{ readonly token?: string | null | undefined }>;
  readonly credentials: { readonly access_token?: string | null | undefined };
  setCredentials(credentials: { access_token?: string | null | undefined; expiry_date?: number | null }): void;
  readonly quotaProjectId?: string | undefined;
}

/** What is used of a `GoogleAuth` of `google-auth-library`: whoever has none needs none of its types. */
export interface GoogleAuthLike {
  getClient(): Promise<AuthClientLike>;
}

export interface ApplicationDefaultConfig {
  /**
   * A `GoogleAuth` of your own, with the scopes and the credentials it was made with.
   * @defaultValue one that looks where Google's libraries look: `GOOGLE_APPLICATION_CREDENTIALS`, the file of
   * `gcloud auth application-default login`, the metadata server
   */
  readonly auth?: GoogleAuthLike | undefined;
  /** What tokens are to be good for. Not with `auth`, which has its own. @defaultValue `https://www.googleapis.com/auth/cloud-platform` */
  readonly scopes?: string | readonly string[] | undefined;
}

const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform';

const isMissingPackage = (error: unknown): boolean =>
  isErrorLike(error) &&
  (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') &&
  error.message.includes("'google-auth-library'");

/** Loaded when somebody asks for a token, and not before: most programs do without it. */
const loadAuth = async (scopes: string | readonly string[]): Promise<GoogleAuthLike> => {
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({ scopes: typeof scopes === 'string' ? scopes : [...scopes] });
};

/** A parser of JSON quotes what it cannot read: here, a file that is all secrets. */
const reasonOf = (error: unknown): string =>
  isError(error) && error.name === 'SyntaxError'
    ? 'the file with the credentials is not JSON'
    : describeError(error).slice(0, 300);

/** Without a cause: errors of the library hold its requests, with everything that a token is got for. */
const asCredentialsError = (error: unknown): CredentialsError =>
  isMissingPackage(error)
    ? new CredentialsError(
        'unavailable',
        'applicationDefault() needs a package that is not installed: npm install google-auth-library@10',
      )
    : new CredentialsError('unavailable', `There are no application-default credentials: ${reasonOf(error)}`);

/** Makes a client forget a token, unless it has another one by now. It takes an expired one for none. */
const forget = (client: AuthClientLike, token: string): void => {
  if (client.credentials.access_token === token) client.setCredentials({ ...client.credentials, expiry_date: 1 });
};

const tokenOf = async (auth: GoogleAuthLike, { refused }: AccessTokenContext): Promise<AccessToken> => {
  const client = await auth.getClient();
  if (refused !== undefined) forget(client, refused);
  const { token } = await client.getAccessToken();
  return { token: token ?? '', userProject: client.quotaProjectId };
};

/**
 * Tokens of Google's application-default credentials, for `accessToken`: of a service account, a user who has signed in with
 * `gcloud`, or the machine it runs on. For Node, and with `google-auth-library` 10 installed beside this package.
 *
 * A token is used until shortly before it expires; one that the server refuses (401) is replaced at once. Requests that need
 * one at the same time get the same. Where the credentials name a project for the quota, it is sent along, unless
 * `userProject` names another.
 *
 * Errors with `CredentialsError`, `code: 'unavailable'`, which holds nothing of the credentials.
 *
 * @example
 * ```ts
 * const { applicationDefault } = await import('rx-interactions/node');
 * const client = createClient({ enterprise: { project: 'my-project' }, accessToken: applicationDefault() });
 * ```
 */
export const applicationDefault = ({ auth, scopes }: ApplicationDefaultConfig = {}): ((
  context?: AccessTokenContext,
) => Promise<AccessToken>) => {
  if (auth !== undefined && scopes !== undefined) {
    throw new TypeError('applicationDefault: scopes are those of auth; give one or the other');
  }
  let loaded: Promise<GoogleAuthLike> | undefined; // one for all requests: it is where tokens are kept
  return async (context = {}) => {
    try {
      loaded ??= auth === undefined ? loadAuth(scopes ?? CLOUD_PLATFORM) : Promise.resolve(auth);
      return await tokenOf(await loaded, context);
    } catch (error) {
      throw asCredentialsError(error);
    }
  };
};
