import type { OperatorFunction } from 'rxjs';

import { DecodeError } from '../../errors/index.js';
import type { SseFrame } from '../../frames/index.js';
import { isRecord } from '../../internal/is-record.js';
import { mapMulti } from '../../internal/map-multi.js';
import { parseJson } from '../../internal/parse-json.js';
import type { InteractionEvent } from '../../protocol/index.js';
import { issuesOf, readEvent } from '../decode-event.js';
import { keepRaw } from '../raw-of.js';
import { accumulateResponse, settleResponse } from './accumulate-response.js';
import { GenerateContentResponse } from './response.js';
import { type Draft, INITIAL_RESPONSE } from './response-state.js';

export interface DecodeGenerateContentConfig {
  /** Which of several candidates is read (`candidateCount`), by its `index`; the others are left out. @defaultValue `0` */
  readonly candidate?: number | undefined;
  /**
   * Whether what comes is known to be all there is, as a JSON answer is: then it settles even if it does not say why it
   * finished. A stream that does not say so was cut. @defaultValue `false`
   */
  readonly whole?: boolean | undefined;
}

/** Whether it is a message of an event stream. The SDK's responses have `data`, too, but not of their own. */
const isFrame = (source: SseFrame | GenerateContentResponse): source is SseFrame =>
  Object.hasOwn(source, 'data') && typeof (source as Partial<SseFrame>).data === 'string';

/** The mark of the end that gateways write; the endpoint itself does not. */
const DONE = '[DONE]';

const jsonIn = ({ data, unterminated, stray }: SseFrame): unknown => {
  if (data === DONE) return undefined;
  try {
    return parseJson(data);
  } catch (cause) {
    if (unterminated || stray) return undefined; // cut in the middle: the end of the stream tells
    throw new DecodeError('not_json', data, [{ path: '', expected: 'JSON' }], { cause });
  }
};

/** The response that was received; an error that a server wrote instead of one may stand in a list. */
const responseIn = (received: unknown): GenerateContentResponse => {
  const first: unknown = Array.isArray(received) ? received[0] : received;
  const result = GenerateContentResponse.decode(first);
  if (result._tag === 'Left') throw new DecodeError('malformed', received, issuesOf(result.left));
  return result.right;
};

/**
 * Decodes answers of the older `generateContent` endpoint into the events of an interaction, for every operator to work on:
 * the messages of `streamGenerateContent?alt=sse` (`decodeFrames` comes before it) or responses as objects. Without `alt=sse`
 * that endpoint writes one JSON array, which is no event stream: parse it, and take its items.
 *
 * Text, thoughts and media are deltas as they come; a function call is complete in one chunk and becomes a step with one delta;
 * code that the server ran is a call and a result. What the answer rests on comes at its end, as annotations on the text and
 * as the steps of the tools. The finish reason is the status: `STOP` is `completed`, or `requires_action` where functions are
 * called, `MAX_TOKENS` is `incomplete`, and any other `failed`, with its code in `errors`. There is no `id`, since nothing is
 * stored and nothing can be resumed. `rawOf(event)` is the response that an event was read from.
 *
 * ```text
 * frames                   -r-----r---r|
 * decodeGenerateContent()  -(csd)-d---d(pf|)    c: created, s: start, d: delta, p: stop, f: completed
 * ```
 *
 * A source that ends before a finish reason has come was cut, and no `interaction.completed` is invented: `throwIfUnsettled`
 * tells. An error among the messages, or instead of a whole answer, is an `error` event. Errors with {@link DecodeError} at a
 * message that is not JSON or no object.
 *
 * @example
 * ```ts
 * const body = 'data: {"candidates":[{"content":{"parts":[{"text":"Hello."}]},"finishReason":"STOP"}]}\n\n';
 * of(new TextEncoder().encode(body))
 *   .pipe(decodeFrames(), decodeGenerateContent(), throwIfUnsettled(), reduceText())
 *   .subscribe((text) => console.log(text)); // Hello.
 * ```
 */
export function decodeGenerateContent({
  candidate = 0,
  whole = false,
}: DecodeGenerateContentConfig = {}): OperatorFunction<SseFrame | GenerateContentResponse, InteractionEvent> {
  return mapMulti((push) => {
    let state = INITIAL_RESPONSE;
    let latest: unknown;
    const pushAll = (drafts: readonly Draft[]): void => {
      for (const draft of drafts) push(keepRaw(readEvent(draft), latest));
    };
    return {
      next: (source) => {
        const received = isRecord(source) && isFrame(source) ? jsonIn(source) : source;
        if (received === undefined) return;
        latest = received;
        const [after, drafts] = accumulateResponse(state, responseIn(received), candidate);
        state = after;
        pushAll(drafts);
      },
      complete: () => pushAll(settleResponse(state, whole)),
    };
  });
}
