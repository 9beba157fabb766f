import type { OperatorFunction } from 'rxjs';

import { DecodeError } from '../errors/index.js';
import type { SseFrame } from '../frames/index.js';
import { defined } from '../internal/defined.js';
import { heardBy } from '../internal/heard-by.js';
import { isRecord } from '../internal/is-record.js';
import { mapMulti } from '../internal/map-multi.js';
import { MAX_DEPTH, parseJson as readJson, TooDeep } from '../internal/parse-json.js';
import { namesItsType } from '../protocol/dialects/index.js';
import { type Diagnostic, type InteractionEvent, isLive, serverFaultOf } from '../protocol/index.js';
import { readEventNoting } from './decode-event.js';

export interface DecodeEventsConfig {
  /**
   * What a message that is not JSON, or lacks what must be read, does: `'error'` ends the stream with `DecodeError`,
   * `'skip'` leaves it out and says so in a diagnostic. A gap must not pass for an answer. @defaultValue `'error'`
   */
  readonly onMalformed?: 'error' | 'skip';
  /** Hears what was noticed and did not end the stream. What it throws is ignored. */
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

const DONE = '[DONE]';
const DEEPEST = `nested at most ${String(MAX_DEPTH)} levels deep`;

/** The status that an event gives the interaction, where it gives one. */
const statusOf = (event: InteractionEvent): string | undefined => {
  switch (event.event_type) {
    case 'interaction.created':
      return event.interaction.status;
    case 'interaction.status_update':
      return event.status;
    default:
      return undefined;
  }
};

/** The event of each frame, if it has one; all that is remembered between frames is how the interaction stands. */
const createEventDecoder = ({ onMalformed = 'error', onDiagnostic }: DecodeEventsConfig) => {
  let id: string | undefined;
  let status: string | undefined;
  let completed = false;

  const report = heardBy(onDiagnostic);
  const onDropped = (text: string): void => report({ code: 'member_dropped', text });

  const parse = ({ data, event, id: frameId, unterminated, stray }: SseFrame): InteractionEvent | undefined => {
    if (stray) return strayError(data);
    try {
      const received = parseJson(data);
      const named = withFrameFields(received, event, frameId);
      return readEventNoting(named, onDropped);
    } catch (error) {
      if (unterminated) return undefined; // cut in the middle: the end of the stream tells
      if (onMalformed === 'error' || !(error instanceof DecodeError)) throw error;
      report({ code: 'event_malformed', text: error.message });
      return undefined;
    }
  };

  return (frame: SseFrame): InteractionEvent | undefined => {
    if (frame.data === DONE) {
      if (completed || status === undefined || isLive(status)) return undefined;
      report({ code: 'completed_by_done', text: status });
      return { event_type: 'interaction.completed', interaction: defined({ id, status }) };
    }
    const event = parse(frame);
    if (event === undefined || event.event_type === 'step.delta') return event; // nearly all of them
    status = statusOf(event) ?? status;
    if (event.event_type === 'interaction.created') {
      id = event.interaction.id;
      completed = false;
    } else if (event.event_type === 'interaction.completed') {
      completed = true;
    }
    return event;
  };
};

const parseJson = (text: string): unknown => {
  try {
    return readJson(text);
  } catch (cause) {
    if (cause instanceof TooDeep)
      throw new DecodeError('malformed', text, [{ path: '', expected: DEEPEST }], { cause });
    throw new DecodeError('not_json', text, [{ path: '', expected: 'JSON' }], { cause });
  }
};

/** The error event that error JSON in the body stands for; what is cut in the middle says nothing more than that. */
const strayError = (text: string): InteractionEvent | undefined => {
  try {
    const { code, message } = serverFaultOf(readJson(text)) ?? {};
    return { event_type: 'error', error: { code, message } };
  } catch {
    return undefined;
  }
};

/** The fields of the frame stand in for members that its data lacks (wire-format 5.1, 5.2). */
const withFrameFields = (received: unknown, event: string | undefined, id: string | undefined): unknown => {
  if (!isRecord(received)) return received;
  const named = event !== undefined && !namesItsType(received) ? { ...received, event_type: event } : received;
  return id !== undefined && id !== '' && named['event_id'] === undefined ? { ...named, event_id: id } : named;
};

/**
 * Decodes the messages of an event stream into typed, validated events.
 *
 * `decodeFrames` comes before it; `decodeEvent` does the same for one message that has been parsed already. Ends at
 * `[DONE]`, which is no event and need not come. Where `[DONE]` follows a final status without a final event,
 * that is a clean end too (wire-format 5.4): an `interaction.completed` with that status is emitted for it, so that
 * downstream "settled" always means that event.
 *
 * ```text
 * frames          -f---f---f---D      D: [DONE]
 * decodeEvents()  -e---e---e---|
 * ```
 *
 * Errors with {@link DecodeError} at the first message that is malformed, unless `onMalformed` is `'skip'`. The last message
 * of a stream that was cut in the middle of it is left out: `throwIfUnsettled` tells.
 *
 * @example Read a stream from anywhere: a file, a socket, a queue
 * ```ts
 * const bytes$ = of(new TextEncoder().encode('data: {"event_type":"step.stop","index":0}\n\n'));
 * bytes$.pipe(decodeFrames(), decodeEvents()).subscribe((event) => console.log(event.event_type)); // step.stop
 * ```
 */
export function decodeEvents(config: DecodeEventsConfig = {}): OperatorFunction<SseFrame, InteractionEvent> {
  return mapMulti((push, end) => {
    const decode = createEventDecoder(config);
    return {
      next: (frame) => {
        const event = decode(frame);
        if (event !== undefined) push(event);
        if (frame.data === DONE) end();
      },
    };
  });
}
