import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';

import { DecodeError, type DecodeIssue } from '../errors/index.js';
import { isRecord } from '../internal/is-record.js';
import { toCanonicalEvent } from '../protocol/dialects/index.js';
import { InteractionEvent, isCommonEvent } from '../protocol/index.js';
import { droppedMembers } from './dropped-members.js';
import { keepRaw } from './raw-of.js';

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

/** The event that a parsed message is, in whatever dialect; throws the `DecodeError` that says why it is none. */
export const readEvent = (received: unknown): InteractionEvent => readEventNoting(received);

/** The same; `onDropped` hears the path of each optional member that had to be left out. */
export const readEventNoting = (received: unknown, onDropped?: (path: string) => void): InteractionEvent => {
  if (isCommonEvent(received)) return received;
  const canonical = toCanonicalEvent(received);
  if (InteractionEvent.is(canonical)) return keepRaw(canonical, received);
  // The type of an event that no dialect knows may stand in `type`, too (wire-format 5.1).
  if (!isRecord(canonical) || typeof (canonical['event_type'] ?? canonical['type']) !== 'string') {
    throw new DecodeError('malformed', received, [{ path: 'event_type', expected: 'string' }]);
  }
  const result = InteractionEvent.decode(canonical);
  if (result._tag === 'Left') throw new DecodeError('malformed', received, issuesOf(result.left));
  if (onDropped) droppedMembers(canonical, result.right).forEach((path) => onDropped(path));
  return keepRaw(result.right, received);
};

/**
 * Decodes one parsed message into a typed event: for those who compose with fp-ts, and for single messages.
 *
 * A canonical event comes back as the same object; one in another dialect of the API as the canonical event it stands for,
 * and `rawOf` tells what it was. An event, step, delta or block of an unknown kind is kept under
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
