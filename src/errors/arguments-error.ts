import { InteractionError } from './interaction-error.js';

/** The arguments of a function call are not a JSON object (`not_json`), or do not fit what the tool declares (`invalid`). */
export class ArgumentsError extends InteractionError {
  override readonly name = 'ArgumentsError';
  /** The arguments as text, as they were received. */
  readonly text: string;

  constructor(code: 'not_json' | 'invalid', message: string, text: string, options?: { readonly cause?: unknown }) {
    super(code, message, options);
    this.text = text;
  }
}
