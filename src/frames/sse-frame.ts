/** One message of an event stream, undecoded. */
export interface SseFrame {
  /** The `data:` lines, joined with line feeds. */
  readonly data: string;
  /** The `event:` field. A hint only: what a message is stands in its data (wire-format 5.1). */
  readonly event?: string | undefined;
  /** The `id:` field. */
  readonly id?: string | undefined;
  /** The stream ended in the middle of this message, or right behind it without the blank line that ends one. */
  readonly unterminated?: true | undefined;
  /**
   * No message at all, but error JSON that a front end wrote into the body before it closed the connection
   * (wire-format 5.1, quirk Q12).
   */
  readonly stray?: true | undefined;
}
