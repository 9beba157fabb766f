import type { Either } from 'fp-ts/lib/Either.js';
import { EMPTY, type Observable } from 'rxjs';
import {
  type ArgumentsDelta,
  attempt,
  type Content,
  decodeEvents,
  decodeFrames,
  type Delta,
  encodeEvents,
  type FunctionCallStep,
  type ImageContent,
  type ImageDelta,
  type Interaction,
  type InteractionCompleted,
  type InteractionError,
  type InteractionEvent,
  ofEventType,
  reduceInteraction,
  scanInteraction,
  type SseFrame,
  type Step,
  type StepDelta,
  type StepEvent,
  type StepStart,
  type StepStop,
  takeUntilSettled,
  type TextContent,
  type TextDelta,
  throwIfUnsettled,
  throwOnErrorEvent,
  type UnknownDelta,
  type UnknownEvent,
  unknownEvents,
} from 'rx-interactions';

import { emits, type Equal, typed } from '../support/types.js';

const events$: Observable<InteractionEvent> = EMPTY;
const bytes$: Observable<Uint8Array> = EMPTY;

// The compiler is the test.
describe('ofEventType', () => {
  it('narrows to one type', () => {
    emits<StepStop>()(events$.pipe(ofEventType('step.stop')));
    emits<UnknownEvent>()(events$.pipe(ofEventType('unknown')));
  });

  it('narrows to several types', () => {
    emits<StepStart | InteractionCompleted>()(events$.pipe(ofEventType('step.start', 'interaction.completed')));
    emits<StepEvent>()(events$.pipe(ofEventType('step.start', 'step.delta', 'step.stop')));
  });

  it('narrows events of others too', () => {
    const others$: Observable<{ event_type: 'a'; a: 1 } | { event_type: 'b'; b: 2 }> = EMPTY;
    emits<{ event_type: 'b'; b: 2 }>()(others$.pipe(ofEventType('b')));
  });

  it('does not take a misspelled name', () => {
    // @ts-expect-error -- not an event of this protocol
    events$.pipe(ofEventType('step.stopped'));
    // @ts-expect-error -- one of them is not
    events$.pipe(ofEventType('step.stop', 'interaction.complete'));
  });

  it('does not take no name at all', () => {
    // @ts-expect-error -- nothing would come through
    events$.pipe(ofEventType());
  });
});

describe('the operators', () => {
  it('say what they emit', () => {
    emits<SseFrame>()(bytes$.pipe(decodeFrames()));
    emits<InteractionEvent>()(bytes$.pipe(decodeFrames(), decodeEvents()));
    emits<Uint8Array>()(events$.pipe(encodeEvents()));
    emits<Interaction>()(events$.pipe(scanInteraction()));
    emits<Interaction>()(events$.pipe(reduceInteraction()));
    emits<unknown>()(events$.pipe(unknownEvents()));
  });

  it('that let events through keep their type', () => {
    emits<InteractionEvent>()(events$.pipe(throwOnErrorEvent(), takeUntilSettled(), throwIfUnsettled()));
    emits<StepDelta>()(events$.pipe(ofEventType('step.delta'), takeUntilSettled()));
  });

  it('do not fit together in the wrong order', () => {
    // @ts-expect-error -- frames, not bytes
    bytes$.pipe(decodeEvents());
    // @ts-expect-error -- events, not frames
    events$.pipe(decodeEvents());
    // @ts-expect-error -- events, not bytes
    bytes$.pipe(scanInteraction());
  });

  it('take only configuration that they know', () => {
    // @ts-expect-error -- neither 'error' nor 'skip'
    decodeEvents({ onMalformed: 'ignore' });
    // @ts-expect-error -- a number of bytes
    decodeFrames({ maxFrameBytes: '1 MB' });
  });

  it('attempt gives an Either whose Left is an error of this library', () => {
    emits<Either<InteractionError, InteractionEvent>>()(events$.pipe(attempt()));
  });
});

describe('a tag tells the type', () => {
  it('of an event', () => {
    const look = (event: InteractionEvent) => {
      if (event.event_type === 'step.delta') typed<Equal<typeof event, StepDelta>>();
      if (event.event_type === 'unknown') typed<Equal<typeof event, UnknownEvent>>();
      // @ts-expect-error -- only the events of a step have an index
      return event.index as unknown;
    };
    expect(look({ event_type: 'step.stop', index: 7 })).toBe(7);
  });

  it('of a step, a delta and a block', () => {
    const look = (step: Step, delta: Delta, content: Content) => {
      if (step.type === 'function_call') typed<Equal<typeof step, FunctionCallStep>>();
      if (delta.type === 'text') typed<Equal<typeof delta, TextDelta>>();
      if (delta.type === 'image') typed<Equal<typeof delta, ImageDelta>>();
      if (delta.type === 'arguments_delta') typed<Equal<typeof delta, ArgumentsDelta>>();
      if (delta.type === 'unknown') typed<Equal<typeof delta, UnknownDelta>>();
      if (content.type === 'text') typed<Equal<typeof content, TextContent>>();
      if (content.type === 'image') typed<Equal<typeof content, ImageContent>>();
      // @ts-expect-error -- no delta of this protocol
      return delta.type === 'txt';
    };
    expect(look({ type: 'thought' }, { type: 'text', text: 'a' }, { type: 'text', text: 'a' })).toBe(false);
  });

  it('so that a switch over it can be held complete', () => {
    const nameOf = (event: InteractionEvent): string => {
      switch (event.event_type) {
        case 'interaction.created':
        case 'interaction.status_update':
        case 'interaction.completed':
          return 'interaction';
        case 'step.start':
        case 'step.delta':
        case 'step.stop':
          return 'step';
        case 'error':
        case 'unknown':
          return 'other';
      }
    };
    expect(nameOf({ event_type: 'error' })).toBe('other');
  });
});

describe('wire objects', () => {
  it('cannot be written to', () => {
    const event: StepDelta = { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'a' } };
    const interaction: Interaction = { status: 'completed', steps: [], ids: [], diagnostics: [] };
    // @ts-expect-error -- read-only
    event.index = 1;
    // @ts-expect-error -- read-only
    interaction.steps[0] = { type: 'thought' };
    expect([event.index, interaction.steps]).toEqual([1, [{ type: 'thought' }]]); // by types only: nothing is frozen
  });

  it('have optional members that may be there as undefined', () => {
    const step: FunctionCallStep = { type: 'function_call', id: undefined, name: undefined, signature: undefined };
    const event: StepStop = { event_type: 'step.stop', index: 0, event_id: undefined, usage: undefined };
    expect([step.type, event.event_type]).toEqual(['function_call', 'step.stop']);
  });

  it('have enums that are open, and still suggest what is known', () => {
    const status: Interaction['status'] = 'a_status_of_tomorrow';
    typed<Equal<'completed' extends Interaction['status'] ? true : false, true>>();
    expect(status).toBe('a_status_of_tomorrow');
  });
});
