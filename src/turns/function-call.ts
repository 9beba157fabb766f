/** A function call that is complete and can be run. */
export interface FunctionCall {
  /** The call's place in `interaction.steps`. */
  readonly position: number;
  /** What the result refers to; a surrogate where the server left it empty (quirk Q28). */
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}
