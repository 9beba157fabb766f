import { defer, from, isObservable, mergeMap, type Observable, type ObservableInput, of } from 'rxjs';

import type { SseFrame } from '../../frames/index.js';
import { abortable } from '../../internal/abortable.js';
import type { InteractionEvent } from '../../protocol/index.js';
import { decodeGenerateContent, type DecodeGenerateContentConfig } from './decode-generate-content.js';
import type { GenerateContentResponse } from './response.js';

/** An answer of the older endpoint: a response, or a stream of them, as objects or as messages of an event stream. */
export type GenerateContentSource = GenerateContentResponse | ObservableInput<GenerateContentResponse | SseFrame>;

const isStream = (
  source: GenerateContentSource | SseFrame,
): source is ObservableInput<GenerateContentResponse | SseFrame> =>
  isObservable(source) ||
  Symbol.asyncIterator in source ||
  Symbol.iterator in source ||
  ('then' in source && typeof source.then === 'function') ||
  ('getReader' in source && typeof source.getReader === 'function');

const eventsIn = (
  source: GenerateContentSource | SseFrame,
  config: DecodeGenerateContentConfig,
): Observable<InteractionEvent> =>
  isStream(source)
    ? from(source).pipe(decodeGenerateContent(config))
    : of(source).pipe(decodeGenerateContent({ ...config, whole: true }));

/**
 * The events of an interaction, of an answer that the official SDK's `models.generateContent` or `generateContentStream` gives.
 *
 * Give it a function that asks the SDK, and hand on the signal: each subscription then makes a request of its own, and
 * unsubscribing aborts it at once. A response, or a stream that is there already, can be given as it is. What becomes of
 * its parts is told at {@link decodeGenerateContent}, which it is a source for; a single response is all there is, so that one
 * without a finish reason settles, too.
 *
 * ```text
 * stream                        r   r   r|
 * fromGenerateContent(stream)  -(csd)-d-d-(pf|)
 * ```
 *
 * Errors as the SDK and its stream do. The SDK ends a stream that was cut like one that is complete: add `throwIfUnsettled()`.
 *
 * @example
 * ```ts
 * const { GoogleGenAI } = await import('@google/genai');
 * const ai = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: process.env['GOOGLE_GEMINI_BASE_URL'] ?? '' } });
 * fromGenerateContent((abortSignal) =>
 *   ai.models.generateContentStream({ model, contents: 'Count to 3.', config: { abortSignal } }),
 * )
 *   .pipe(throwIfUnsettled(), reduceText())
 *   .subscribe((text) => console.log(text)); // 1, 2, 3
 * ```
 *
 * @param source - What asks for the answer, at each subscription, until the signal is aborted; or the answer.
 */
export function fromGenerateContent(
  source: GenerateContentSource | ((signal: AbortSignal) => PromiseLike<GenerateContentSource> | GenerateContentSource),
  config: DecodeGenerateContentConfig = {},
): Observable<InteractionEvent> {
  return typeof source === 'function'
    ? abortable((signal) =>
        defer(() => Promise.resolve(source(signal))).pipe(mergeMap((given) => eventsIn(given, config))),
      )
    : eventsIn(source, config);
}
