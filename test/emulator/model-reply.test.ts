import { reply, type ReplyPart } from 'rx-interactions/emulator';

import { closeAll, inProcess, type Json, like, MODEL } from './support/api.js';

afterEach(closeAll);

const IMAGE = { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo=' } as const;
const SOUND = { type: 'audio', mime_type: 'audio/l16', sample_rate: 8000, channels: 1 } as const;

const scripted = async (...parts: readonly ReplyPart[]) => {
  const api = await inProcess({ pace: 0 });
  api.emulator.script({ reply: parts, times: 2 });
  const request = { model: MODEL, input: 'Hi' };
  const events = await api.stream(request);
  const { steps } = (await api.create(request)) as { readonly steps: readonly Json[] };
  return { events: events.filter(({ index }) => index !== undefined), steps };
};

describe('a tool of the server', () => {
  it('is two steps, bare at first, with one id and a signature each', async () => {
    const { events, steps } = await scripted(
      reply.thought(),
      reply.serverTool('url_context', { arguments: { urls: ['x'] } }, { result: [{ url: 'x', status: 'success' }] }),
      reply.text('Done'),
    );
    const [, , , start] = events;
    const { id } = start?.['step'] as Json;

    expect(events.slice(3, 9)).toEqual([
      {
        event_type: 'step.start',
        index: 1,
        step: { type: 'url_context_call', id: like.matching(/^[a-z\d]{8}$/), signature: '' },
      },
      {
        event_type: 'step.delta',
        index: 1,
        delta: { type: 'url_context_call', arguments: { urls: ['x'] }, signature: like.string },
      },
      { event_type: 'step.stop', index: 1 },
      { event_type: 'step.start', index: 2, step: { type: 'url_context_result', call_id: id, signature: '' } },
      {
        event_type: 'step.delta',
        index: 2,
        delta: { type: 'url_context_result', result: [{ url: 'x', status: 'success' }], signature: like.string },
      },
      { event_type: 'step.stop', index: 2 },
    ]);
    expect(events[9]).toMatchObject({ index: 3, step: { type: 'model_output' } });
    expect(steps.map(({ type }) => type)).toEqual([
      'thought',
      'url_context_call',
      'url_context_result',
      'model_output',
    ]);
    expect(steps[1]).not.toHaveProperty('signature', '');
  });

  it('has no signature if it belongs to an MCP server (wire-format 6.2)', async () => {
    const { events, steps } = await scripted(reply.serverTool('mcp_server_tool', { name: 'f' }, { result: 'x' }));

    expect(JSON.stringify([events, steps])).not.toContain('signature');
    expect(steps).toMatchObject([{ name: 'f' }, { result: 'x', call_id: steps[0]?.['id'] }]);
  });

  it('may have nothing to say', async () => {
    const { steps } = await scripted(reply.serverTool('processing'));

    expect(steps).toEqual([
      { type: 'processing_call', id: like.string, signature: like.string },
      { type: 'processing_result', call_id: steps[0]?.['id'], signature: like.string },
    ]);
  });
});

it('a summary may hold images, and interruptions', async () => {
  const { events, steps } = await scripted(reply.thought('Look: ', reply.pause(1), IMAGE));

  expect(events.slice(1, 3).map(({ delta }) => delta)).toEqual([
    { type: 'thought_summary', content: { type: 'text', text: 'Look: ' } },
    { type: 'thought_summary', content: IMAGE },
  ]);
  expect(steps).toEqual([
    { type: 'thought', summary: [{ type: 'text', text: 'Look: ' }, IMAGE], signature: like.string },
  ]);
});

describe('pieces of sound', () => {
  const base64 = (...bytes: readonly number[]) => Buffer.from(bytes).toString('base64');
  const wav = Buffer.from('RIFF').toString('base64');

  it.each<[string, readonly Json[], readonly Json[]]>([
    [
      'are one block',
      [{ data: base64(1) }, { data: base64(2, 3) }, { data: base64(4) }],
      [{ data: base64(1, 2, 3, 4) }],
    ],
    [
      'of another rate are another',
      [{ data: base64(1) }, { data: base64(2), sample_rate: 16_000 }],
      [{ data: base64(1) }, { data: base64(2), sample_rate: 16_000 }],
    ],
    ['that begin a file are another', [{ data: base64(1) }, { data: wav }], [{ data: base64(1) }, { data: wav }]],
    [
      'by reference are another',
      [{ data: base64(1) }, { uri: 'gs://a' }, { data: base64(2) }],
      [{ data: base64(1) }, { uri: 'gs://a' }, { data: base64(2) }],
    ],
  ])('%s (rule R2a)', async (_what, pieces, blocks) => {
    const { steps } = await scripted(
      reply.step({ type: 'model_output' }, ...pieces.map((piece) => ({ ...SOUND, ...piece }))),
    );

    expect(steps[0]?.['content']).toEqual(blocks.map((block) => ({ ...SOUND, ...block })));
  });
});
