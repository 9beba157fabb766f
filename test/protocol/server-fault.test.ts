import { codeOfStatus, isFaultBody, serverFaultOf } from '../../src/protocol/index.js';

describe('serverFaultOf', () => {
  const fault = { code: 'invalid_request', message: 'No' };

  // The shapes of wire-format 12.1.
  it.each<readonly [string, unknown, unknown]>([
    ['a code that is text', { error: fault }, fault],
    ['an error in an array', [{ error: fault }], fault],
    ['a bare error', fault, fault],
    [
      'a google.rpc status, whose name wins over its number',
      { error: { code: 400, message: 'No', status: 'INVALID_ARGUMENT', details: [] } },
      { code: 'invalid_argument', message: 'No' },
    ],
    ['a number alone', { error: { code: 503, message: 'Later' } }, { code: 'service_unavailable', message: 'Later' }],
    ['a message alone', { error: { message: 'No' } }, { code: undefined, message: 'No' }],
    ['an error that is text', { error: 'No' }, { code: undefined, message: 'No' }],
    ['a code alone', { error: { code: 'safety' } }, { code: 'safety', message: undefined }],
  ])('reads %s', (_name, body, expected) => {
    expect(serverFaultOf(body)).toEqual(expected);
  });

  it.each([[null], [[]], ['text'], [{}], [{ error: {} }], [{ error: 7 }], [{ error: { code: '', message: '' } }]])(
    'finds no error in %j',
    (body) => {
      expect(serverFaultOf(body)).toBeUndefined();
    },
  );
});

describe('codeOfStatus', () => {
  it.each([
    [400, 'invalid_request'],
    [401, 'authentication'],
    [402, 'payment_required'],
    [403, 'permission_denied'],
    [404, 'not_found'],
    [409, 'aborted'],
    [416, 'out_of_range'],
    [429, 'rate_limit_exceeded'],
    [499, 'cancelled'],
    [500, 'api_error'],
    [501, 'unimplemented'],
    [503, 'service_unavailable'],
    [504, 'gateway_timeout'],
    [599, 'api_error'],
    [418, 'http_418'],
  ])('of %d is %s', (status, code) => {
    expect(codeOfStatus(status)).toBe(code);
  });
});

describe('isFaultBody', () => {
  it('is true of an error, and of one in an array', () => {
    expect(isFaultBody({ error: { code: 'x' } })).toBe(true);
    expect(isFaultBody([{ error: { code: 'x' } }])).toBe(true);
  });

  it.each([[{ id: 'v1_a', error: {} }], [{ steps: [], error: {} }], [{ error: 'text' }], [{}], [[]], [null]])(
    'is false of %j',
    (body) => {
      expect(isFaultBody(body)).toBe(false);
    },
  );
});
