import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { generateText } from 'ai';
import { encode } from 'jpeg-js';

import { checkedUsage, closeAll, jsonOf, lastRequest, openClients, said, settled, SIGNATURE_ONLY } from './support.js';

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Compare this local image and this remote audio file.';
const AUDIO = 'https://storage.googleapis.com/generativeai-downloads/data/sample.mp3';
const ANSWER = /^The local image displays a pipe organ while the remote audio file is a sample MP3 clip/;

const folder = mkdtempSync(path.join(tmpdir(), 'rx-interactions-'));
const SAMPLE = path.join(folder, 'sample.jpg');

beforeAll(() => {
  writeFileSync(SAMPLE, encode({ data: Buffer.alloc(16 * 16 * 4, 0x7f), width: 16, height: 16 }, 80).data);
});
afterEach(closeAll);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a local image and a remote audio file, compared', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const imageBytes = readFileSync(SAMPLE);
    const imageB64 = imageBytes.toString('base64');
    const input = [
      { type: 'text' as const, text: PROMPT },
      { type: 'image' as const, data: imageB64, mime_type: 'image/jpeg' as const },
      { type: 'audio' as const, uri: AUDIO, mime_type: 'audio/mp3' as const },
    ];
    const interaction = await ai.interactions.create({ model: MODEL, input });
    log(interaction.output_text);

    expect(printed()).toMatch(ANSWER);
    expect(interaction).toMatchObject(settled('completed', { model: MODEL }));
    expect(interaction.steps).toEqual([SIGNATURE_ONLY, said(expect.stringMatching(ANSWER))]);
    expect(lastRequest(emulator).body).toEqual({ model: MODEL, input });
    expect(interaction.usage?.input_tokens_by_modality?.map(({ modality }) => modality)).toEqual(
      expect.arrayContaining(['text', 'image', 'audio']),
    );
    checkedUsage(interaction.usage);
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const image = readFileSync(SAMPLE);
    const result = await generateText({
      model: vercel.interactions(MODEL),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: PROMPT },
            { type: 'file', data: image, mediaType: 'image/jpeg' },
            { type: 'file', data: new URL(AUDIO), mediaType: 'audio/mp3' },
          ],
        },
      ],
    });

    expect(result.text).toMatch(ANSWER);
    expect(lastRequest(emulator).body).toEqual({
      model: MODEL,
      input: [
        {
          type: 'user_input',
          content: [
            { type: 'text', text: PROMPT },
            { type: 'image', data: image.toString('base64'), mime_type: 'image/jpeg' },
            { type: 'audio', uri: AUDIO, mime_type: 'audio/mp3' },
          ],
        },
      ],
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const answer = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": [
          {
            "type": "text",
            "text": "Compare this local image and this remote audio file."
          },
          {
            "type": "image",
            "data": "${readFileSync(SAMPLE).toString('base64')}",
            "mime_type": "image/jpeg"
          },
          {
            "type": "audio",
            "uri": "https://storage.googleapis.com/generativeai-downloads/data/sample.mp3",
            "mime_type": "audio/mp3"
          }
        ]
      }`),
    );

    expect(answer).toMatchObject(settled('completed', { model: MODEL }));
    expect(answer['steps']).toEqual([SIGNATURE_ONLY, said(expect.stringMatching(ANSWER))]);
    checkedUsage(answer['usage']);
  });
});
