import { InteractionError } from './interaction-error.js';

/**
 * No credentials were found (`missing`), or where they come from failed (`unavailable`), or they are refused
 * (`unsupported`), or they would travel unprotected (`insecure`).
 */
export class CredentialsError extends InteractionError {
  override readonly name = 'CredentialsError';

  public constructor(
    code: 'missing' | 'unavailable' | 'unsupported' | 'insecure',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(code, message, options);
  }
}
