import { inspect } from 'node:util';
import {
  ArgumentsError,
  CredentialsError,
  DecodeError,
  FrameError,
  HttpError,
  type Interaction,
  InteractionError,
  RequestError,
  RoundLimitError,
  ServerError,
  ToolError,
  TransportError,
  UnsettledError,
} from 'rx-interactions';

import type * as Errors from '../../src/errors/index.js';
import { withPartial } from '../../src/errors/index.js';

const partial: Interaction = {
  id: 'v1_a',
  status: 'in_progress',
  steps: [{ type: 'thought', signature: 'a-signature-nobody-should-see' }],
  ids: ['v1_a'],
  diagnostics: [],
};

/** One error of each class, and what it says of itself. */
const FAMILY: readonly (readonly [name: string, code: string, error: InteractionError])[] = [
  ['ArgumentsError', 'not_json', new ArgumentsError('not_json', 'm', '{')],
  ['CredentialsError', 'missing', new CredentialsError('missing', 'm')],
  ['DecodeError', 'malformed', new DecodeError('malformed', {}, [{ path: 'index', expected: 'number' }])],
  ['FrameError', 'frame_too_large', new FrameError(64)],
  ['HttpError', 'not_found', new HttpError('not_found', 'm', { status: 404, body: {} })],
  ['RequestError', 'invalid_request', new RequestError(['model'], 'm')],
  ['RoundLimitError', 'round_limit', new RoundLimitError(10)],
  ['ServerError', 'gateway_timeout', new ServerError('gateway_timeout', 'm')],
  ['ToolError', 'tool_failed', new ToolError('get_weather', {})],
  ['TransportError', 'connection_lost', new TransportError('connection_lost', 'm')],
  ['UnsettledError', 'disconnected', new UnsettledError('disconnected')],
];

describe.each(FAMILY)('%s', (name, code, error) => {
  it('is told by its name and its code', () => {
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
  });

  it('is an Error with a message and a stack, and one of the family', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(InteractionError);
    expect(InteractionError.is(error)).toBe(true);
    expect(error.message).not.toBe('');
    expect(error.stack).toContain(`: ${error.message}\n`);
  });
});

describe('InteractionError.is', () => {
  it.each([[new Error('other')], [null], [undefined], ['InteractionError'], [{ name: 'HttpError', code: 'x' }], [1]])(
    'is false of %p',
    (value) => {
      expect(InteractionError.is(value)).toBe(false);
    },
  );

  it('knows the errors of another copy of the package, where instanceof does not', () => {
    let copy: typeof Errors | undefined;
    jest.isolateModules(() => {
      copy = jest.requireActual<typeof Errors>('../../src/errors/index.js');
    });
    const foreign = new copy!.FrameError(64);

    expect(foreign).not.toBeInstanceOf(FrameError);
    expect(foreign).not.toBeInstanceOf(InteractionError);
    expect(InteractionError.is(foreign)).toBe(true);
    expect(copy!.InteractionError.is(new FrameError(64))).toBe(true);
  });
});

describe('an InteractionError', () => {
  const cause = new Error('the origin');
  const error = new HttpError('rate_limit_exceeded', 'Slow down', {
    status: 429,
    body: { error: { message: 'a body nobody should see' } },
    cause,
    retryAfter: 1500,
    requestId: 'r-1',
    partial,
  });

  it('carries its circumstances', () => {
    expect(error.cause).toBe(cause);
    expect(error).toMatchObject({ status: 429, retryAfter: 1500, requestId: 'r-1', interactionId: 'v1_a' });
    expect(error.partial).toBe(partial);
    expect(error.body).toEqual({ error: { message: 'a body nobody should see' } });
  });

  it('has a cause only where it was given one', () => {
    expect(Object.hasOwn(new FrameError(64), 'cause')).toBe(false);
  });

  it('names itself, its code and its circumstances as JSON, and nothing else', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'HttpError',
      code: 'rate_limit_exceeded',
      message: 'Slow down',
      status: 429,
      retryAfter: 1500,
      requestId: 'r-1',
      interactionId: 'v1_a',
    });
  });

  const decode = new DecodeError('malformed', { prompt: 'a text nobody should see' }, [
    { path: 'delta.text', expected: 'string' },
  ]);
  it.each([
    ['partial', withPartial(new UnsettledError('disconnected'), { partial })],
    ['partial', error],
    ['body', error],
    ['received', decode],
  ])('does not show its %s', (member, shown) => {
    expect(shown).toHaveProperty(member);
    expect(Object.keys(shown)).not.toContain(member);
    expect(JSON.stringify(shown)).not.toContain('nobody should see');
    expect(inspect(shown, { depth: null })).not.toMatch(/nobody.should.see/);
    expect(String(shown)).not.toMatch(/nobody.should.see/);
  });
});

describe('withPartial', () => {
  it('adds the interaction and its id, and gives the same error back', () => {
    const error = new FrameError(64);
    expect(withPartial(error, { partial })).toBe(error);
    expect(error.partial).toBe(partial);
    expect(error.interactionId).toBe('v1_a');
  });

  it('replaces what was added before: whoever adds later has seen as much', () => {
    const error = withPartial(new FrameError(64), { partial });
    const more = { ...partial, status: 'failed' };
    expect(withPartial(error, { partial: more }).partial).toBe(more);
  });

  it('keeps the id of the interaction that it happened to', () => {
    const error = new HttpError('not_found', 'm', { status: 404, body: undefined, interactionId: 'v1_z' });
    expect(withPartial(error, { partial }).interactionId).toBe('v1_z');
  });

  it('adds nothing where there is nothing', () => {
    expect(Object.hasOwn(withPartial(new FrameError(64), {}), 'partial')).toBe(false);
  });
});
