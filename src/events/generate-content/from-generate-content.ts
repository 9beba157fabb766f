import { from, isObservable, mergeMap, type Observable, type ObservableInput, of, throwError } from 'rxjs';

import type { SseFrame } from '../../frames/index.js';
import { abortable } from '../../internal/abortable.js';
import type { InteractionEvent } from '../../protocol/index.js';
import { decodeGenerateContent, type DecodeGenerateContentConfig } from './decode-generate-content.js';
import type { GenerateContentResponse } from './response.js';

/** An answer of the older endpoint: a response, or a stream of them, as objects or as messages of an event stream. */
export type GenerateContentSource = GenerateContentResponse | ObservableInput<GenerateContentResponse | SseFrame>;

type Given = GenerateContentSource | PromiseLike<GenerateContentSource> | SseFrame;

/** What the SDK returns. Only what it gives tells whether it is a response or a stream of them. */
const isPromise = (source: Given): source is PromiseLike<GenerateContentSource> =>
  'then' in source && typeof source.then === 'function';

const isStream = (
  source: GenerateContentSource | SseFrame,
): source is ObservableInput<GenerateContentResponse | SseFrame> =>
  isObservable(source) ||
  Symbol.asyncIterator in source ||
  Symbol.iterator in source ||
  ('getReader' in source && typeof source.getReader === 'function');

const eventsIn = (source: Given, config: DecodeGenerateContentConfig): Observable<InteractionEvent> => {
  // The types rule it out; JavaScript, and an SDK that gives nothing, do not.
  if (Object(source) !== source) {
    return throwError(
      () => new TypeError('fromGenerateContent takes an answer, a stream of answers, or a function that asks for one'),
    );
  }
  if (isPromise(source)) return from(source).pipe(mergeMap((given) => eventsIn(given, config)));
  return isStream(source)
    ? from(source).pipe(decodeGenerateContent(config))
    : of(source).pipe(decodeGenerateContent({ ...config, whole: config.whole ?? true }));
};

/**
 * The events of an interaction, of an answer that the official SDK's `models.generateContent` or `generateContentStream` gives.
 *
 * Give it a function that asks the SDK, and hand on the signal: each subscription then makes a request of its own, and
 * unsubscribing aborts it at once. A response, a stream or a promise of either that is there already can be given as it is;
 * nothing but the signal reaches its request, and a stream is left at its next response. What becomes of the parts of an
 * answer is told at {@link decodeGenerateContent}, which it is a source for; a single response is all there is, so that one
 * without a finish reason settles, too.
 *
 * ```text
 * stream                       -r-----r---r|
 * fromGenerateContent(stream)  -(csd)-d---d(pf|)
 * ```
 *
 * Errors as the SDK and its stream do, with `DecodeError` at something that is no response, and with a `TypeError` where there
 * is nothing to read. The SDK ends a stream that was cut like one that is complete: add `throwIfUnsettled()`.
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
  source:
    | GenerateContentSource
    | PromiseLike<GenerateContentSource>
    | ((signal: AbortSignal) => PromiseLike<GenerateContentSource> | GenerateContentSource),
  config: DecodeGenerateContentConfig = {},
): Observable<InteractionEvent> {
  return typeof source === 'function'
    ? abortable((signal) => eventsIn(source(signal), config))
    : eventsIn(source, config);
}
