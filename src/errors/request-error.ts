import { InteractionError } from './interaction-error.js';

/** A request that cannot succeed, refused before anything is sent. {@link fields} names what to change. */
export class RequestError extends InteractionError {
  override readonly name = 'RequestError';
  /** The members of the request that are wrong. */
  readonly fields: readonly string[];

  constructor(fields: readonly string[], message: string, options: { readonly cause?: unknown } = {}) {
    super('invalid_request', message, options);
    this.fields = fields;
  }
}
