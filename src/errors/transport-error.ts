import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

/**
 * No connection (`connection_failed`), one that broke (`connection_lost`), a redirect that was not followed
 * (`redirect_refused`), or a success that is neither an event stream nor JSON (`unexpected_content`).
 */
export class TransportError extends InteractionError {
  override readonly name = 'TransportError';

  public constructor(
    code: 'connection_failed' | 'connection_lost' | 'redirect_refused' | 'unexpected_content',
    message: string,
    options?: InteractionErrorOptions,
  ) {
    super(code, message, options);
  }
}
