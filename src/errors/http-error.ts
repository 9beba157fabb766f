import { InteractionError, type InteractionErrorOptions, withHidden } from './interaction-error.js';

/** The server answered with a status of 400 or more. {@link code} is the server's (wire-format 12.1). */
export class HttpError extends InteractionError {
  override readonly name = 'HttpError';
  declare readonly status: number;
  /** The answer's body: parsed where it is JSON, else its text. Not shown by `console.log`. */
  declare readonly body: unknown;

  constructor(
    code: string,
    message: string,
    { body, ...options }: InteractionErrorOptions & { readonly status: number; readonly body: unknown },
  ) {
    super(code, message, options);
    withHidden(this, 'body', body);
  }
}
