import { concat, defer, EMPTY, mergeMap, NEVER, type Observable, of, take, throwError } from 'rxjs';

import { assertNever } from '../internal/assert-never.js';
import { type Answer, json } from './answer.js';
import { type EmulatedInteraction, resourceOf } from './emulated-interaction.js';
import type { Cut } from './reply.js';

/** A JSON answer that is lost on its way. */
const lostAnswer = (how: Cut['how']): Observable<Answer> => {
  switch (how) {
    case 'end':
      return of({ ...json({}), body: EMPTY });
    case 'reset':
      return of({ ...json({}), body: throwError(() => new TypeError('The connection was reset')) });
    case 'silence':
      return NEVER;
    default:
      return assertNever(how);
  }
};

/**
 * An interaction as one JSON answer, once it is over.
 *
 * ```text
 * run       -e---e---e---(e|)
 * whenOver  -------------(a|)
 * ```
 *
 * A cut on the way loses the answer.
 *
 * @param answer - What is answered then. @defaultValue the interaction
 */
export const whenOver = (
  interaction: EmulatedInteraction,
  answer: () => Answer = () => json(resourceOf(interaction)),
): Observable<Answer> => {
  const { happened$, isHitBy } = interaction.run;
  const lost$ = happened$.pipe(
    mergeMap((happened) => {
      const { entry } = happened;
      return entry.kind === 'cut' && isHitBy(happened) ? lostAnswer(entry.how) : EMPTY;
    }),
  );
  return concat(
    lost$,
    defer(() => of(answer())),
  ).pipe(take(1));
};
