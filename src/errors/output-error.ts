import { InteractionError } from './interaction-error.js';

/** Structured output is not JSON (`not_json`), ended before it was whole (`incomplete`), or does not fit its codec (`invalid`). */
export class OutputError extends InteractionError {
  override readonly name = 'OutputError';
  /** The output as text, as far as it was received. */
  readonly text: string;

  constructor(
    code: 'not_json' | 'incomplete' | 'invalid',
    message: string,
    text: string,
    options?: { readonly cause?: unknown },
  ) {
    super(code, message, options);
    this.text = text;
  }
}
