import type { Observable, OperatorFunction } from 'rxjs';

import { mapMulti } from '../internal/map-multi.js';
import type {
  Delta,
  ServerToolCallStep,
  ServerToolResultStep,
  Step,
  UnknownContent,
  UnknownDelta,
  UnknownEvent,
  UnknownStep,
} from '../protocol/index.js';
import { createStepAssembler, type EndedStep, type StepListener } from './assemble-steps.js';
import { createMediaChunker } from './chunk-media.js';
import type { Citation } from './citation.js';
import { createCiter } from './cite.js';
import { completeCalls, isFunctionCall, type StreamedCall } from './complete-call.js';
import type { MediaChunk, MediaModality } from './media-chunk.js';
import { textIn, thoughtIn } from './text-pieces.js';
import type { StepSignal } from './track-steps.js';

/** A piece of text, and the place of its step in `interaction.steps`. */
export interface TextPiece {
  readonly position: number;
  readonly text: string;
}

/** What this version does not know, as it was received: an event, a step, a delta, a block. */
export type Unrecognized = UnknownEvent | UnknownStep | UnknownDelta | UnknownContent;

/** A finished step of a tool that the server runs. */
export type ServerToolStep = ServerToolCallStep | ServerToolResultStep;

/** The strands of a stream. */
export interface Modalities {
  /** The model's text, piece by piece. */
  readonly text$: Observable<TextPiece>;
  /** The summaries of its thoughts, piece by piece. */
  readonly thoughts$: Observable<TextPiece>;
  readonly images$: Observable<MediaChunk>;
  readonly audio$: Observable<MediaChunk>;
  readonly video$: Observable<MediaChunk>;
  readonly documents$: Observable<MediaChunk>;
  /** The calls for the client, each when it is complete; errors with `ArgumentsError` at one whose arguments are no JSON object. */
  readonly functionCalls$: Observable<StreamedCall>;
  /** Calls and results of tools that the server runs, each when it is finished. */
  readonly serverTools$: Observable<ServerToolStep>;
  /** What is said about spans of the text. */
  readonly citations$: Observable<Citation>;
  /** What this version does not know: the place to watch for a schema that moves on. */
  readonly unknown$: Observable<Unrecognized>;
}

type Strand<T> = OperatorFunction<StepSignal, T>;

const pieces = (pieceIn: (step: Step, delta: Delta) => string): Strand<TextPiece> =>
  mapMulti((push) => ({
    next: (signal) => {
      if (signal.type !== 'delta') return;
      const text = pieceIn(signal.place.step, signal.delta);
      if (text !== '') push({ position: signal.place.position, text });
    },
  }));

const media = (modality: MediaModality): Strand<MediaChunk> =>
  mapMulti((push) => ({ next: createMediaChunker(modality, push) }));

const assembled = <T>(
  listenerOf: (push: (value: T) => void) => StepListener,
  isWanted: (step: Step) => boolean,
): Strand<T> => mapMulti((push) => ({ next: createStepAssembler(listenerOf(push), isWanted) }));

const functionCalls: Strand<StreamedCall> = assembled(completeCalls, isFunctionCall);

const isServerTool = (step: Step): step is ServerToolStep =>
  /_(?:call|result)$/.test(step.type) && !step.type.startsWith('function_');

const whole =
  <S extends Step>(isWanted: (step: Step) => step is S) =>
  (push: (step: S) => void): StepListener => ({
    ended: ({ step, ending }: EndedStep) => {
      if (ending !== 'cut' && isWanted(step)) push(step);
    },
  });

const isUnknownStep = (step: Step): step is UnknownStep => step.type === 'unknown';

const serverTools: Strand<ServerToolStep> = assembled(whole(isServerTool), isServerTool);

const unknownIn = (delta: Delta): UnknownDelta | UnknownContent | undefined => {
  if (delta.type === 'unknown') return delta;
  return delta.type === 'thought_summary' && delta.content?.type === 'unknown' ? delta.content : undefined;
};

/** Unknown events, steps when they are finished, and deltas and blocks unless they come with such a step. */
const unknowns: Strand<Unrecognized> = mapMulti((push) => {
  const assemble = createStepAssembler(whole(isUnknownStep)(push), isUnknownStep);
  return {
    next: (signal) => {
      assemble(signal);
      if (signal.type === 'unknown') push(signal.event);
      if (signal.type === 'delta' && !isUnknownStep(signal.place.step)) {
        const unknown = unknownIn(signal.delta);
        if (unknown) push(unknown);
      }
    },
  };
});

/** Takes the strands of a stream of signals apart. Each subscription to a strand is one to the signals. */
export const strandsOf = (signals$: Observable<StepSignal>): Modalities => ({
  text$: signals$.pipe(pieces(textIn)),
  thoughts$: signals$.pipe(pieces(thoughtIn)),
  images$: signals$.pipe(media('image')),
  audio$: signals$.pipe(media('audio')),
  video$: signals$.pipe(media('video')),
  documents$: signals$.pipe(media('document')),
  functionCalls$: signals$.pipe(functionCalls),
  serverTools$: signals$.pipe(serverTools),
  citations$: signals$.pipe(mapMulti((push) => ({ next: createCiter(push) }))),
  unknown$: signals$.pipe(unknowns),
});
