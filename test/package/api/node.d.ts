// What index.d.ts declares is not repeated here.

import { Dispatcher } from 'undici';

import { Observable } from 'rxjs';

interface ApplicationDefaultConfig {
  readonly auth?: GoogleAuthLike | undefined;
  readonly scopes?: string | readonly string[] | undefined;
}

interface AuthClientLike {
  getAccessToken(): Promise<{
    readonly token?: string | null | undefined;
  }>;
  readonly credentials: {
    readonly access_token?: string | null | undefined;
  };
  setCredentials(credentials: { access_token?: string | null | undefined; expiry_date?: number | null }): void;
  readonly quotaProjectId?: string | undefined;
}

interface GoogleAuthLike {
  getClient(): Promise<AuthClientLike>;
}

interface UndiciTransportConfig {
  readonly dispatcher?: Dispatcher;
}

declare const applicationDefault: ({
  auth,
  scopes,
}?: ApplicationDefaultConfig) => (context?: AccessTokenContext) => Promise<AccessToken>;

declare const undiciTransport: ({ dispatcher }?: UndiciTransportConfig) => Transport;

export { applicationDefault, undiciTransport };

export type { ApplicationDefaultConfig, GoogleAuthLike, UndiciTransportConfig };
