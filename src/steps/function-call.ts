/** A function call that is complete and can be run. */
export interface FunctionCall<Arguments = Readonly<Record<string, unknown>>> {
  /** The wire's index of the step; a snapshot does not know it. */
  readonly index?: number | undefined;
  /** The call's place in `interaction.steps`. */
  readonly position: number;
  /** What the result refers to; a surrogate where the server left it empty (quirk Q28). */
  readonly id: string;
  readonly name: string;
  readonly arguments: Arguments;
}

/** The id of a call that the server gave none. */
export const surrogateId = (position: number): string => `call_${String(position)}`;
