import type { ObservableInput } from 'rxjs';

/** An OAuth token, and what belongs to it. */
export interface AccessToken {
  /** The token, with or without `Bearer ` before it. */
  readonly token: string;
  /** The project whose quota is used, where neither the config nor the environment names one (`userProject`). */
  readonly userProject?: string | undefined;
}

/** What somebody who is asked for a token is told. */
export interface AccessTokenContext {
  /**
   * The token that the server has just refused with 401, as it was given: another one is needed now, whatever a cache says
   * of this one. Where there is no other, the refusal stands.
   */
  readonly refused?: string | undefined;
}

/** Where tokens come from. Asked at each request, and once more when the server refuses what it gave (wire-format 12.1). */
export type AccessTokenSource = (context: AccessTokenContext) => ObservableInput<string | AccessToken>;
