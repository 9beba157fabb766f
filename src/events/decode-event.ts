import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';

import { DecodeError, type DecodeIssue } from '../errors/index.js';
import { isRecord } from '../internal/is-record.js';
import { InteractionEvent } from '../protocol/index.js';

/** What a codec did not like, as paths and expectations. */
export const issuesOf = (errors: t.Errors): readonly DecodeIssue[] => errors.map(issueOf);

/** The member names that lead to where a codec failed; those of unions and of the whole are empty. */
const issueOf = ({ context }: t.ValidationError): DecodeIssue => ({
  path: context
    .map(({ key }) => key)
    .filter((key) => key !== '')
    .join('.'),
  expected: context.at(-1)?.type.name ?? 'something else',
});

/** The event that a parsed message is; throws the `DecodeError` that says why it is none. */
export const readEvent = (received: unknown): InteractionEvent => {
  if (InteractionEvent.is(received)) return received;
  if (!isRecord(received) || typeof received['event_type'] !== 'string') {
    throw new DecodeError('malformed', received, [{ path: 'event_type', expected: 'string' }]);
  }
  const result = InteractionEvent.decode(received);
  if (result._tag === 'Right') return result.right;
  throw new DecodeError('malformed', received, issuesOf(result.left));
};

/**
 * Decodes one parsed message into a typed event: for those who compose with fp-ts, and for single messages.
 *
 * A canonical event comes back as the same object. An event, step, delta or block of an unknown kind is kept under
 * `'unknown'` with what was `received`; a known event without what must be read (its index, the payload of its delta) is
 * a `Left` with the path of each issue. An optional member of the wrong type is left out.
 *
 * @example
 * ```ts
 * const decoded = decodeEvent(JSON.parse('{"event_type":"step.stop","index":0}'));
 * if (decoded._tag === 'Right') console.log(decoded.right.event_type); // step.stop
 * ```
 */
export const decodeEvent = (received: unknown): Either<DecodeError, InteractionEvent> => {
  try {
    return { _tag: 'Right', right: readEvent(received) };
  } catch (error) {
    if (error instanceof DecodeError) return { _tag: 'Left', left: error };
    throw error;
  }
};
