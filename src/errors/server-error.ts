import { InteractionError } from './interaction-error.js';

/** The server's error from inside a stream or a successful answer. {@link code} is the server's (wire-format 12). */
export class ServerError extends InteractionError {
  override readonly name = 'ServerError';
}
