import { mergeMap, type Observable, pipe, type UnaryFunction } from 'rxjs';

import { decodeEvents, reportUnknown, takeUntilSettled, throwOnErrorEvent } from '../events/index.js';
import { decodeFrames } from '../frames/index.js';
import { eventsOf, throwIfUnsettled } from '../interaction/index.js';
import type { Diagnostic, InteractionEvent } from '../protocol/index.js';
import type { TransportResponse } from '../transport/index.js';
import type { ClientConfig } from './client-config.js';
import { readInteraction } from './read-interaction.js';

export interface ReadEventsConfig extends Pick<ClientConfig, 'limits' | 'onMalformed'> {
  readonly report: (diagnostic: Diagnostic) => void;
}

/** From bytes to the event that settles the interaction, or to the error that says why it did not. */
const settledEvents = ({
  limits,
  onMalformed,
  report,
}: ReadEventsConfig): UnaryFunction<Observable<Uint8Array>, Observable<InteractionEvent>> =>
  pipe(
    decodeFrames({ ...(limits?.maxFrameBytes === undefined ? {} : { maxFrameBytes: limits.maxFrameBytes }) }),
    decodeEvents({ ...(onMalformed && { onMalformed }), onDiagnostic: report }),
    reportUnknown(report),
    throwOnErrorEvent(),
    takeUntilSettled(),
    throwIfUnsettled(),
  );

/**
 * The events of an answer. What it is, its content type says: a server may answer JSON where a stream was asked for
 * (wire-format 5.1), and the events of that are those that it could have streamed.
 */
export const readEvents = (response: TransportResponse, config: ReadEventsConfig): Observable<InteractionEvent> =>
  /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
    ? response.body.pipe(settledEvents(config))
    : readInteraction(response, config.report).pipe(
        mergeMap((interaction) => eventsOf(interaction)),
        throwIfUnsettled(), // accepted is not finished
      );
