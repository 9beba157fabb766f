import {
  createClient,
  type HttpError,
  InteractionError,
  type InteractionsClient,
  outputText,
  reduceInteraction,
  type Transport,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { EMPTY, lastValueFrom, type Observable, of, throwError, toArray } from 'rxjs';

import { errorOf, failureOf } from '../transport/support/observe.js';
import { type Answer, eventStream, fakeTransport } from './support/fake-transport.js';

const model = 'gemini-3-flash-preview';
const request = { model, input: 'Hi' };

const clientFor = (answer: Answer): InteractionsClient =>
  createClient({ apiKey: 'test', transport: fakeTransport(answer).transport, retry: { count: 0 }, resume: false });

const httpErrorFor = async (answer: Answer): Promise<HttpError> => {
  const error = await errorOf(clientFor(answer).create(request));
  expect(error).toMatchObject({ name: 'HttpError' });
  expect(InteractionError.is(error)).toBe(true);
  return error as HttpError;
};

const RPC = { error: { code: 400, message: 'Bad input.', status: 'INVALID_ARGUMENT', details: [{ '@type': 'x' }] } };

describe('an error body', () => {
  it.each<[string, Answer['body'], string, string]>([
    [
      'with a string for a code',
      { error: { code: 'parameter_unknown', message: "Unknown parameter: 'x'." } },
      'parameter_unknown',
      "Unknown parameter: 'x'.",
    ],
    ['of google.rpc', RPC, 'invalid_argument', 'Bad input.'],
    ['of google.rpc in an array', ['[', JSON.stringify(RPC), '\n]'], 'invalid_argument', 'Bad input.'],
    [
      'with a string for a code in an array',
      [JSON.stringify([{ error: { code: 'failed_precondition', message: 'Not yet.' } }])],
      'failed_precondition',
      'Not yet.',
    ],
    [
      'without the wrapping',
      { code: 'model_not_found', message: 'No such model.' },
      'model_not_found',
      'No such model.',
    ],
    ['with a code that is a number, and nothing else', { error: { code: 400 } }, 'invalid_request', '400'],
    ['with a message alone', { error: { message: 'Only words.' } }, 'invalid_request', 'Only words.'],
    ['with words for an error', { error: 'Only words.' }, 'invalid_request', 'Only words.'],
    ['of plain text', ['Bad\n', 'Request'], 'invalid_request', 'Bad Request'],
    ['of HTML', ['<html><body>Sorry</body></html>'], 'invalid_request', '<html><body>Sorry</body></html>'],
    ['that is empty', [], 'invalid_request', 'no message'],
    ['that is JSON and says nothing', { foo: 1 }, 'invalid_request', 'foo'],
    ['that is no object', ['null'], 'invalid_request', 'null'],
  ])('%s is read', async (_what, body, code, message) => {
    const error = await httpErrorFor({ status: 400, body: body ?? [] });
    expect(error.status).toBe(400);
    expect(error.code).toBe(code);
    expect(error.message).toContain('400');
    expect(error.message).toContain(code);
    expect(error.message).toContain(message);
  });

  it('is on the error: parsed where it is JSON, else as text', async () => {
    expect((await httpErrorFor({ status: 400, body: RPC })).body).toEqual(RPC);
    expect((await httpErrorFor({ status: 400, body: ['Bad ', 'Request'] })).body).toBe('Bad Request');
  });

  it('is not put into the message as a whole', async () => {
    const error = await httpErrorFor({ status: 502, body: ['<html>', 'x'.repeat(10_000)] });
    expect(error.message.length).toBeLessThan(300);
    expect(error.body).toHaveLength(10_006);
  });

  it('that breaks off is no worse than none', async () => {
    const error = await httpErrorFor({ status: 503, body: ['{"error":{"co'], fault: new Error('reset') });
    expect(error).toMatchObject({ status: 503, code: 'service_unavailable' });
  });

  it.each<[string, (client: InteractionsClient) => Observable<unknown>]>([
    ['stream', (client) => client.stream(request)],
    ['create', (client) => client.create(request)],
    ['get', (client) => client.get('v1_a')],
    ['resume', (client) => client.resume('v1_a')],
    ['poll', (client) => client.poll('v1_a')],
    ['cancel', (client) => client.cancel('v1_a')],
    ['delete', (client) => client.delete('v1_a')],
  ])('is an HttpError of %s', async (_method, call) => {
    const answer = { status: 404, body: { error: { code: 'not_found', message: 'Gone.' } } };
    const { values, error } = await failureOf(call(clientFor(answer)));
    expect(values).toEqual([]);
    expect(error).toMatchObject({ name: 'HttpError', status: 404, code: 'not_found' });
  });
});

describe('a status without a code in the body', () => {
  it.each([
    [400, 'invalid_request'],
    [401, 'authentication'],
    [402, 'payment_required'],
    [403, 'permission_denied'],
    [404, 'not_found'],
    [416, 'out_of_range'],
    [429, 'rate_limit_exceeded'],
    [499, 'cancelled'],
    [500, 'api_error'],
    [501, 'unimplemented'],
    [503, 'service_unavailable'],
    [504, 'gateway_timeout'],
    // "other: snake case of the HTTP reason" (wire-format 12.1)
    [405, 'method_not_allowed'],
    [408, 'request_timeout'],
    [413, 'payload_too_large'],
    [422, 'unprocessable_entity'],
    [502, 'bad_gateway'],
  ])('%i is %s', async (status, code) => {
    expect(await httpErrorFor({ status })).toMatchObject({ status, code });
  });
});

describe('retryAfter', () => {
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 5, 1, 10, 0, 0));
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each<[string, Readonly<Record<string, string>>, number | undefined]>([
    ['milliseconds', { 'retry-after-ms': '1500' }, 1500],
    ['seconds', { 'retry-after': '3' }, 3000],
    ['fractions of a second', { 'retry-after': '0.5' }, 500],
    ['no time at all', { 'retry-after': '0' }, 0],
    ['milliseconds before seconds', { 'retry-after-ms': '20', 'retry-after': '3' }, 20],
    ['seconds where the milliseconds are none', { 'retry-after-ms': 'soon', 'retry-after': '3' }, 3000],
    ['a date', { 'retry-after': 'Mon, 01 Jun 2026 10:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Mon, 01 Jun 2026 09:00:00 GMT' }, 0],
    ['something else', { 'retry-after': 'soon' }, undefined],
    ['nothing', { 'retry-after': '' }, undefined],
    ['nothing, in milliseconds', { 'retry-after-ms': '' }, undefined],
    ['no header', {}, undefined],
  ])('is read from %s', async (_what, headers, retryAfter) => {
    expect((await httpErrorFor({ status: 429, headers })).retryAfter).toBe(retryAfter);
  });
});

it('names the request where the server did', async () => {
  const error = await httpErrorFor({ status: 500, headers: { 'x-request-id': 'req-1' } });
  expect(error.requestId).toBe('req-1');
});

describe('a success that holds an error', () => {
  it.each<[string, Answer['body'], string, string]>([
    [
      'a string for a code',
      { error: { code: 'service_unavailable', message: 'Later.' } },
      'service_unavailable',
      'Later.',
    ],
    ['google.rpc', { error: { code: 503, message: 'Later.', status: 'UNAVAILABLE' } }, 'unavailable', 'Later.'],
    ['an array', [JSON.stringify([{ error: { code: 'api_error', message: 'Later.' } }])], 'api_error', 'Later.'],
  ])('is a ServerError, from create and from stream: %s', async (_what, body, code, message) => {
    for (const call of ['create', 'stream'] as const) {
      const error = await errorOf(clientFor({ body: body ?? [] })[call](request));
      expect(error).toMatchObject({ name: 'ServerError', code, status: 200 });
      expect(String(error)).toContain(message);
    }
  });

  it('is none where there is an interaction, too', async () => {
    const body = { id: 'v1_a', status: 'failed', errors: [{ code: 'safety', message: 'No.' }], error: { code: 'x' } };
    expect(await lastValueFrom(clientFor({ body }).create(request))).toMatchObject({ id: 'v1_a', status: 'failed' });
  });
});

describe('a success that is no interaction', () => {
  const html = {
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: ['<!doctype html>\n', '<h1>Sign in</h1>'],
  };

  it.each(['create', 'stream'] as const)(
    'is a TransportError of %s that shows how it begins: a page of HTML',
    async (call) => {
      const error = await errorOf(clientFor(html)[call](request));
      expect(error).toMatchObject({ name: 'TransportError', code: 'unexpected_content', status: 200 });
      expect(String(error)).toContain('text/html');
      expect(String(error)).toContain('<!doctype html> <h1>Sign in</h1>');
    },
  );

  it('is not shown as a whole', async () => {
    const error = await errorOf(clientFor({ ...html, body: ['<p>', 'x'.repeat(5000)] }).create(request));
    expect(String(error).length).toBeLessThan(400);
  });

  it('may be empty', async () => {
    expect(await errorOf(clientFor({ body: [] }).create(request))).toMatchObject({
      name: 'TransportError',
      code: 'unexpected_content',
    });
  });

  it.each(['[]', '"hello"', '42', 'null'])('may be JSON of another kind: %s', async (body) => {
    expect(await errorOf(clientFor({ body: [body] }).create(request))).toMatchObject({ name: 'DecodeError' });
  });

  it('does not matter to delete, which reads no answer', async () => {
    for (const body of [[], ['{}'], ['gone']]) {
      expect(await lastValueFrom(clientFor({ body }).delete('v1_a').pipe(toArray()))).toEqual([undefined]);
    }
  });
});

describe('JSON where a stream was asked for', () => {
  const interaction = {
    id: 'v1_a',
    object: 'interaction',
    status: 'requires_action',
    model,
    created: '2026-06-01T10:00:00Z',
    updated: '2026-06-01T10:00:01Z',
    steps: [
      { type: 'thought', summary: [{ type: 'text', text: 'Hm.' }], signature: 's' },
      { type: 'model_output', content: [{ type: 'text', text: 'Let me look.' }] },
      { type: 'function_call', id: '1', name: 'look', arguments: { at: 'it' } },
      { type: 'hologram', voxels: [1, 2] },
    ],
    usage: { total_tokens: 9, total_input_tokens: 4 },
  };

  it('is told as events, which reduce to what create gives', async () => {
    const client = clientFor({ body: interaction });
    const events = await lastValueFrom(client.stream(request).pipe(toArray()));
    expect(events[0]).toMatchObject({ event_type: 'interaction.created' });
    expect(events.filter(({ event_type }) => event_type === 'step.delta').length).toBeGreaterThanOrEqual(4);
    expect(events.at(-1)).toMatchObject({
      event_type: 'interaction.completed',
      interaction: { status: 'requires_action' },
    });
    const reduced = await lastValueFrom(client.stream(request).pipe(reduceInteraction()));
    expect(reduced).toEqual(await lastValueFrom(client.create(request)));
    expect(outputText(reduced)).toBe('Let me look.');
  });

  it('is told by resume, too', async () => {
    const reduced = await lastValueFrom(clientFor({ body: interaction }).resume('v1_a').pipe(reduceInteraction()));
    expect(reduced).toMatchObject({ id: 'v1_a', status: 'requires_action' });
  });

  it.each(['in_progress', 'queued'])('never looks finished while it is %s', async (status) => {
    const { values, error } = await failureOf(clientFor({ body: { id: 'v1_bg', status } }).stream(request));
    expect(values[0]).toMatchObject({ event_type: 'interaction.created', interaction: { id: 'v1_bg' } });
    expect(error).toMatchObject({
      name: 'UnsettledError',
      interactionId: 'v1_bg',
      partial: { id: 'v1_bg', status, steps: [] },
    });
  });
});

describe('the content type', () => {
  const settled = eventStream(created(), stepStart(0, 'model_output'), textDelta(0, 'Hi'), stepStop(0), completed());

  it.each(['text/event-stream', 'text/event-stream; charset=utf-8', 'Text/Event-Stream'])(
    '%s is a stream',
    async (type) => {
      const client = clientFor({ ...settled, headers: { 'content-type': type } });
      expect(outputText(await lastValueFrom(client.stream(request).pipe(reduceInteraction())))).toBe('Hi');
    },
  );
});

describe('a transport', () => {
  const clientOver = (transport: Transport) =>
    createClient({ apiKey: 'test', transport, retry: { count: 0 }, resume: false });

  it.each(['stream', 'create'] as const)('that ends without an answer does not make %s look finished', async (call) => {
    expect(await errorOf(clientOver(() => EMPTY)[call](request))).toMatchObject({
      name: 'TransportError',
      code: 'connection_failed',
    });
  });

  it('that fails with an error of its own is a TransportError with that as its cause', async () => {
    const cause = new Error('no network');
    expect(await errorOf(clientOver(() => throwError(() => cause)).create(request))).toMatchObject({
      name: 'TransportError',
      code: 'connection_failed',
      cause,
    });
  });

  it('is given the request, and nothing else', async () => {
    const transport = jest.fn<ReturnType<Transport>, unknown[]>(fakeTransport().transport as never);
    await lastValueFrom(clientOver(transport).get('v1_a'));
    expect(transport.mock.calls).toEqual([[expect.objectContaining({ method: 'GET' })]]);
  });

  it('may answer with a body of several pieces, cut anywhere', async () => {
    const text = new TextEncoder().encode('{"id":"v1_ä","status":"completed"}');
    const transport: Transport = () =>
      of({ status: 200, headers: new Headers(), body: of(...Array.from(text, (byte) => Uint8Array.of(byte))) });
    expect((await lastValueFrom(clientOver(transport).get('v1_a'))).id).toBe('v1_ä');
  });
});
