import { InteractionError, withHidden } from './interaction-error.js';

/** One thing that is wrong with a value that was received. */
export interface DecodeIssue {
  /** Where: member names and array places, like `step.delta.index`; empty for the whole. */
  readonly path: string;
  /** What was to be there. */
  readonly expected: string;
}

/** What was received is not JSON (`not_json`), or lacks what must be read (`malformed`). */
export class DecodeError extends InteractionError {
  override readonly name = 'DecodeError';
  /** Where it does not fit, and what was expected there. */
  readonly issues: readonly DecodeIssue[];
  /** What was received: the text where it is not JSON, else the value. Not shown by `console.log`. */
  declare readonly received: unknown;

  constructor(
    code: 'not_json' | 'malformed',
    received: unknown,
    issues: readonly DecodeIssue[],
    options?: { readonly cause?: unknown },
  ) {
    super(
      code,
      code === 'not_json'
        ? `A message is not JSON: ${excerpt(String(received))}`
        : `A message lacks what must be read: ${issues.map(({ path, expected }) => `${path === '' ? 'it' : path} should be ${expected}`).join('; ')}`,
      options,
    );
    this.issues = issues;
    withHidden(this, 'received', received);
  }
}

const excerpt = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
