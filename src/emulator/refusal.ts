/** Why a request is refused: thrown where it is found, answered in one place, in the first of the API's error shapes. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A request that cannot be what its sender meant. */
export const invalid = (message: string): Refusal => new Refusal(400, 'invalid_request', message);

/** A member that the API does not know. It never ignores one. */
export const unknownMember = (path: string): Refusal =>
  new Refusal(400, 'parameter_unknown', `Unknown parameter: '${path}'.`);

/** Something that is not there, or not any more. */
export const notFound = (message: string): Refusal => new Refusal(404, 'not_found', message);
