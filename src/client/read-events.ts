import { defer, from, mergeMap, type Observable, pipe, type UnaryFunction } from 'rxjs';

import { decodeEvents, takeUntilSettled, throwOnErrorEvent } from '../events/index.js';
import { decodeFrames } from '../frames/index.js';
import { eventsOf, throwIfUnsettled } from '../interaction/index.js';
import type { InteractionEvent } from '../protocol/index.js';
import type { TransportResponse } from '../transport/index.js';
import type { ClientConfig } from './client-config.js';
import { readInteraction } from './read-interaction.js';

/** From bytes to the event that settles the interaction, or to the error that says why it did not. */
const settledEvents = ({
  limits,
  onMalformed,
  onDiagnostic,
}: ClientConfig): UnaryFunction<Observable<Uint8Array>, Observable<InteractionEvent>> =>
  pipe(
    decodeFrames({ ...(limits?.maxFrameBytes === undefined ? {} : { maxFrameBytes: limits.maxFrameBytes }) }),
    decodeEvents({ ...(onMalformed && { onMalformed }), ...(onDiagnostic && { onDiagnostic }) }),
    throwOnErrorEvent(),
    takeUntilSettled(),
    throwIfUnsettled(),
  );

/**
 * The events of an answer. What it is, its content type says: a server may answer JSON where a stream was asked for
 * (wire-format 5.1), and the events of that are those that it could have streamed.
 */
export const readEvents = (response: TransportResponse, config: ClientConfig): Observable<InteractionEvent> =>
  defer(() =>
    /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
      ? response.body.pipe(settledEvents(config))
      : readInteraction(response).pipe(
          mergeMap((interaction) => from(eventsOf(interaction))),
          throwIfUnsettled(), // accepted is not finished
        ),
  );
