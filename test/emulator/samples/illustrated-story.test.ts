import { streamText } from 'ai';

import {
  checkedUsage,
  closeAll,
  collect,
  decodedImage,
  deltasIn,
  eventsOf,
  finalOf,
  lastRequest,
  messagesOf,
  openClients,
  outlineOf,
  runsOf,
  searchTool,
  settled,
  SIGNED_THOUGHT,
  stepOutline,
  streamOutline,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.1-flash-image-preview';
const PROMPT =
  'Search for the history of the Colosseum and write a short illustrated story about a gladiator named Marcus. ' +
  'Interleave text and generated images.';
const BODY = {
  model: MODEL,
  tools: [{ type: 'google_search' as const, search_types: ['web_search' as const, 'image_search' as const] }],
  input: PROMPT,
  response_format: [{ type: 'text' as const }, { type: 'image' as const }],
  stream: true as const,
};

const OPENING = 'Here is a short illustrated story about the Colosseum';
const TITLES = [
  '### Part 1: The New Flavian Amphitheater\n\n',
  '### Part 2: The Hypogeum and the Wait\n\n',
  '### Part 3: The Moment of Spectacle\n\n',
];

const STORY = [
  stepOutline('model_output', 'text'),
  SIGNED_THOUGHT,
  stepOutline('model_output', 'image', 'text'),
  SIGNED_THOUGHT,
  stepOutline('model_output', 'image', 'text'),
];

/** What the document leaves out, and a request with a search may bring: it comes behind what was said (quirk Q4). */
const SEARCH = [
  stepOutline('google_search_call', 'google_search_call'),
  stepOutline('google_search_result', 'google_search_result'),
];
const OUTLINES = [streamOutline(...STORY), streamOutline(...STORY, ...SEARCH)];

const expectText = (text: string) => {
  expect(text.startsWith(OPENING)).toBe(true);
  expect(text.match(/### Part \d: [^\n]*\n\n/g)).toEqual(TITLES);
  expect(text).toContain('Marcus');
};

const expectStream = (events: readonly object[]) => {
  expect(OUTLINES).toContainEqual(outlineOf(events));
  expectText(textIn(deltasIn(events)));
  const images = deltasIn(events).filter(({ type }) => type === 'image');
  expect(images).toHaveLength(2);
  for (const image of images) {
    expect(image).toEqual({ type: 'image', mime_type: 'image/jpeg', data: expect.stringMatching(/^\/9j\//) });
    decodedImage(String(image['data']), image['mime_type']);
  }
  expect(finalOf(events)).toMatchObject(settled('completed', { model: MODEL }));
  const usage = checkedUsage(finalOf(events)['usage']);
  expect(usage['output_tokens_by_modality']).toContainEqual({ modality: 'image', tokens: expect.any(Number) });
};

describe('an illustrated story, texts and images streamed in turns', () => {
  it('with the official SDK', async () => {
    const { official: client, write, log, printed, emulator } = await openClients();
    const events: object[] = [];
    const stream = await client.interactions.create(BODY);
    for await (const event of stream) {
      events.push(event);
      if (event.event_type === 'step.delta') {
        if (event.delta.type === 'text') {
          write(event.delta.text);
        } else if (event.delta.type === 'image') {
          log(`\n[Image chunk: ${event.delta.data!.length} bytes]`);
        }
      }
    }

    expectStream(events);
    const sizes = deltasIn(events).flatMap(({ data }) => (typeof data === 'string' ? data.length : []));
    expect(printed().match(/\n\[Image chunk: \d+ bytes\]\n/g)).toEqual(
      sizes.map((size) => `\n[Image chunk: ${size} bytes]\n`),
    );
    expectText(printed().replaceAll(/\n\[Image chunk: \d+ bytes\]\n/g, ''));
    expect(lastRequest(emulator).body).toEqual(BODY);
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const result = streamText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      tools: { google_search: searchTool(vercel, { searchTypes: { webSearch: {}, imageSearch: {} } }) },
      providerOptions: { google: { responseFormat: [{ type: 'text' }, { type: 'image' }] } },
    });
    const parts = await collect(result.fullStream);

    expect(runsOf(parts).filter((type) => !/^(?:reasoning|tool)-/.test(type))).toEqual([
      'start',
      'start-step',
      ...['text-start', 'text-delta', 'text-end'],
      ...['file', 'text-start', 'text-delta', 'text-end'],
      ...['file', 'text-start', 'text-delta', 'text-end'],
      'finish-step',
      'finish',
    ]);
    expectText(parts.flatMap((part) => (part.type === 'text-delta' ? part.text : [])).join(''));
    const files = await result.files;
    expect(files).toHaveLength(2);
    for (const { uint8Array, mediaType } of files) decodedImage(uint8Array, mediaType);
    expect((await result.providerMetadata)?.['google']).toMatchObject({
      outputTokensByModality: { image: expect.any(Number) },
    });
    expect(lastRequest(emulator).body).toMatchObject({
      tools: BODY.tools,
      response_format: BODY.response_format,
      stream: true,
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const response = await curl(`{
      "model": "gemini-3.1-flash-image-preview",
      "input": "${PROMPT}",
      "stream": true,
      "tools": [
        { "type": "google_search",
          "search_types": ["web_search", "image_search"]
        }
      ],
      "generation_config": {
        "thinking_summaries": "auto"
      },
      "response_format": [
        { "type": "text" }, { "type": "image"}
      ]
    }`);

    expectStream(eventsOf(await messagesOf(response)));
  });
});
