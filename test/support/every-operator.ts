import * as library from 'rx-interactions';
import type { InteractionEvent, Modalities, SdkStream, SseFrame } from 'rx-interactions';
import { defer, map, merge, mergeMap, type Observable, type SchedulerLike } from 'rxjs';

/** What operators are fed with. */
export interface Feed {
  readonly bytes: Uint8Array;
  readonly frames: SseFrame;
  readonly events: InteractionEvent;
  /** Of a JSON text. */
  readonly pieces: string;
}

/** An operator of the public surface, and what it takes. */
export interface Operator<Kind extends keyof Feed = keyof Feed> {
  readonly name: string;
  readonly takes: Kind;
  /** Each call makes it anew. What comes of it in streams or lazily is taken and read, too. */
  readonly through: (source: Observable<Feed[Kind]>) => Observable<unknown>;
  /** Whether it needs more than one turn of the event loop. */
  readonly isAsync?: boolean;
}

/** An operator of any kind, for whoever takes them one by one: `with` is called with the one it holds. */
export type AnyOperator = { readonly [Kind in keyof Feed]: Operator<Kind> }[keyof Feed];

/** Events as what the official SDK gives: something to be asked for one after the other. */
const sdkStreamOf = (source: Observable<InteractionEvent>): SdkStream => ({
  [Symbol.asyncIterator]: () => {
    type Result = IteratorResult<InteractionEvent>;
    const told: (Result | { readonly failed: unknown })[] = [];
    const waiting: { readonly resolve: (result: Result) => void; readonly reject: (reason: unknown) => void }[] = [];
    const meet = (): void => {
      while (told.length > 0 && waiting.length > 0) {
        const [result, listener] = [told.shift(), waiting.shift()];
        if (!result || !listener) return;
        if ('failed' in result) listener.reject(result.failed);
        else listener.resolve(result);
      }
    };
    const tell = (result: (typeof told)[number]): void => {
      if (told.length < 1000) told.push(result);
      meet();
    };
    const subscription = source.subscribe({
      next: (value) => tell({ done: false, value }),
      error: (failed: unknown) => tell({ failed }),
      complete: () => tell({ done: true, value: undefined }),
    });
    return {
      next: () =>
        new Promise((resolve, reject) => {
          waiting.push({ resolve, reject });
          meet();
        }),
      return: () => {
        subscription.unsubscribe();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  },
});

const allOf = (strands: Modalities): Observable<unknown> =>
  merge(...Object.values<Observable<unknown>>({ ...strands }));

type Through<Kind extends keyof Feed> = Operator<Kind>['through'];

const takes =
  <Kind extends keyof Feed>(kind: Kind) =>
  (table: Readonly<Record<string, Through<Kind>>>): readonly Operator<Kind>[] =>
    Object.entries(table).map(([name, through]) => ({ name, takes: kind, through }));

const ofBytes = takes('bytes')({ decodeFrames: library.decodeFrames() });

const ofFrames = takes('frames')({
  decodeEvents: library.decodeEvents(),
  decodeGenerateContent: library.decodeGenerateContent(),
  'decodeEvents, skipping': library.decodeEvents({ onMalformed: 'skip' }),
});

const ofPieces = takes('pieces')({
  scanJson: (source) =>
    source.pipe(
      library.scanJson(),
      map(({ value }) => value),
    ),
  reduceJson: library.reduceJson(),
  elementsAt: library.elementsAt('ingredients[*].name'),
});

const ofEvents = (scheduler: SchedulerLike | undefined): readonly Operator<'events'>[] => [
  ...takes('events')({
    // frames → events
    encodeEvents: library.encodeEvents(),
    reduceOutput: library.reduceOutput(),
    attempt: library.attempt(),
    ofEventType: library.ofEventType('step.delta', 'step.stop'),
    takeUntilSettled: library.takeUntilSettled(),
    throwOnErrorEvent: library.throwOnErrorEvent(),
    unknownEvents: library.unknownEvents(),

    // events → steps
    groupByStep: (source) =>
      source.pipe(
        library.groupByStep(),
        mergeMap((step$) => step$),
      ),
    'groupByStep, not taken': (source) =>
      source.pipe(
        library.groupByStep(),
        map(({ index, position, step }) => ({ index, position, step })),
      ),
    ofStepType: (source) =>
      source.pipe(
        library.groupByStep(),
        library.ofStepType('function_call'),
        mergeMap((step$) => step$),
      ),
    ofDeltaType: library.ofDeltaType('text', 'audio'),
    scanStep: library.scanStep(),
    reduceStep: library.reduceStep(),
    scanText: library.scanText(),
    reduceText: library.reduceText(),
    textDeltas: library.textDeltas(),
    thoughtDeltas: library.thoughtDeltas(),
    scanArguments: (source) =>
      source.pipe(
        library.scanArguments(),
        map(({ index, text, value }) => ({ index, text, value })),
      ),
    reduceArguments: library.reduceArguments(),
    mediaChunks: library.mediaChunks('audio'),
    reduceMedia: library.reduceMedia('audio'),
    citations: library.citations(),
    partitionByModality: (source) => defer(() => allOf(library.partitionByModality(source))),
    splitModalities: library.splitModalities(allOf),
    coalesce: library.coalesce({ ms: 60_000, maxDelay: 60_000, ...(scheduler && { scheduler }) }),

    // events → interaction → turns
    scanInteraction: library.scanInteraction(),
    reduceInteraction: library.reduceInteraction(),
    throwIfUnsettled: library.throwIfUnsettled(),
    continueWith: (source) =>
      defer(() => {
        let rounds = 0;
        return source.pipe(library.continueWith(() => ((rounds += 1) < 3 ? source : undefined)));
      }),
  }),
  {
    name: 'fromSdkStream',
    takes: 'events',
    isAsync: true,
    through: (source) => defer(() => library.fromSdkStream(sdkStreamOf(source))),
  },
];

/**
 * Every operator of the package, with what it takes.
 *
 * @param scheduler - What those wait on that wait.
 */
export const everyOperator = (scheduler?: SchedulerLike): readonly AnyOperator[] => [
  ...ofBytes,
  ...ofFrames,
  ...ofPieces,
  ...ofEvents(scheduler),
];

/** What the package exports that takes no stream of somebody else's, or none of events. */
const NO_OPERATORS: ReadonlySet<string> = new Set(
  `accumulateInteraction citationsOf mediaOf audioFrom codeExecution contentFrom converse createClient createConversation cursorOf customAgent
  decodeEvent deepResearch defineTool described documentFrom environmentOf eventsOf fetchTransport followUp fromGenerateContent functionCallsOf
  functionResult googleMaps googleSearch imageFrom initialInteraction isLive managedAgent outputAudio outputImage outputText
  outputVideo rawOf responseFormat resultEvents runBackground runTools snapshotOf text
  toInteractionRequest urlContext videoFrom`.split(/\s+/),
);

/** Operators of the package that {@link everyOperator} lacks: functions nobody has said of that they are none. */
export const forgottenOperators = (): readonly string[] => {
  const covered = new Set(everyOperator().map(({ name }) => name));
  return Object.entries(library)
    .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
    .map(([name]) => name)
    .filter((name) => !NO_OPERATORS.has(name) && !covered.has(name));
};

/** What to do about {@link forgottenOperators}. */
export const adviceFor = (forgotten: readonly string[]): string =>
  `${forgotten.join(', ')}: exported, but neither an operator in test/support/every-operator.ts nor named there as none`;
