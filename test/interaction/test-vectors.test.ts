import { distinctUntilChanged, from, map, of } from 'rxjs';
import {
  decodeEvents,
  decodeFrames,
  functionCallsOf,
  type InteractionEvent,
  outputText,
  reduceInteraction,
  scanInteraction,
  type Step,
  takeUntilSettled,
  throwIfUnsettled,
  throwOnErrorEvent,
} from 'rx-interactions';
import {
  argumentsDelta,
  completed,
  created,
  errorEvent,
  statusUpdate,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
} from 'rx-interactions/testing';

import { eventStream, utf8 } from '../support/bytes.js';
import { outcomeOf, valuesOf } from '../support/outcome.js';

/** What the client makes of a stream: the pipeline behind `client.stream`, from bytes on. */
const received = (bytes: Uint8Array) =>
  of(bytes).pipe(decodeFrames(), decodeEvents(), throwOnErrorEvent(), takeUntilSettled(), throwIfUnsettled());

const reduced = (...events: readonly InteractionEvent[]) => valuesOf(from(events).pipe(reduceInteraction()))[0]!;
const stepsOf = (...events: readonly InteractionEvent[]) => reduced(...events).steps;
const unknownDelta = (index: number) => stepDelta(index, { type: 'unknown', received: { type: 'hologram' } });

// Numbered as in wire-format 16. The others are where what they are about is: T18 in test/client/hops.test.ts, T19 in
// test/client/resume.test.ts, T20–T22 in dialects.test.ts, T23–T25 in test/frames/decode-frames.test.ts and
// test/events/decode-events.test.ts, T27 in test/steps/citations.test.ts, T30 in test/turns/ledger.test.ts.
describe('the test vectors', () => {
  it('T1: text is one block', () => {
    const interaction = reduced(
      stepStart(0, 'model_output'),
      textDelta(0, 'a'),
      textDelta(0, 'b'),
      stepStop(0),
      completed(),
    );
    expect(interaction.steps).toEqual([{ type: 'model_output', content: [{ type: 'text', text: 'ab' }] }]);
    expect(outputText(interaction)).toBe('ab');
  });

  it('T2: a thought may be nothing but a signature', () => {
    expect(stepsOf(stepStart(0, 'thought'), thoughtSignature(0, 's'), stepStop(0))).toEqual([
      { type: 'thought', signature: 's' },
    ]);
  });

  const call: Step = { type: 'function_call', id: '1', name: 'f', arguments: {}, signature: '' };

  it('T3: a call without arguments has {}, and no empty signature', () => {
    expect(stepsOf(stepStart(0, call), stepStop(0))).toEqual([
      { type: 'function_call', id: '1', name: 'f', arguments: {} },
    ]);
  });

  it('T4: the pieces of arguments are parsed when the step stops', () => {
    expect(stepsOf(stepStart(0, call), argumentsDelta(0, '{"a":'), argumentsDelta(0, '1}'), stepStop(0))).toEqual([
      { type: 'function_call', id: '1', name: 'f', arguments: { a: 1 } },
    ]);
  });

  it('T5: arguments that were cut are {}, marked with their text, and the call is not to be run', () => {
    const interaction = reduced(stepStart(0, call), argumentsDelta(0, '{"a":'), stepStop(0), completed());
    expect(interaction.steps).toEqual([{ type: 'function_call', id: '1', name: 'f', arguments: {} }]);
    expect(interaction.diagnostics).toEqual([{ code: 'arguments_invalid', position: 0, text: '{"a":' }]);
    expect(functionCallsOf(interaction)).toEqual([]);
  });

  it('T6: the payload of a server-side call comes in its delta', () => {
    expect(
      stepsOf(
        stepStart(0, { type: 'google_search_call', id: 'q', signature: '' }),
        stepDelta(0, { type: 'google_search_call', arguments: { queries: ['x'] }, signature: 'z' }),
        stepStop(0),
      ),
    ).toEqual([{ type: 'google_search_call', id: 'q', arguments: { queries: ['x'] }, signature: 'z' }]);
  });

  it('T7: a result without a result has none', () => {
    expect(
      stepsOf(
        stepStart(0, { type: 'google_search_result', call_id: 'q' }),
        stepDelta(0, { type: 'google_search_result', is_error: false }),
        stepStop(0),
      ),
    ).toEqual([{ type: 'google_search_result', call_id: 'q', is_error: false }]);
  });

  it('T8: media stand between two text blocks, and an annotation is on the second', () => {
    const image = { type: 'image', mime_type: 'image/jpeg', data: 'AAAA' } as const;
    const citation = { type: 'url_citation', url: 'https://example.com' } as const;
    expect(
      stepsOf(
        stepStart(0, 'model_output'),
        textDelta(0, 'a'),
        stepDelta(0, image),
        textDelta(0, 'b'),
        stepDelta(0, { type: 'text_annotation_delta', annotations: [citation] }),
        stepStop(0),
      ),
    ).toEqual([
      {
        type: 'model_output',
        content: [{ type: 'text', text: 'a' }, image, { type: 'text', text: 'b', annotations: [citation] }],
      },
    ]);
  });

  it('T9: content in the start is a first delta', () => {
    expect(
      stepsOf(
        stepStart(0, { type: 'model_output', content: [{ type: 'text', text: 'Once' }] }),
        textDelta(0, ' upon'),
        stepStop(0),
      ),
    ).toEqual([{ type: 'model_output', content: [{ type: 'text', text: 'Once upon' }] }]);
  });

  it('T10: steps that interleave do not mix, and keep the order in which they began', () => {
    expect(
      stepsOf(
        stepStart(0, 'model_output'),
        stepStart(1, 'thought'),
        thoughtSignature(1, 's'),
        textDelta(0, 'a'),
        stepStop(1),
        stepStop(0),
      ),
    ).toEqual([
      { type: 'model_output', content: [{ type: 'text', text: 'a' }] },
      { type: 'thought', signature: 's' },
    ]);
  });

  it('T11: a delta for an index that did not start makes the step, and says so', () => {
    const interaction = reduced(created(), textDelta(3, 'a'), stepStop(3), completed());
    expect(interaction.steps).toEqual([{ type: 'model_output', content: [{ type: 'text', text: 'a' }] }]);
    expect(interaction.diagnostics).toEqual([{ code: 'step_synthesized', position: 0 }]);
  });

  it('T12: what is unknown does not touch its neighbours', () => {
    const step = { type: 'hologram', id: 'h' };
    const interaction = reduced(
      created(),
      stepStart(0, 'model_output'),
      textDelta(0, 'a'),
      { event_type: 'unknown', received: { event_type: 'interaction.paused' } },
      unknownDelta(0),
      textDelta(0, 'b'),
      stepStop(0),
      stepStart(1, { type: 'unknown', received: step }),
      stepStop(1),
      completed(),
    );
    expect(interaction.steps).toEqual([
      { type: 'model_output', content: [{ type: 'text', text: 'ab' }] },
      { type: 'unknown', received: step },
    ]);
    expect(interaction.diagnostics).toEqual([
      { code: 'event_unknown', text: 'interaction.paused' },
      { code: 'delta_ignored', position: 0, text: 'hologram' },
    ]);
  });

  it('T13: an end after the final event is clean without [DONE]', () => {
    const events = [created(), stepStart(0, 'model_output'), textDelta(0, 'a'), stepStop(0), completed()];
    const bytes = utf8(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    expect(valuesOf(received(bytes))).toEqual(events);
  });

  it('T14: an end in the middle of a step is no end: the partial answer is on the error', () => {
    const events = [created(), stepStart(0, 'model_output'), textDelta(0, 'a')];
    const bytes = utf8(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    const { values, error } = outcomeOf(received(bytes));
    expect(values).toEqual(events);
    expect(error).toMatchObject({
      name: 'UnsettledError',
      reason: 'disconnected',
      interactionId: 'v1_test',
      partial: {
        status: 'in_progress',
        steps: [{ type: 'model_output', content: [{ type: 'text', text: 'a' }] }],
        diagnostics: [{ code: 'step_truncated', position: 0 }],
      },
    });
  });

  it('T15: an id that is empty is none', () => {
    const interaction = reduced(created({ id: '' }), completed({ id: '' }));
    expect(interaction).not.toHaveProperty('id');
    expect(interaction.ids).toEqual([]);
  });

  it('T16: an error of the server, and the end: it failed with that code, and what came is kept', () => {
    const events = [
      created(),
      stepStart(0, 'model_output'),
      textDelta(0, 'a'),
      errorEvent('gateway_timeout', 'Deadline expired before operation could complete.'),
    ];
    const { values, error } = outcomeOf(received(eventStream(events)));
    expect(values).toEqual(events);
    expect(error).toMatchObject({
      name: 'ServerError',
      code: 'gateway_timeout',
      message: 'Deadline expired before operation could complete.',
      partial: { steps: [{ type: 'model_output', content: [{ type: 'text', text: 'a' }] }] },
    });
  });

  it('T17: an empty error event in mid-stream is noted, and nothing else', () => {
    const events = [created(), stepStart(0, 'model_output'), errorEvent(), textDelta(0, 'a'), stepStop(0), completed()];
    const [interaction] = valuesOf(received(eventStream(events)).pipe(reduceInteraction()));
    expect(interaction).toMatchObject({
      status: 'completed',
      steps: [{ type: 'model_output', content: [{ type: 'text', text: 'a' }] }],
    });
    expect(interaction?.diagnostics).toEqual([expect.objectContaining({ code: 'error_event' })]);
  });

  it('T26: a call that nobody answered is found, whatever the status', () => {
    const interaction = reduced(
      created(),
      stepStart(0, { ...call, signature: undefined }),
      argumentsDelta(0, '{"a":1}'),
      stepStop(0),
      completed({ status: 'completed' }),
    );
    expect(interaction.status).toBe('completed');
    expect(functionCallsOf(interaction)).toEqual([{ position: 0, id: '1', name: 'f', arguments: { a: 1 } }]);
  });

  it('T28: annotations that come twice are there once', () => {
    const citation = { type: 'url_citation', url: 'https://example.com', start_index: 0, end_index: 1 } as const;
    const annotate = stepDelta(0, { type: 'text_annotation_delta', annotations: [citation] });
    expect(stepsOf(stepStart(0, 'model_output'), textDelta(0, 'a'), annotate, annotate, stepStop(0))).toEqual([
      { type: 'model_output', content: [{ type: 'text', text: 'a', annotations: [citation] }] },
    ]);
  });

  it('T29: a status that is said twice is one transition', () => {
    const statuses = valuesOf(
      from([created(), statusUpdate('requires_action'), completed({ status: 'requires_action' })]).pipe(
        scanInteraction(),
        map(({ status }) => status),
        distinctUntilChanged(),
      ),
    );
    expect(statuses).toEqual(['in_progress', 'requires_action']);
  });
});
