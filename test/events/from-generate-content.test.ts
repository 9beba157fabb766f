import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { GoogleGenAI } from '@google/genai';
import { from, lastValueFrom, type Observable, of, take, toArray } from 'rxjs';
import {
  fromGenerateContent,
  functionCallsOf,
  type GenerateContentResponse,
  type Interaction,
  type InteractionEvent,
  outputText,
  reduceInteraction,
  reduceText,
  type Step,
  throwIfUnsettled,
} from 'rx-interactions';

import { valuesOf } from '../support/outcome.js';
import { objectAt } from '../support/printed.js';
import { startServer, stopServers } from '../transport/support/test-server.js';

const saying = (text: string): GenerateContentResponse => ({ candidates: [{ content: { parts: [{ text }] } }] });
const END: GenerateContentResponse = { candidates: [{ finishReason: 'STOP' }] };
const ANSWER = [saying('Hel'), saying('lo'), END];

async function* generate(responses: readonly GenerateContentResponse[]): AsyncGenerator<GenerateContentResponse> {
  for (const response of responses) yield await Promise.resolve(response);
}

const framesOf = (responses: readonly GenerateContentResponse[]) =>
  responses.map((response) => ({ data: JSON.stringify(response) }));

const allOf = (events$: Observable<InteractionEvent>) => lastValueFrom(events$.pipe(toArray()));
const wholeOf = (events$: Observable<InteractionEvent>): Promise<Interaction> =>
  lastValueFrom(events$.pipe(throwIfUnsettled(), reduceInteraction()));

const events: readonly InteractionEvent[] = [
  { event_type: 'interaction.created', interaction: { status: 'in_progress', object: 'interaction' } },
  { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
  { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'Hel' } },
  { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'lo' } },
  { event_type: 'step.stop', index: 0 },
  { event_type: 'interaction.completed', interaction: { object: 'interaction', status: 'completed' } },
];

describe('fromGenerateContent', () => {
  it.each<readonly [string, Parameters<typeof fromGenerateContent>[0]]>([
    ['a list', ANSWER],
    ['a generator', generate(ANSWER)],
    ['a promise of a generator, as the SDK returns it', Promise.resolve(generate(ANSWER))],
    ['an Observable', from(ANSWER)],
    ['messages', from(framesOf(ANSWER))],
    ['a function that returns a list', () => ANSWER],
    ['a function that returns an Observable', () => from(ANSWER)],
    ['a function that returns a promise of a generator', () => Promise.resolve(generate(ANSWER))],
  ])('reads %s', async (_what, source) => {
    expect(await allOf(fromGenerateContent(source))).toEqual(events);
  });

  it('reads a ReadableStream', async () => {
    const stream = new ReadableStream<GenerateContentResponse>({
      start: (controller) => {
        for (const response of ANSWER) controller.enqueue(response);
        controller.close();
      },
    });
    expect(await allOf(fromGenerateContent(stream))).toEqual(events);
  });

  it('reads a ReadableStream that cannot be iterated, as that of some browsers', async () => {
    const frames = [...framesOf(ANSWER)];
    const read = () => {
      const value = frames.shift();
      return Promise.resolve(value ? { done: false, value } : { done: true });
    };
    const stream = { getReader: () => ({ read, releaseLock: () => undefined }) };
    // Safe: nothing else of a stream is used.
    expect(await allOf(fromGenerateContent(stream as unknown as ReadableStream<GenerateContentResponse>))).toEqual(
      events,
    );
  });

  const response = saying('Hi');
  it.each<readonly [string, Parameters<typeof fromGenerateContent>[0]]>([
    ['a response', response],
    ['a promise of one', Promise.resolve(response)],
    ['a function that returns one', () => response],
    ['a function that returns a promise of one', () => Promise.resolve(response)],
  ])('settles for %s, which is all there is, without a finish reason', async (_what, source) => {
    const whole = await wholeOf(fromGenerateContent(source));
    expect([whole.status, outputText(whole)]).toEqual(['completed', 'Hi']);
  });

  it('does not settle for a stream that says nothing of an end', async () => {
    await expect(wholeOf(fromGenerateContent(from([response])))).rejects.toMatchObject({ name: 'UnsettledError' });
  });

  it('does not settle for an error that came instead of a response', async () => {
    const error = { error: { code: 503, message: 'Busy.', status: 'UNAVAILABLE' } };
    expect((await allOf(fromGenerateContent(error))).map(({ event_type }) => event_type)).toEqual([
      'interaction.created',
      'error',
    ]);
  });

  it('hands on which candidate is read', () => {
    const two = {
      candidates: [{ content: { parts: [{ text: 'first' }] } }, { index: 1, content: { parts: [{ text: 'second' }] } }],
    };
    for (const source of [two, [two, { candidates: [{ index: 1, finishReason: 'STOP' }] }]]) {
      expect(valuesOf(fromGenerateContent(source, { candidate: 1 }).pipe(reduceText()))).toEqual(['second']);
    }
  });

  it.each([undefined, null, 7, 'text'])('errors where there is nothing to read: %j', async (nothing) => {
    const source = nothing as unknown as GenerateContentResponse; // what JavaScript may hand over
    for (const given of [source, () => source, Promise.resolve(source)]) {
      await expect(allOf(fromGenerateContent(given))).rejects.toThrow(TypeError);
    }
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('refused'))],
    [
      'throws',
      () => {
        throw new Error('refused');
      },
    ],
  ])('errors as the function %s', async (_how, ask) => {
    await expect(allOf(fromGenerateContent(ask))).rejects.toThrow('refused');
  });

  it('asks once for each subscription, and never before', async () => {
    const ask = jest.fn(() => of(...ANSWER));
    const events$ = fromGenerateContent(ask);
    expect(ask).not.toHaveBeenCalled();
    expect(await allOf(events$)).toEqual(await allOf(events$));
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('aborts the signal when it is left or over, and each subscription has its own', async () => {
    const signals: AbortSignal[] = [];
    const events$ = fromGenerateContent((signal) => {
      signals.push(signal);
      return signals.length === 1 ? Promise.resolve(generate(ANSWER)) : new Promise<never>(() => undefined);
    });
    await allOf(events$);
    const subscription = events$.subscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('runs the end of a generator that is left', async () => {
    const log: string[] = [];
    const endless = async function* (): AsyncGenerator<GenerateContentResponse> {
      try {
        for (;;) yield await Promise.resolve(saying('a'));
      } finally {
        log.push('left');
      }
    };
    await allOf(fromGenerateContent(endless()).pipe(take(2)));
    while (log.length === 0) await new Promise(setImmediate);
    expect(log).toEqual(['left']);
  });
});

describe('fromGenerateContent with the official SDK', () => {
  afterEach(stopServers);

  const start = async () => {
    const server = await startServer();
    return { server, ai: new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: server.url } }) };
  };
  const question = { model: 'gemini-2.5-flash', contents: 'Hi' };
  const EVENT_STREAM = { 'content-type': 'text/event-stream' };
  const messageOf = (response: object): string => `data: ${JSON.stringify(response)}\r\n\r\n`;

  it('reads what generateContentStream gives', async () => {
    const { server, ai } = await start();
    const events$ = fromGenerateContent((abortSignal) =>
      ai.models.generateContentStream({ ...question, config: { abortSignal } }),
    );
    const whole = wholeOf(events$);
    const { request, response } = await server.next();
    expect(request.url).toContain(':streamGenerateContent?alt=sse');
    response.writeHead(200, EVENT_STREAM);
    response.end(ANSWER.map(messageOf).join(''));
    expect(await whole).toMatchObject({ status: 'completed', steps: [{ content: [{ text: 'Hello' }] }] });
  });

  it('reads what generateContent gives, in a promise too', async () => {
    const { server, ai } = await start();
    const answer = async () => {
      const { response } = await server.next();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(saying('Hello')));
    };
    const asked = wholeOf(
      fromGenerateContent((abortSignal) => ai.models.generateContent({ ...question, config: { abortSignal } })),
    );
    await answer();
    const given = wholeOf(fromGenerateContent(ai.models.generateContent(question)));
    await answer();
    for (const whole of [await asked, await given]) {
      expect([whole.status, outputText(whole)]).toEqual(['completed', 'Hello']);
    }
  });

  // Its class has a member of its own, `data`, with all that is inline: so has a message of an event stream.
  it('reads a picture in what generateContent gives', async () => {
    const { server, ai } = await start();
    const asked = wholeOf(fromGenerateContent(() => ai.models.generateContent(question)));
    const { response } = await server.next();
    const inlineData = { mimeType: 'image/png', data: 'iVBO' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ candidates: [{ content: { parts: [{ inlineData }] } }] }));
    expect((await asked).steps).toEqual([
      { type: 'model_output', content: [{ type: 'image', mime_type: 'image/png', data: 'iVBO' }] },
    ]);
  });

  it('closes the request of a stalled stream at once, through the signal', async () => {
    const { server, ai } = await start();
    const heard: string[] = [];
    const ends: unknown[] = [];
    let arrived: () => void = () => undefined;
    const delta = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const subscription = fromGenerateContent((abortSignal) =>
      ai.models.generateContentStream({ ...question, config: { abortSignal } }),
    ).subscribe({
      next: ({ event_type }) => {
        if (heard.push(event_type) === 3) arrived();
      },
      error: (error: unknown) => ends.push(error),
      complete: () => ends.push('complete'),
    });
    const { response, closed } = await server.next();
    response.writeHead(200, EVENT_STREAM);
    response.write(messageOf(saying('Hel')));
    await delta;
    subscription.unsubscribe();
    await closed;
    await new Promise(setImmediate); // a rejection that nobody handles would fail the run
    expect(heard).toEqual(['interaction.created', 'step.start', 'step.delta']);
    expect(ends).toEqual([]);
  });

  it('does not take a cut for an end', async () => {
    const { server, ai } = await start();
    const whole = wholeOf(fromGenerateContent(() => ai.models.generateContentStream(question)));
    const { response } = await server.next();
    response.writeHead(200, EVENT_STREAM);
    response.end(messageOf(saying('Hel')));
    await expect(whole).rejects.toMatchObject({
      name: 'UnsettledError',
      partial: { steps: [{ content: [{ text: 'Hel' }] }] },
    });
  });

  it('fails as the SDK does where the request is refused', async () => {
    const { server, ai } = await start();
    const whole = wholeOf(fromGenerateContent(() => ai.models.generateContentStream(question)));
    const { response } = await server.next();
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 400, message: 'No.', status: 'INVALID_ARGUMENT' } }));
    await expect(whole).rejects.toMatchObject({ status: 400 });
  });
});

describe('what the migration guide prints', () => {
  const GUIDE = path.resolve(__dirname, '../../../shared/seeds/003_6a56d83822afe1e3.txt');
  if (!existsSync(GUIDE)) {
    console.warn(`${GUIDE} is missing; its tests are skipped.`);
    it.skip('the guide is not beside this checkout', () => undefined);
    return;
  }

  const source = readFileSync(GUIDE, 'utf8');
  const printed = [...source.matchAll(/^\{\s*"candidates"/gm)].map(
    ({ index }) => JSON.parse(objectAt(source, index)) as GenerateContentResponse,
  );

  const said = (...texts: readonly string[]): Step => ({
    type: 'model_output',
    content: texts.map((text) => ({ type: 'text', text })),
  });
  const WEATHER: Step = {
    type: 'function_call',
    id: 'call_0',
    name: 'get_weather',
    arguments: { location: 'Boston, MA' },
  };
  const euro =
    "Spain won Euro 2024, defeating England 2-1 in the final. This victory marks Spain's record fourth European " +
    'Championship title.';
  const VERTEX = 'https://vertexaisearch.cloud.google.com.....';
  const cited = (title: string, start_index: number, end_index: number) =>
    ({ type: 'url_citation', url: VERTEX, title, start_index, end_index }) as const;
  const recipe =
    '{\n "recipe_name": "Chocolate Chip Cookies",\n "ingredients": [\n "1 cup butter",\n "1 cup sugar",\n ' +
    '"2 cups flour",\n "1 cup chocolate chips"\n ]\n}';

  const expected: readonly (readonly [what: string, status: string, steps: readonly Step[]])[] = [
    ['a joke', 'completed', [said('Why did the chicken cross the road? To get to the other side!')]],
    ['a second turn', 'completed', [said('Your name is Phil.')]],
    ['a picture described', 'completed', [said('This is a picture of a beautiful sunset.')]],
    ['structured output', 'completed', [said(recipe)]],
    [
      'a picture that was made',
      'completed',
      [
        {
          type: 'model_output',
          content: [
            { type: 'text', text: 'Here is your generated image:' },
            { type: 'image', mime_type: 'image/jpeg', data: '...base64...' },
          ],
        },
      ],
    ],
    [
      'a search',
      'completed',
      [
        {
          type: 'model_output',
          content: [
            {
              type: 'text',
              text: euro,
              // The numbers of the guide are not those of its text, which is shorter: they are kept within it.
              annotations: [
                cited('aljazeera.com', 0, 85),
                cited('aljazeera.com', 86, euro.length),
                cited('uefa.com', 86, euro.length),
              ],
            },
          ],
        },
        {
          type: 'google_search_call',
          id: 'google_search_1',
          arguments: { queries: ['UEFA Euro 2024 winner', 'who won euro 2024'] },
        },
        {
          type: 'google_search_result',
          call_id: 'google_search_1',
          result: [
            { search_suggestions: '<!-- HTML and CSS for the search widget -->' },
            // Safe: more members than are known may stand in an item.
            { title: 'aljazeera.com', url: VERTEX },
            { title: 'uefa.com', url: VERTEX },
          ],
        },
      ],
    ],
    ['a function call', 'requires_action', [WEATHER]],
    ['a function call in a stream', 'requires_action', [WEATHER]],
  ];

  it('is as many responses as are compared here', () => {
    expect(printed).toHaveLength(expected.length);
  });

  it.each(expected.map(([what, status, steps], at) => [what, at, status, steps] as const))(
    'is the steps that the newer endpoint would have: %s',
    (_what, at, status, steps) => {
      const [interaction] = valuesOf(fromGenerateContent(printed[at]!).pipe(throwIfUnsettled(), reduceInteraction()));
      expect(interaction).toMatchObject({ status, diagnostics: [] });
      expect(interaction?.steps).toEqual(steps);
      expect(functionCallsOf(interaction!)).toHaveLength(status === 'requires_action' ? 1 : 0);
    },
  );
});
