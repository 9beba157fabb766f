// What index.d.ts declares is not repeated here.

import * as t from 'io-ts';

import { Observable } from 'rxjs';

import { TestScheduler } from 'rxjs/testing';

type Alphabet = Readonly<Record<string, InteractionEvent>>;

type Cold = ReturnType<typeof TestScheduler.prototype.createColdObservable<InteractionEvent>>;

type Hot = ReturnType<typeof TestScheduler.prototype.createHotObservable<InteractionEvent>>;

interface MarbleHelpers extends RunHelpers {
  readonly coldEvents: (marbles: string, letters?: Alphabet, error?: unknown) => Cold;
  readonly hotEvents: (marbles: string, letters?: Alphabet, error?: unknown) => Hot;
  readonly expectEvents: (
    events$: Observable<unknown>,
    unsubscription?: string,
  ) => {
    readonly toBe: (marbles: string, letters?: Alphabet, error?: unknown) => void;
  };
}

type RunHelpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];

declare const alphabet: Alphabet;

declare const argumentsDelta: (index: number, text: string) => StepDelta;

declare const completed: (interaction?: InteractionResource) => InteractionCompleted;

declare const created: (interaction?: InteractionResource) => InteractionCreated;

declare const errorEvent: (code?: string, message?: string) => ErrorEvent;

declare const fromWire: (text: string, config?: DecodeEventsConfig) => Observable<InteractionEvent>;

declare const marbles: (
  assertEqual: (actual: unknown, expected: unknown) => void,
  body: (helpers: MarbleHelpers) => void,
) => () => void;

declare const statusUpdate: (
  status: string,
  more?: Omit<InteractionStatusUpdate, 'event_type' | 'status'>,
) => InteractionStatusUpdate;

declare const stepDelta: (index: number, delta: Delta) => StepDelta;

declare const stepStart: (index: number, step: Step | Exclude<Step['type'], 'unknown'>) => StepStart;

declare const stepStop: (index: number) => StepStop;

declare const textDelta: (index: number, text: string) => StepDelta;

declare const thoughtSignature: (index: number, signature: string) => StepDelta;

declare const thoughtSummary: (index: number, text: string) => StepDelta;

export {
  alphabet,
  argumentsDelta,
  completed,
  created,
  errorEvent,
  fromWire,
  marbles,
  statusUpdate,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
  thoughtSummary,
};

export type { Alphabet, MarbleHelpers };
