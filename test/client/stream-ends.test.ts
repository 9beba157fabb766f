import {
  type ClientConfig,
  createClient,
  type Diagnostic,
  InteractionError,
  type InteractionEvent,
  outputText,
  type Transport,
  TransportError,
} from 'rx-interactions';
import {
  argumentsDelta,
  completed,
  created,
  errorEvent,
  statusUpdate,
  stepStart,
  stepStop,
  textDelta,
} from 'rx-interactions/testing';
import { concat, lastValueFrom, materialize, NEVER, of, toArray } from 'rxjs';

import { failureOf } from '../transport/support/observe.js';
import { type Answer, DONE, eventStream, fakeTransport, frame } from './support/fake-transport.js';

const request = { model: 'gemini-3-flash-preview', input: 'Hi' };

const clientFor = (answer: Answer, config: ClientConfig = {}) =>
  createClient({ ...config, apiKey: 'test', resume: false, transport: fakeTransport(answer).transport });

/** The events of a stream that ends well. */
const eventsFor = (answer: Answer, config?: ClientConfig): Promise<InteractionEvent[]> =>
  lastValueFrom(clientFor(answer, config).stream(request).pipe(toArray()));

/** What a stream that does not end well had brought, and its error. */
const cutFor = async (answer: Answer, config?: ClientConfig) => {
  const { values, error } = await failureOf(clientFor(answer, config).stream(request));
  if (!InteractionError.is(error)) throw error;
  return { values, error };
};

const typesOf = (events: readonly InteractionEvent[]) => events.map(({ event_type }) => event_type);

/** The beginning of an answer, in the middle of its text. */
const begun = [created(), stepStart(0, 'model_output'), textDelta(0, 'Once '), textDelta(0, 'upon')] as const;
const whole = [...begun, stepStop(0), completed()] as const;

/** What had arrived after `begun`. */
const partial = {
  id: 'v1_test',
  status: 'in_progress',
  steps: [{ type: 'model_output', content: [{ type: 'text', text: 'Once upon' }] }],
};

describe('a stream that settles', () => {
  it.each<[string, readonly (object | string)[]]>([
    ['with [DONE]', [...whole, DONE]],
    ['without [DONE]', whole],
    [
      'with something behind the event that settled it',
      [...whole, 'data: not json\n\n', frame(created({ id: 'v1_other' }))],
    ],
    ['with the end of the connection in the middle of [DONE]', [...whole, 'event: done\nda']],
    ['with comments and blank lines in between', [': hello\n\n', ...begun, ':\n\n\n\n', stepStop(0), completed()]],
  ])('completes with its final event: %s', async (_what, messages) => {
    const events = await eventsFor(eventStream(...messages));
    expect(events).toEqual(whole);
  });

  it.each([
    'completed',
    'requires_action',
    'incomplete',
    'failed',
    'cancelled',
    'budget_exceeded',
    'requires_continuation',
    'new',
  ])('completes with status %s, whatever it means', async (status) => {
    const events = await eventsFor(eventStream(...begun, stepStop(0), completed({ status })));
    expect(events.at(-1)).toEqual(completed({ status }));
  });

  it('completes with its final event although the server says no more and stays', () => {
    const { body = [] } = eventStream(...whole);
    const transport: Transport = () =>
      of({
        status: 200,
        headers: new Headers({ 'content-type': 'text/event-stream' }),
        body: concat(of(...(body as readonly string[]).map((text) => new TextEncoder().encode(text))), NEVER),
      });
    const kinds: string[] = [];
    createClient({ apiKey: 'test', resume: false, transport })
      .stream(request)
      .pipe(materialize())
      .subscribe(({ kind }) => kinds.push(kind));
    expect(kinds).toEqual([...whole.map(() => 'N'), 'C']);
  });

  it('completes where [DONE] follows a final status instead of a final event, and says so', async () => {
    const diagnostics: Diagnostic[] = [];
    const events = await eventsFor(eventStream(...begun, stepStop(0), statusUpdate('failed'), DONE), {
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    });
    expect(events.at(-1)).toEqual({
      event_type: 'interaction.completed',
      interaction: { id: 'v1_test', status: 'failed' },
    });
    expect(diagnostics).toEqual([{ code: 'completed_by_done', text: 'failed' }]);
  });

  it('has a last message without the blank line behind it', async () => {
    const events = await eventsFor(eventStream(...whole.slice(0, -1), frame(completed()).trimEnd()));
    expect(events).toEqual(whole);
  });

  it('settles although the server reported an error before', async () => {
    const events = await eventsFor(eventStream(...begun, errorEvent('gateway_timeout'), stepStop(0), completed()));
    expect(typesOf(events).slice(-3)).toEqual(['error', 'step.stop', 'interaction.completed']);
  });

  it('settles although an error without a word came before', async () => {
    const events = await eventsFor(eventStream(...begun, errorEvent(), stepStop(0), completed()));
    expect(events.at(-1)).toEqual(completed());
  });
});

describe('a stream that is cut never looks finished', () => {
  it.each<[string, readonly (object | string)[]]>([
    ['ends', begun],
    ['ends in the middle of a message', [...begun, frame(textDelta(0, ' a time')).slice(0, 40)]],
    ['ends with [DONE] while it is in progress', [...begun, DONE]],
    ['ends with [DONE] while it is queued', [...begun, statusUpdate('in_progress'), DONE]],
    ['ends behind an error without a word', [...begun, errorEvent()]],
    ['ends behind an error without a word and [DONE]', [...begun, errorEvent(), DONE]],
  ])('when it %s', async (_what, messages) => {
    const { values, error } = await cutFor(eventStream(...messages));
    expect(values.slice(0, begun.length)).toEqual(begun);
    expect(error).toMatchObject({ name: 'UnsettledError', code: 'disconnected', reason: 'disconnected' });
    expect(error.partial).toMatchObject(partial);
    expect(error.interactionId).toBe('v1_test');
    expect(error.partial?.diagnostics).toContainEqual({ code: 'step_truncated', position: 0 });
  });

  it('when it is empty', async () => {
    const { values, error } = await cutFor(eventStream());
    expect(values).toEqual([]);
    expect(error).toMatchObject({ name: 'UnsettledError', partial: { status: 'in_progress', steps: [], ids: [] } });
    expect(error.interactionId).toBeUndefined();
  });

  it('when the connection breaks: the reason is the cause', async () => {
    const cause = new TransportError('connection_lost', 'reset');
    const { values, error } = await cutFor({ ...eventStream(...begun), fault: cause });
    expect(values).toEqual(begun);
    expect(error).toMatchObject({ name: 'UnsettledError', partial });
    expect(error.cause).toBe(cause);
  });

  it('when a transport fails with an error of its own', async () => {
    const cause = new Error('the bus is off');
    const { error } = await cutFor({ ...eventStream(...begun), fault: cause });
    expect(error).toMatchObject({ name: 'UnsettledError', partial, cause: { name: 'TransportError', cause } });
  });

  it('when arguments are cut: the call is there, and is not to be run', async () => {
    const call = stepStart(0, { type: 'function_call', id: '1', name: 'pay', arguments: {} });
    const { error } = await cutFor(eventStream(created(), call, argumentsDelta(0, '{"amount": 1')));
    expect(error.partial?.steps).toEqual([{ type: 'function_call', id: '1', name: 'pay', arguments: {} }]);
    expect(error.partial?.diagnostics).toContainEqual({ code: 'arguments_invalid', position: 0, text: '{"amount": 1' });
  });

  it('when a second interaction begins in it and does not settle', async () => {
    const { error } = await cutFor({
      ...eventStream(created({ id: 'v1_one' }), created({ id: 'v1_two' }), stepStart(0, 'model_output')),
    });
    expect(error.partial?.ids).toEqual(['v1_one', 'v1_two']);
  });

  it('when it is resumed', async () => {
    const { error } = await failureOf(clientFor(eventStream(...begun)).resume('v1_test'));
    expect(error).toMatchObject({ name: 'UnsettledError', partial });
  });

  it('and keeps what had arrived out of logs', async () => {
    const { error } = await cutFor(eventStream(...begun));
    expect(JSON.stringify(error)).not.toContain('Once upon');
    expect(Object.keys(error)).not.toContain('partial');
    expect(error.partial && outputText(error.partial)).toBe('Once upon');
  });
});

describe("the server's error", () => {
  it('in the stream comes as a value, and ends it', async () => {
    const event = errorEvent('gateway_timeout', 'Deadline expired.');
    const { values, error } = await cutFor(eventStream(...begun, event));
    expect(values).toEqual([...begun, event]);
    expect(error).toMatchObject({
      name: 'ServerError',
      code: 'gateway_timeout',
      message: 'Deadline expired.',
      partial,
    });
    expect(error.partial?.diagnostics).toContainEqual({
      code: 'error_event',
      text: 'gateway_timeout: Deadline expired.',
    });
  });

  it('explains a connection that breaks after it', async () => {
    const cause = new TransportError('connection_lost', 'reset');
    const { error } = await cutFor({ ...eventStream(...begun, errorEvent('api_error')), fault: cause });
    expect(error).toMatchObject({ name: 'ServerError', code: 'api_error', partial });
    expect(error.cause).toBe(cause);
  });

  it('ends it with [DONE], too', async () => {
    const { error } = await cutFor(eventStream(...begun, errorEvent('safety', 'No.'), DONE));
    expect(error).toMatchObject({ name: 'ServerError', code: 'safety', partial });
  });

  it('may have a number for a code', async () => {
    const { error } = await cutFor(eventStream(...begun, { event_type: 'error', error: { code: 13, message: 'm' } }));
    expect(error).toMatchObject({ name: 'ServerError', code: '13' });
  });

  // wire-format 5.1: the front end writes it into the event stream as it is, and closes (quirk Q12)
  it.each<[string, string]>([
    ['in an array', '[{"error":{"code":503,"message":"Away.","status":"UNAVAILABLE"}}\n]'],
    [
      'in an array, over several lines',
      '[{\n  "error": {\n    "code": 503,\n    "message": "Away.",\n    "status": "UNAVAILABLE"\n  }\n}\n]',
    ],
    ['bare', '{"error":{"code":"service_unavailable","message":"Away."}}'],
  ])('may be raw JSON in the body of the stream, %s', async (_what, text) => {
    const { values, error } = await cutFor(eventStream(...begun, text));
    expect(values.slice(0, begun.length)).toEqual(begun);
    expect(error).toMatchObject({
      name: 'ServerError',
      code: expect.stringContaining('unavailable') as unknown,
      message: expect.stringContaining('Away.') as unknown,
      partial,
    });
  });
});

describe('a message that cannot be read', () => {
  it.each<[string, object | string, string]>([
    ['is not JSON', '{"event_type":"step.delta","ind', 'not_json'],
    ['lacks its index', { event_type: 'step.delta', delta: { type: 'text', text: 'x' } }, 'malformed'],
    ['lacks the payload of its delta', { event_type: 'step.delta', index: 0, delta: { type: 'text' } }, 'malformed'],
    ['is no object', '42', 'malformed'],
  ])('ends the stream with a DecodeError when it %s', async (_what, message, code) => {
    const { values, error } = await cutFor(eventStream(...begun, frame(message), stepStop(0), completed()));
    expect(values).toEqual(begun);
    expect(error).toMatchObject({ name: 'DecodeError', code, partial });
  });

  it('is left out where it is to be skipped, and a diagnostic says so', async () => {
    const diagnostics: Diagnostic[] = [];
    const events = await eventsFor(eventStream(...begun, frame('{"oops'), stepStop(0), completed(), DONE), {
      onMalformed: 'skip',
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    });
    expect(events).toEqual(whole);
    expect(diagnostics).toEqual([{ code: 'event_malformed', text: expect.stringContaining('oops') as string }]);
  });

  it('is left out although the listener throws', async () => {
    const onDiagnostic = () => {
      throw new Error('listener');
    };
    expect(await eventsFor(eventStream(frame('{'), ...whole), { onMalformed: 'skip', onDiagnostic })).toEqual(whole);
  });

  it('that is too large ends the stream with a FrameError, behind what came before it', async () => {
    const { values, error } = await cutFor(
      eventStream(...begun, textDelta(0, 'x'.repeat(2000)), stepStop(0), completed()),
      {
        limits: { maxFrameBytes: 1000 },
      },
    );
    expect(values).toEqual(begun);
    expect(error).toMatchObject({ name: 'FrameError', maxFrameBytes: 1000, partial });
  });

  it('that is too large is noticed before it is all there', async () => {
    const endless = ['data: ', ...Array.from({ length: 40 }, () => 'x'.repeat(100))];
    const { error } = await cutFor(eventStream(...begun, ...endless), { limits: { maxFrameBytes: 1000 } });
    expect(error).toMatchObject({ name: 'FrameError', partial });
  });

  it('that is unknown is passed on as it came', async () => {
    const events = await eventsFor(
      eventStream(created(), { event_type: 'interaction.celebrated', cake: true }, completed()),
    );
    expect(events[1]).toEqual({
      event_type: 'unknown',
      received: { event_type: 'interaction.celebrated', cake: true },
    });
  });
});
