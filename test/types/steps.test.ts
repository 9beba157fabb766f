import type { Interactions } from '@google/genai';
import { EMPTY, mergeMap, type Observable } from 'rxjs';
import {
  type ArgumentsDelta,
  type Citation,
  coalesce,
  type FunctionCallStep,
  type GoogleSearchCallStep,
  groupByStep,
  type InteractionEvent,
  type MediaChunk,
  type ModelOutputStep,
  ofDeltaType,
  ofEventType,
  ofStepType,
  partitionByModality,
  reduceStep,
  reduceText,
  scanStep,
  scanText,
  type ServerToolStep,
  splitModalities,
  type Step,
  type StepDelta,
  type StepEventOf,
  type StepObservable,
  type StepStart,
  type StepStop,
  type StreamedCall,
  textDeltas,
  type TextDelta,
  type TextPiece,
  thoughtDeltas,
  type ThoughtStep,
  type TurnEvent,
  type Unrecognized,
} from 'rx-interactions';

import { emits, type Equal, typed } from '../support/types.js';

const events$: Observable<InteractionEvent> = EMPTY;
const turn$: Observable<TurnEvent> = EMPTY;
const sdk$: Observable<Interactions.InteractionSSEEvent> = EMPTY;
const steps$ = events$.pipe(groupByStep());

// The compiler is the test.
describe('groupByStep', () => {
  it('gives streams of the events of steps, with what is known of each step', () => {
    emits<StepObservable>()(steps$);
    emits<StepEventOf<Step>>()(steps$.pipe(mergeMap((step$) => step$)));
    typed<Equal<StepObservable['index'], number>>();
    typed<Equal<StepObservable['position'], number>>();
    typed<Equal<StepObservable['step'], Step>>();
    typed<Equal<Exclude<StepEventOf<Step>, StepStart & { readonly step: Step }>, StepDelta | StepStop>>();
  });

  it('gives what cannot be written to', () => {
    steps$.subscribe((step$) => {
      // @ts-expect-error -- read-only
      step$.position = 1;
    });
  });
});

describe('ofStepType', () => {
  it('narrows the steps, their starts among their events, and what becomes of them', () => {
    const calls$ = steps$.pipe(ofStepType('function_call'));
    emits<StepObservable<FunctionCallStep>>()(calls$);
    emits<FunctionCallStep>()(calls$.pipe(mergeMap((step$) => step$.pipe(reduceStep()))));
    emits<FunctionCallStep>()(calls$.pipe(mergeMap((step$) => step$.pipe(scanStep()))));
    calls$.subscribe((step$) => {
      typed<Equal<typeof step$.step, FunctionCallStep>>();
      emits<StepStart & { readonly step: FunctionCallStep }>()(step$.pipe(ofEventType('step.start')));
    });
  });

  it('narrows to several types', () => {
    const some$ = steps$.pipe(ofStepType('model_output', 'thought'));
    emits<StepObservable<ModelOutputStep | ThoughtStep>>()(some$);
    emits<ModelOutputStep | ThoughtStep>()(some$.pipe(mergeMap((step$) => step$.pipe(reduceStep()))));
  });

  it('takes neither a misspelled name nor none at all', () => {
    // @ts-expect-error -- not a step of this protocol
    steps$.pipe(ofStepType('model_outputs'));
    // @ts-expect-error -- one of them is not
    steps$.pipe(ofStepType('thought', 'functioncall'));
    // @ts-expect-error -- nothing would come through
    steps$.pipe(ofStepType());
    // @ts-expect-error -- steps, not events
    events$.pipe(ofStepType('thought'));
  });
});

describe('ofDeltaType', () => {
  it('narrows to one type, and to several', () => {
    emits<TextDelta>()(events$.pipe(ofDeltaType('text')));
    emits<TextDelta | ArgumentsDelta>()(events$.pipe(ofDeltaType('text', 'arguments_delta')));
  });

  it('goes on from the events of one step, or of one type', () => {
    emits<TextDelta>()(steps$.pipe(mergeMap((step$) => step$.pipe(ofDeltaType('text')))));
    emits<TextDelta>()(events$.pipe(ofEventType('step.delta'), ofDeltaType('text')));
  });

  it('takes neither a misspelled name nor none at all', () => {
    // @ts-expect-error -- not a delta of this protocol
    events$.pipe(ofDeltaType('txt'));
    // @ts-expect-error -- one of them is not
    events$.pipe(ofDeltaType('text', 'thoughts'));
    // @ts-expect-error -- nothing would come through
    events$.pipe(ofDeltaType());
  });
});

describe('reduceStep and scanStep', () => {
  it('give any step where nothing is known of it', () => {
    emits<Step>()(events$.pipe(reduceStep()));
    emits<Step>()(events$.pipe(scanStep()));
    emits<Step>()(steps$.pipe(mergeMap((step$) => step$.pipe(reduceStep()))));
  });

  it('narrow after a type that has a payload', () => {
    const search$ = steps$.pipe(
      ofStepType('google_search_call'),
      mergeMap((step$) => step$.pipe(reduceStep())),
    );
    emits<GoogleSearchCallStep>()(search$);
    search$.subscribe((step) => {
      // @ts-expect-error -- a search has no code
      expect(step.arguments?.code).toBeUndefined();
    });
  });
});

describe('the strands', () => {
  it('of text are strings', () => {
    emits<string>()(events$.pipe(scanText()));
    emits<string>()(events$.pipe(reduceText()));
    emits<string>()(events$.pipe(textDeltas()));
    emits<string>()(events$.pipe(thoughtDeltas()));
  });

  it('of all modalities are what they say', () => {
    const strands = partitionByModality(events$);
    emits<TextPiece>()(strands.text$);
    emits<TextPiece>()(strands.thoughts$);
    emits<MediaChunk>()(strands.images$);
    emits<MediaChunk>()(strands.audio$);
    emits<MediaChunk>()(strands.video$);
    emits<MediaChunk>()(strands.documents$);
    emits<StreamedCall>()(strands.functionCalls$);
    emits<ServerToolStep>()(strands.serverTools$);
    emits<Citation>()(strands.citations$);
    emits<Unrecognized>()(strands.unknown$);
    // @ts-expect-error -- not a strand
    expect(strands.texts$).toBeUndefined();
  });

  it('that are split give what was made of them', () => {
    emits<TextPiece>()(events$.pipe(splitModalities(({ text$ }) => text$)));
    emits<number>()(events$.pipe(splitModalities(() => [1])));
    // @ts-expect-error -- nothing that can be subscribed
    events$.pipe(splitModalities(() => 1));
  });
});

describe('coalesce', () => {
  it('keeps the type of its events', () => {
    emits<InteractionEvent>()(events$.pipe(coalesce()));
    emits<TurnEvent>()(turn$.pipe(coalesce({ ms: 50 })));
    emits<StepDelta>()(events$.pipe(ofEventType('step.delta'), coalesce()));
    emits<StepEventOf<ThoughtStep>>()(
      steps$.pipe(
        ofStepType('thought'),
        mergeMap((step$) => step$.pipe(coalesce())),
      ),
    );
  });

  it('takes only configuration that it knows', () => {
    // @ts-expect-error -- a number of ms
    coalesce({ ms: '50' });
    // @ts-expect-error -- frames are asked for, or not
    coalesce({ frame: 60 });
  });
});

describe('every operator over events', () => {
  it('takes the events of a turn', () => {
    emits<StepObservable>()(turn$.pipe(groupByStep()));
    emits<TextDelta>()(turn$.pipe(ofDeltaType('text')));
    emits<Step>()(turn$.pipe(reduceStep()));
    emits<Step>()(turn$.pipe(scanStep()));
    emits<string>()(turn$.pipe(scanText()));
    emits<string>()(turn$.pipe(reduceText()));
    emits<string>()(turn$.pipe(textDeltas()));
    emits<string>()(turn$.pipe(thoughtDeltas()));
    emits<TextPiece>()(turn$.pipe(splitModalities(({ text$ }) => text$)));
    emits<TextPiece>()(partitionByModality(turn$).text$);
  });

  it('takes the events of the official SDK', () => {
    emits<StepObservable>()(sdk$.pipe(groupByStep()));
    emits<TextDelta>()(sdk$.pipe(ofDeltaType('text')));
    emits<string>()(sdk$.pipe(scanText()));
    emits<string>()(sdk$.pipe(reduceText()));
    emits<string>()(sdk$.pipe(textDeltas()));
    emits<string>()(sdk$.pipe(thoughtDeltas()));
    emits<Step>()(
      sdk$.pipe(
        groupByStep(),
        mergeMap((step$) => step$.pipe(reduceStep())),
      ),
    );
    emits<TextPiece>()(sdk$.pipe(splitModalities(({ text$ }) => text$)));
    emits<TextPiece>()(partitionByModality(sdk$).text$);
    emits<Interactions.InteractionSSEEvent>()(sdk$.pipe(coalesce()));
    const steps: readonly Observable<Step>[] = [sdk$.pipe(reduceStep()), sdk$.pipe(scanStep())];
    expect(steps).toHaveLength(2);
  });

  it('does not take what is no event', () => {
    const texts$: Observable<string> = EMPTY;
    // @ts-expect-error -- text, not events
    texts$.pipe(scanText());
    // @ts-expect-error -- text, not events
    texts$.pipe(groupByStep());
    // @ts-expect-error -- snapshots, not events
    events$.pipe(reduceText(), coalesce());
  });
});
