import {
  ArgumentsError,
  DecodeError,
  FrameError,
  HttpError,
  RequestError,
  RoundLimitError,
  ToolError,
  UnsettledError,
} from 'rx-interactions';

describe('a DecodeError', () => {
  it('names the path of every issue, and what was expected there', () => {
    const issues = [
      { path: 'index', expected: 'number' },
      { path: 'delta.text', expected: 'string' },
    ];
    const error = new DecodeError('malformed', {}, issues);
    expect(error.message).toMatch(/index should be number; delta\.text should be string/);
    expect(error.issues).toEqual(issues);
  });

  it('shows the beginning of what is not JSON, and keeps all of it', () => {
    const text = `<html>${'x'.repeat(200)}`;
    const cause = new SyntaxError('Unexpected token');
    const error = new DecodeError('not_json', text, [], { cause });
    expect(error.message).toContain('"<html>xxx');
    expect(error.message).toContain('…"');
    expect(error.message.length).toBeLessThan(120);
    expect(error.received).toBe(text);
    expect(error.cause).toBe(cause);
  });

  it('shows short text whole', () => {
    expect(new DecodeError('not_json', 'oops "', []).message).toContain('"oops \\""');
  });
});

describe('an error', () => {
  it('says which limit was met, and what to raise', () => {
    expect(new FrameError(1024).message).toMatch(/1024 bytes.*maxFrameBytes/);
    expect(new RoundLimitError(3).message).toMatch(/3 rounds.*maxRounds/);
  });

  it('says where what arrived can be found', () => {
    expect(new UnsettledError('disconnected').message).toContain('error.partial');
  });

  it('keeps what it is about as members', () => {
    expect(new ArgumentsError('not_json', 'm', '{"a":').text).toBe('{"a":');
    expect(new RequestError(['model', 'agent'], 'm').fields).toEqual(['model', 'agent']);
    expect(new ToolError('get_weather', { cause: 1 })).toMatchObject({ tool: 'get_weather', cause: 1 });
    expect(new ToolError('get_weather', {}).message).toContain('"get_weather"');
    expect(new HttpError('not_found', 'm', { status: 404, body: 'gone' })).toMatchObject({ status: 404, body: 'gone' });
    expect(new UnsettledError('disconnected').reason).toBe('disconnected');
  });
});
