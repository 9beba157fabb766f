import { createEmulator, type EmulatorConfig, fault, type FaultEntry, reply } from 'rx-interactions/emulator';
import { VirtualTimeScheduler } from 'rxjs';

import { type Api, closeAll, inProcess, like, MODEL, readerOf, seeded, textIn, WAYS } from './support/api.js';

afterEach(closeAll);

const REQUEST = { model: MODEL, input: 'Say it.' };
const PIECES = ['Ünder ', 'the ', 'same ', 'sky 🌌'];
const SAID = PIECES.join('');

/** An interaction in the foreground has 4 pieces in 9 messages: created, status, start, the pieces, stop, completed; and `[DONE]`. */
const scripted = async (
  way: (config?: EmulatorConfig) => Promise<Api>,
  entry: FaultEntry,
  config: EmulatorConfig = {},
): Promise<Api> => {
  const api = await way({ pace: 0, ...config });
  api.emulator.script({ reply: [reply.text(...PIECES)] });
  api.emulator.faults(entry);
  return api;
};

/** A body as far as it comes, and how it ends. */
const readAll = async (response: Response): Promise<{ readonly text: string; readonly end: 'end' | 'broken' }> => {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) chunks.push(read.value);
    return { text: Buffer.concat(chunks).toString(), end: 'end' };
  } catch {
    return { text: Buffer.concat(chunks).toString(), end: 'broken' };
  }
};

const dataIn = (text: string): readonly string[] => [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);

const eventsIn = (text: string) =>
  dataIn(text).flatMap((data) => (data === '[DONE]' ? [] : [JSON.parse(data) as object]));

const idOf = (text: string): unknown => (eventsIn(text)[0] as { interaction: { id: string } }).interaction.id;

const causeOf = async (answer: Promise<Response>): Promise<unknown> => {
  const error: unknown = await answer.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'TypeError' });
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  return cause?.code;
};

describe.each(WAYS)('%s', (_way, way) => {
  /** The stream of an interaction that a fault hits. */
  const streamed = async (entry: FaultEntry, config?: EmulatorConfig) => {
    const api = await scripted(way, entry, config);
    const response = await api.post({ ...REQUEST, stream: true });
    return { api, response, ...(await readAll(response)) };
  };

  it('a reset breaks the connection before there is an answer; what was asked for goes on', async () => {
    const api = await scripted(way, { fault: fault.reset() });
    expect(await causeOf(api.post({ ...REQUEST, background: true }))).toBe('ECONNRESET');
    const [request] = api.emulator.requests;
    await request?.ended;
    expect(request).toMatchObject({ status: undefined, open: false, aborted: false, fault: { kind: 'reset' } });
  });

  it.each([
    ['code', { error: { code: 'service_unavailable', message: 'Not now.' } }],
    ['rpc', { error: { code: 503, message: 'Not now.', status: 'UNAVAILABLE', details: [] } }],
    ['array', [{ error: { code: 503, message: 'Not now.', status: 'UNAVAILABLE', details: [] } }]],
  ] as const)('a status has a body in the shape %s', async (shape, body) => {
    const api = await scripted(way, { fault: fault.status(503, { shape, retryAfter: 2, retryAfterMs: 1500 }) });
    const response = await api.post(REQUEST);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('retry-after-ms')).toBe('1500');
    expect(await response.json()).toEqual(body);
    expect(textIn((await api.create(REQUEST))['steps'])).toBe(SAID); // it was not accepted, and the script is still to come
  });

  it.each([
    ['empty', '', null],
    ['html', like.containing('<h1>Sorry</h1>'), 'text/html; charset=UTF-8'],
    ['text', 'Sorry', 'text/plain; charset=UTF-8'],
  ] as const)('a status has a body in the shape %s', async (shape, body, contentType) => {
    const api = await scripted(way, { fault: fault.status(502, { shape, message: 'Sorry' }) });
    const response = await api.post(REQUEST);
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(await response.text()).toEqual(body);
  });

  it('a page is HTML with status 200', async () => {
    const { response, text } = await streamed({ fault: fault.page() });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(text).toContain('Please sign in');
  });

  it.each([302, 307, 308])('a redirect (%d) names another address', async (status) => {
    const api = await scripted(way, { fault: fault.redirect(status, 'https://elsewhere.invalid/x') });
    const response = await api.post(REQUEST, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([status, 'https://elsewhere.invalid/x']);
  });

  it('headers are late', async () => {
    const scheduler = new VirtualTimeScheduler();
    const api = await scripted(way, { fault: fault.slowHeaders(5000) }, { scheduler });
    const [response] = await Promise.all([
      api.post({ ...REQUEST, stream: true }),
      new Promise<void>((resolve) => {
        const flushed = () => {
          scheduler.flush();
          if (api.emulator.requests[0]?.status === undefined) setImmediate(flushed);
          else resolve();
        };
        flushed();
      }),
    ]);
    expect(textIn(eventsIn(await response.text()))).toBe(SAID);
    expect(scheduler.now()).toBe(5000);
  });

  it('headers that never come leave nothing open when the client has left', async () => {
    const api = await scripted(way, { fault: fault.slowHeaders(Infinity) });
    const controller = new AbortController();
    const answer = api.post(REQUEST, { signal: controller.signal });
    const asked = async (): Promise<void> => {
      while (api.emulator.requests[0]?.fault === undefined) await new Promise(setImmediate);
    };
    await asked();
    controller.abort();
    await expect(answer).rejects.toThrow();
    await api.emulator.requests[0]?.ended;
    expect(api.emulator.requests[0]).toMatchObject({ open: false, aborted: true });
  });

  it.each([
    [{ events: 0 }, 0],
    [{ events: 4 }, 4],
    [{ events: 40 }, 10],
  ])('a cut after %j leaves so many messages, and the run goes on', async (after, count) => {
    const { api, text, end } = await streamed({ fault: fault.cut(after) });
    expect(dataIn(text)).toHaveLength(count);
    expect(end).toBe('end');
    expect(api.emulator.requests[0]).toMatchObject({
      status: 200,
      open: false,
      aborted: false,
      fault: { kind: 'cut' },
    });
    if (count === 0) return;
    const whole = await api.get(idOf(text), '?stream=true');
    expect(textIn(eventsIn(await whole.text()))).toBe(SAID);
  });

  it('a cut after bytes hits JSON, too', async () => {
    const api = await scripted(way, { fault: fault.cut({ bytes: 20 }) });
    const { text, end } = await readAll(await api.post(REQUEST));
    expect([text.length, end]).toEqual([20, 'end']);
  });

  it('a cut that resets breaks the body, behind what was sent', async () => {
    const { text, end } = await streamed({ fault: fault.cut({ events: 4 }, 'reset') });
    expect(dataIn(text)).toHaveLength(4);
    expect(end).toBe('broken');
  });

  it('a cut right behind the headers leaves nothing else', async () => {
    const { response, text, end } = await streamed({ fault: fault.cut({ bytes: 0 }, 'reset') });
    expect([response.status, text, end]).toEqual([200, '', 'broken']);
  });

  it('a body that stalls is silent and open, until its client leaves; the run goes on', async () => {
    const api = await scripted(way, { when: 'stream', fault: fault.stall({ events: 5 }) });
    const reader = readerOf(await api.post({ ...REQUEST, stream: true }));
    const messages = [];
    for (let count = 0; count < 5; count += 1) messages.push(await reader.next());
    expect(api.emulator.requests[0]).toMatchObject({ open: true });
    const { id } = (JSON.parse(messages[0]!.data) as { interaction: { id: string } }).interaction;
    await reader.cancel();
    await api.emulator.requests[0]?.ended;
    expect(api.emulator.requests[0]).toMatchObject({ open: false, aborted: true });
    expect((await api.get(id)).status).toBe(200);
  });

  it.each([
    ['byte by byte', fault.drip(), 1],
    ['in pieces of any size', fault.split(9), 9],
  ])(
    '%s, nothing is lost',
    async (_name, how, most) => {
      const sizes: number[] = [];
      const api = await scripted(way, { fault: how }, { random: seeded() });
      const response = await api.post({ ...REQUEST, stream: true });
      const reader = response.body!.getReader();
      const chunks: Uint8Array[] = [];
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        chunks.push(read.value);
        sizes.push(read.value.byteLength);
      }
      const text = Buffer.concat(chunks).toString();
      expect(textIn(eventsIn(text))).toBe(SAID);
      expect(text.length / sizes.length).toBeLessThanOrEqual(most + 1); // a socket may join some
      expect(dataIn(text)).toHaveLength(10);
    },
    20_000,
  );

  describe('what resumes', () => {
    const resumed = async (entry: FaultEntry, query: (ids: readonly string[]) => string) => {
      const api = await way({ pace: 0, eventIds: () => true });
      api.emulator.script({ reply: [reply.text(...PIECES)] });
      const events = await api.stream(REQUEST);
      const { id } = events[0]!['interaction'] as { id: string };
      const ids = events.map(({ event_id }) => String(event_id));
      api.emulator.faults(entry);
      const { text } = await readAll(await api.get(id, query(ids)));
      return {
        ids,
        told: eventsIn(text).map((event) => ids.indexOf((event as { event_id: string }).event_id)),
      };
    };
    const after = (place: number) => (ids: readonly string[]) => `?stream=true&last_event_id=${ids[place] ?? ''}`;

    it.each([
      [1, [4, 5, 6, 7, 8]],
      [3, [2, 3, 4, 5, 6, 7, 8]],
      [Infinity, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    ])('is told %p events again', async (events, told) => {
      expect((await resumed({ fault: fault.duplicate(events) }, after(4))).told).toEqual(told);
    });

    it('is told everything, where it asked for that', async () => {
      const { told, ids } = await resumed({ fault: fault.duplicate(2) }, () => '?stream=true');
      expect(told).toEqual([...ids.keys()]);
    });

    it('misses one', async () => {
      expect((await resumed({ fault: fault.drop(2) }, after(4))).told).toEqual([5, 7, 8]);
    });

    it('has few ids, or none', async () => {
      expect((await resumed({ fault: fault.eventIds(3) }, () => '?stream=true')).told).toEqual([
        -1, -1, 2, -1, -1, 5, -1, -1, 8,
      ]);
      expect(new Set((await resumed({ fault: fault.eventIds() }, () => '?stream=true')).told)).toEqual(new Set([-1]));
    });
  });

  it('half of a message is no JSON; the others are whole', async () => {
    const { text } = await streamed({ fault: fault.malformed(5) });
    const data = dataIn(text);
    expect(data).toHaveLength(10);
    expect(() => JSON.parse(data[4]!) as unknown).toThrow(SyntaxError);
    expect(textIn(eventsIn(text.replace(`data: ${data[4]!}\n`, '')))).toBe('Ünder same sky 🌌');
  });

  it('a message is as large as it is told to be', async () => {
    const { text } = await streamed({ fault: fault.oversized(100_000, 4) });
    expect(dataIn(text).map(({ length }) => length === 100_000)).toEqual([
      ...[false, false, false],
      true,
      ...Array.from({ length: 7 }, () => false),
    ]);
    expect(textIn(eventsIn(text))).toBe(SAID);
  });

  it('an error event is the last, unless it is empty', async () => {
    const { text: ended } = await streamed({ fault: fault.errorEvent(4, 'gateway_timeout', 'Late.') });
    expect(eventsIn(ended).at(-1)).toEqual({
      error: { code: 'gateway_timeout', message: 'Late.' },
      event_type: 'error',
    });
    expect(dataIn(ended)).toHaveLength(5);
    const { text } = await streamed({ fault: fault.emptyErrorEvent(4) });
    expect(eventsIn(text)[4]).toEqual({ event_type: 'error' });
    expect(dataIn(text)).toHaveLength(11);
  });

  it.each([true, false])('error JSON stands in no message (with a line end: %p)', async (newline) => {
    const { text } = await streamed({ fault: fault.rawError(4, { newline }) });
    const at = text.indexOf('[{"error"');
    expect(dataIn(text)).toHaveLength(4);
    expect(JSON.parse(text.slice(at))).toMatchObject([{ error: { code: 503, status: 'UNAVAILABLE' } }]);
    expect(text.endsWith('\n')).toBe(newline);
  });

  it('the end is missing, as much of it as is said', async () => {
    const { text: withoutDone } = await streamed({ fault: fault.noDone() });
    expect(dataIn(withoutDone).at(-1)).toContain('interaction.completed');
    expect(withoutDone.endsWith('\n\n')).toBe(true);
    const { text } = await streamed({ fault: fault.noBlankLine() });
    expect(dataIn(text).at(-1)).toContain('interaction.completed');
    expect(text.endsWith('}')).toBe(true);
  });

  it.each([['text/plain'], [undefined]])('the content type is %p', async (contentType) => {
    const { response, text } = await streamed({ fault: fault.contentType(contentType) });
    expect(response.headers.get('content-type')).toBe(contentType ?? null);
    expect(textIn(eventsIn(text))).toBe(SAID);
  });

  it('JSON comes where a stream was asked for', async () => {
    const { response, text } = await streamed({ fault: fault.json() });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(text)).toMatchObject({ status: 'completed', steps: [{ content: [{ text: SAID }] }] });
  });
});

describe('connections are refused', () => {
  it('over sockets by the system, for as long as is said, and then on the same port', async () => {
    const scheduler = new VirtualTimeScheduler();
    const emulator = createEmulator({ pace: 0, scheduler });
    const { url, close } = await emulator.listen();
    const ask = () => fetch(`${url}/v1beta/interactions/x`, { headers: { 'x-goog-api-key': 'any' } });
    emulator.faults({ fault: (fault) => fault.refuse(500) });
    expect(await causeOf(ask())).toBe('ECONNREFUSED');
    expect(await causeOf(ask())).toBe('ECONNREFUSED');
    expect(emulator.requests).toHaveLength(0);
    scheduler.flush();
    expect((await ask()).status).toBe(404);
    await close();
  });

  it('only when what comes before is used up; and connections that there are go on', async () => {
    const emulator = createEmulator({ pace: 0 });
    const { url, close } = await emulator.listen();
    const ask = () => fetch(`${url}/v1beta/interactions/x`, { headers: { 'x-goog-api-key': 'any' } });
    emulator.faults({ fault: fault.status(418) }, { fault: fault.refuse(Infinity) });
    expect((await ask()).status).toBe(418);
    expect(await causeOf(ask())).toBe('ECONNREFUSED');
    await close();
  });

  it('in process, too', async () => {
    const scheduler = new VirtualTimeScheduler();
    const emulator = createEmulator({ pace: 0, scheduler });
    emulator.faults({ fault: fault.refuse(500) }, { fault: fault.refuse(500) });
    const ask = () => emulator.fetch('/v1beta/interactions/x', { headers: { 'x-goog-api-key': 'any' } });
    expect(await causeOf(ask())).toBe('ECONNREFUSED');
    scheduler.flush();
    expect(scheduler.now()).toBe(1000);
    expect((await ask()).status).toBe(404);
  });
});

describe('entries', () => {
  const statusesOf = async (api: Api, requests: readonly (() => Promise<Response>)[]) => {
    const statuses: number[] = [];
    for (const request of requests) statuses.push((await request()).status);
    expect(api.emulator.requests.map(({ status }) => status)).toEqual(statuses);
    return statuses;
  };

  it('are used in order, each as often as it says, for the operations that it names', async () => {
    const api = await inProcess();
    api.emulator.faults(
      { when: 'delete', fault: fault.status(501) },
      { when: ['get', 'resume'], times: 2, fault: fault.status(503) },
      { when: ({ path }) => path.endsWith('/cancel'), times: Infinity, fault: fault.status(409) },
      { fault: fault.status(500) },
    );
    const get = () => api.get('x');
    const cancel = () => api.send('POST', '/v1beta/interactions/x/cancel');
    const remove = () => api.send('DELETE', '/v1beta/interactions/x');
    const resume = () => api.get('x', '?stream=true');
    expect(await statusesOf(api, [get, cancel, cancel, remove, resume, get, get, cancel])).toEqual([
      503, 409, 409, 501, 503, 500, 404, 409,
    ]);
  });

  it('leave what is no request of the API alone', async () => {
    const api = await inProcess();
    api.emulator.faults({ fault: fault.status(503) });
    expect((await api.send('GET', '/nowhere')).status).toBe(404);
    expect((await api.send('OPTIONS', '/v1beta/interactions')).status).toBe(204);
    expect((await api.get('x')).status).toBe(503);
  });

  it('about messages leave JSON alone', async () => {
    const api = await inProcess();
    api.emulator.faults({ fault: fault.cut({ events: 1 }) });
    expect((await api.create({ ...REQUEST, input: 'Count to 3.' }))['status']).toBe('completed');
    expect(dataIn(await (await api.post({ ...REQUEST, stream: true })).text())).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['there is no member `tims`', { fault: fault.reset(), tims: 2 }],
    ['`times` is a number of requests', { fault: fault.reset(), times: 0 }],
    ['`drop` cannot hit `create`', { when: 'create', fault: fault.drop() }],
    ['`duplicate` cannot hit `stream`', { when: ['resume', 'stream'], fault: fault.duplicate() }],
    ['`reset` cannot hit `post`', { when: 'post', fault: fault.reset() }],
    ['neither `when` nor `times`', { when: 'get', fault: fault.refuse(1) }],
    ['neither `when` nor `times`', { times: 2, fault: fault.refuse(1) }],
    ['`fault` is a fault', { fault: 'reset' }],
  ])('that are wrong are refused: %s', (message, entry) => {
    const { faults } = createEmulator();
    expect(() => {
      faults({ fault: fault.reset() }, entry as FaultEntry);
    }).toThrow(message);
  });

  it('of which one is wrong are none at all', async () => {
    const api = await inProcess();
    expect(() => {
      api.emulator.faults({ fault: fault.status(503) }, { fault: fault.status(503), times: -1 });
    }).toThrow('Entry 1');
    expect((await api.get('x')).status).toBe(404);
  });

  it.each([
    () => fault.cut({ events: -1 }),
    () => fault.refuse(Number.NaN),
    () => fault.split(0),
    () => fault.drop(0),
    () => fault.status(99),
  ])('numbers that make no sense are refused', (make) => {
    expect(make).toThrow(TypeError);
  });
});
