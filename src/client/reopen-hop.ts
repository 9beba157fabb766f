import { defer, type Observable, retry, type SchedulerLike, tap, timer } from 'rxjs';

import { InteractionError } from '../errors/index.js';
import type { InteractionEvent } from '../protocol/index.js';
import { waitBefore } from './back-off.js';

/** Where an answer can be continued, and whose token that is. */
export interface Checkpoint {
  readonly token: string;
  /** `undefined` if it is not stored. */
  readonly owner: string | undefined;
}

export interface ReopenHopConfig {
  /** Where the hop began; `undefined` for the first one. */
  readonly from: Checkpoint | undefined;
  /** Opens the hop that goes on at a checkpoint. */
  readonly openAt: (checkpoint: Checkpoint) => Observable<InteractionEvent>;
  readonly scheduler: SchedulerLike | undefined;
}

/** How often in a row a hop is asked for again without another token. */
const MOST = 3;

const BACK_OFF = { delay: 500, maxDelay: 8000 };

const REOPENED: ReadonlySet<string | undefined> = new Set([undefined, '', 'in_progress', 'requires_continuation']);

/** Whether a stream broke off. A status that was answered is final: it has been tried again already. */
const isDrop = (error: unknown): boolean =>
  InteractionError.is(error) &&
  (error.name === 'UnsettledError' || (error.name === 'TransportError' && error.code === 'connection_lost'));

/**
 * Asks for a hop that broke off again, at its latest checkpoint, as long as nothing has been told since then but how it stands
 * (wire-format 10): otherwise it would be told twice.
 */
export const reopenHop = (
  hop$: Observable<InteractionEvent>,
  { from, openAt, scheduler }: ReopenHopConfig,
): Observable<InteractionEvent> =>
  defer(() => {
    let checkpoint = from;
    let owner: string | undefined;
    let status: string | undefined;
    let isUntold = true;
    let attempts = 0;
    let stream$ = hop$;

    const see = (event: InteractionEvent): void => {
      switch (event.event_type) {
        case 'interaction.created':
          owner = event.interaction.id;
          status = event.interaction.status;
          break;
        case 'interaction.status_update': {
          const { continuation_token: token, interaction_id: id } = event;
          status = event.status;
          if (!token || token === checkpoint?.token) break;
          checkpoint = { token, owner: id ?? owner };
          isUntold = true;
          attempts = 0;
          break;
        }
        case 'error':
          checkpoint = undefined;
          break;
        default:
          isUntold = false;
      }
    };

    return defer(() => stream$).pipe(
      tap(see),
      retry({
        delay: (error: unknown) => {
          if (!checkpoint || !isUntold || attempts >= MOST || !REOPENED.has(status) || !isDrop(error)) {
            throw error;
          }
          stream$ = openAt(checkpoint);
          attempts += 1;
          return timer(waitBefore(BACK_OFF, attempts - 1), scheduler);
        },
      }),
    );
  });
