import { HELP, type Paint, renderRequest, renderWelcome } from '../../src/cli/render.js';

const plain: Paint = (_style, text) => text;
const marked: Paint = (style, text) => `<${style}>${text}`;

const request = {
  method: 'POST',
  path: '/v1beta/interactions',
  query: { key: 'secret' },
  headers: { authorization: 'secret' },
  body: { input: 'secret' },
  status: 200,
  bytes: 5120,
  open: false,
  aborted: false,
  ended: Promise.resolve(),
};

it('the welcome says how to get there', () => {
  const text = renderWelcome('http://127.0.0.1:8787', plain);

  expect(text).toContain("createClient({ apiKey: 'any', baseUrl: 'http://127.0.0.1:8787' })");
  expect(text).toContain("new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: 'http://127.0.0.1:8787' } })");
  expect(text).toContain('GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:8787');
  expect(text).toContain('curl http://127.0.0.1:8787/v1beta/interactions');
});

it.each([
  ['an answer', {}, 'POST /v1beta/interactions 200 34 ms 5.1 kB'],
  ['a refusal', { method: 'GET', status: 404, bytes: 99 }, 'GET /v1beta/interactions 404 34 ms 99 B'],
  ['much', { bytes: 12_345_678 }, 'POST /v1beta/interactions 200 34 ms 12.3 MB'],
  ['a client that left', { bytes: 0, aborted: true }, 'POST /v1beta/interactions 200 34 ms 0 B aborted'],
  [
    'one that left early',
    { status: undefined, bytes: 0, aborted: true },
    'POST /v1beta/interactions - 34 ms 0 B aborted',
  ],
])('a line about %s, without secrets', (_case, members, line) => {
  expect(renderRequest({ ...request, ...members }, 34.4, plain)).toBe(line);
});

it.each([
  [200, 'green'],
  [404, 'yellow'],
  [503, 'red'],
])('%s is %s', (status, style) => {
  expect(renderRequest({ ...request, status }, 1, marked)).toContain(`<${style}>${String(status)}`);
});

it('the help names every option, and fits a terminal', () => {
  for (const option of ['port', 'host', 'pace', 'queued', 'retention', 'tokens-per-hop', 'event-ids', 'on-leave']) {
    expect(HELP).toContain(`--${option} <`);
  }
  expect(Math.max(...HELP.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});
