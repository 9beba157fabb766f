import type {
  GenerateContentConfig,
  GenerateContentParameters,
  GenerateContentResponse as SdkResponse,
  GoogleGenAI,
} from '@google/genai';
import { EMPTY, type Observable } from 'rxjs';
import {
  type ConvertedRequest,
  decodeFrames,
  decodeGenerateContent,
  fromGenerateContent,
  type GenerateContentPart,
  type GenerateContentRequest,
  type GenerateContentResponse,
  type GenerateContentSource,
  type InteractionEvent,
  type InteractionRequest,
  toInteractionRequest,
} from 'rx-interactions';

import { emits, type Equal, typed } from '../support/types.js';

type Fits<From, To> = [From] extends [To] ? true : false;

// The compiler is the test.
describe('the types of the older endpoint', () => {
  it('take what the official SDK gives', () => {
    typed<Equal<0 extends 1 & SdkResponse ? 'any' : 'typed', 'typed'>>();
    typed<Fits<SdkResponse, GenerateContentResponse>>();
    typed<
      Fits<NonNullable<SdkResponse['candidates']>[number], NonNullable<GenerateContentResponse['candidates']>[number]>
    >();
    typed<Fits<SdkResponse, GenerateContentSource>>();
    typed<Fits<AsyncGenerator<SdkResponse>, GenerateContentSource>>();
    typed<Fits<Observable<SdkResponse>, GenerateContentSource>>();
  });

  it('take what the official SDK is given', () => {
    typed<Fits<GenerateContentParameters, GenerateContentRequest>>();
    typed<Fits<{ readonly contents: GenerateContentParameters['contents'] }, GenerateContentRequest>>();
    typed<Fits<GenerateContentConfig, NonNullable<GenerateContentRequest['config']>>>();
    typed<Equal<Fits<{ readonly model: string }, GenerateContentRequest>, false>>();
    typed<Equal<ReturnType<typeof toInteractionRequest>, ConvertedRequest>>();
    typed<Equal<ConvertedRequest['request'], InteractionRequest>>();
  });

  it('make events of everything that they take', () => {
    emits<InteractionEvent>()((EMPTY as Observable<Uint8Array>).pipe(decodeFrames(), decodeGenerateContent()));
    emits<InteractionEvent>()((EMPTY as Observable<SdkResponse>).pipe(decodeGenerateContent({ candidate: 1 })));
    const ask = (ai: GoogleGenAI) => [
      fromGenerateContent((abortSignal) =>
        ai.models.generateContentStream({ model: 'm', contents: 'a', config: { abortSignal } }),
      ),
      fromGenerateContent((abortSignal) =>
        ai.models.generateContent({ model: 'm', contents: 'a', config: { abortSignal } }),
      ),
      fromGenerateContent(ai.models.generateContentStream({ model: 'm', contents: 'a' })),
      fromGenerateContent(ai.models.generateContent({ model: 'm', contents: 'a' })),
    ];
    typed<Equal<ReturnType<typeof ask>, Observable<InteractionEvent>[]>>();
    typed<Equal<NonNullable<GenerateContentPart['functionCall']>['name'], string | undefined>>();
    expect(ask).toBeInstanceOf(Function);
  });

  it('refuse what is neither', () => {
    const events: Observable<InteractionEvent> = EMPTY;
    // @ts-expect-error: interactions are not answers of the older endpoint
    decodeGenerateContent()(events);
    // @ts-expect-error: a number is no part of a prompt
    expect(toInteractionRequest({ contents: 7 }).unsupported).toHaveLength(1);
  });
});
