import type { Interactions } from '@google/genai';
import { type Observable, of } from 'rxjs';
import {
  type Annotation,
  type Content,
  type Delta,
  type Interaction,
  type InteractionEvent,
  type InteractionRequest,
  type InteractionResource,
  ofEventType,
  outputText,
  reduceInteraction,
  scanInteraction,
  type Step,
  type Usage,
} from 'rx-interactions';

import { valuesOf } from '../support/outcome.js';
import { emits, type Equal, typed } from '../support/types.js';

/** Whether a value of one type can stand where one of the other is wanted. */
type Fits<From, To> = [From] extends [To] ? true : false;

// The compiler is the test.
describe('the types of the official SDK', () => {
  it('are not any, so that what follows says something', () => {
    typed<Equal<Equal<Interactions.InteractionSSEEvent, unknown>, false>>();
    typed<Equal<0 extends 1 & Interactions.InteractionSSEEvent ? 'any' : 'typed', 'typed'>>();
    typed<Equal<Fits<Interactions.InteractionSSEEvent, Step>, false>>();
  });

  it('fit where our events are wanted', () => {
    typed<Fits<Interactions.InteractionSSEEvent, InteractionEvent>>();
    typed<Fits<Interactions.InteractionCreatedEvent, InteractionEvent>>();
    typed<Fits<Interactions.InteractionStatusUpdate, InteractionEvent>>();
    typed<Fits<Interactions.StepStart, InteractionEvent>>();
    typed<Fits<Interactions.StepDelta, InteractionEvent>>();
    typed<Fits<Interactions.StepStop, InteractionEvent>>();
    typed<Fits<Interactions.InteractionCompletedEvent, InteractionEvent>>();
    typed<Fits<Interactions.ErrorEvent, InteractionEvent>>();
  });

  it('fit where our steps are wanted', () => {
    typed<Fits<Interactions.Step, Step>>();
    typed<Fits<Interactions.UserInputStep, Step>>();
    typed<Fits<Interactions.ModelOutputStep, Step>>();
    typed<Fits<Interactions.ThoughtStep, Step>>();
    typed<Fits<Interactions.FunctionCallStep, Step>>();
    typed<Fits<Interactions.FunctionResultStep, Step>>();
    typed<Fits<Interactions.GoogleSearchCallStep, Step>>();
    typed<Fits<Interactions.GoogleSearchResultStep, Step>>();
    typed<Fits<Interactions.URLContextCallStep, Step>>();
    typed<Fits<Interactions.URLContextResultStep, Step>>();
    typed<Fits<Interactions.CodeExecutionCallStep, Step>>();
    typed<Fits<Interactions.CodeExecutionResultStep, Step>>();
    typed<Fits<Interactions.GoogleMapsCallStep, Step>>();
    typed<Fits<Interactions.GoogleMapsResultStep, Step>>();
    typed<Fits<Interactions.FileSearchCallStep, Step>>();
    typed<Fits<Interactions.FileSearchResultStep, Step>>();
    typed<Fits<Interactions.RetrievalCallStep, Step>>();
    typed<Fits<Interactions.RetrievalResultStep, Step>>();
    typed<Fits<Interactions.MCPServerToolCallStep, Step>>();
    typed<Fits<Interactions.MCPServerToolResultStep, Step>>();
    typed<Fits<Interactions.ProcessingCallStep, Step>>();
    typed<Fits<Interactions.ProcessingResultStep, Step>>();
  });

  it('fit where our deltas, blocks, annotations and usage are wanted', () => {
    typed<Fits<Interactions.StepDelta['delta'], Delta>>();
    typed<Fits<Interactions.Content, Content>>();
    typed<Fits<Interactions.Annotation, Annotation>>();
    typed<Fits<Interactions.Usage, Usage>>();
    typed<Fits<Interactions.Interaction, InteractionResource>>();
  });

  // Ours are stricter where the server would refuse: a `function` without a name, a format that is any object at all.
  it('of requests fit where our requests are wanted, but for tools and formats', () => {
    type Stricter = 'tools' | 'response_format';
    typed<Fits<Omit<Interactions.CreateModelInteractionParamsStreaming, Stricter>, InteractionRequest>>();
    typed<Fits<Omit<Interactions.CreateAgentInteractionParamsStreaming, Stricter>, InteractionRequest>>();
  });

  it('of a stream go through our operators', () => {
    const events: readonly Interactions.InteractionSSEEvent[] = [
      { event_type: 'interaction.created', interaction: { id: 'v1_a', status: 'in_progress' } },
      { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
      { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'Hello' } },
      { event_type: 'step.stop', index: 0 },
      { event_type: 'interaction.completed', interaction: { id: 'v1_a', status: 'completed' } },
    ];
    const stream$ = of(...events);
    const whole$: Observable<Interaction> = stream$.pipe(reduceInteraction());
    const live$: Observable<Interaction> = stream$.pipe(scanInteraction());
    const deltas$ = stream$.pipe(ofEventType('step.delta'));

    emits<Interactions.StepDelta>()(deltas$);
    expect(valuesOf(whole$).map(outputText)).toEqual(['Hello']);
    expect(valuesOf(live$)).toHaveLength(5);
    expect(valuesOf(deltas$).map(({ index }) => index)).toEqual([0]);
  });
});
