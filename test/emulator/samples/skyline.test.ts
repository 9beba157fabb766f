import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { generateText } from 'ai';

import {
  checkedUsage,
  closeAll,
  decodedImage,
  type Json,
  jsonOf,
  lastRequest,
  openClients,
  settled,
} from './support.js';

const MODEL = 'gemini-3.1-flash-image';
const PROMPT = 'Generate an image of a futuristic city skyline at sunset';
const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;

const folder = mkdtempSync(path.join(tmpdir(), 'rx-interactions-'));
const GENERATED = path.join(folder, 'generated_image.png');

afterEach(closeAll);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The one step of output that the document shows, behind whatever was thought. */
const expectSteps = (steps: readonly unknown[]) => {
  const output = (steps as readonly Json[]).filter(({ type }) => type !== 'thought');
  expect(output).toEqual([
    {
      type: 'model_output',
      content: [{ type: 'image', data: expect.stringMatching(BASE64), mime_type: 'image/png' }],
    },
  ]);
};

describe('the image of a skyline', () => {
  it('with the official SDK, written to a file', async () => {
    const { official: ai, emulator } = await openClients();
    const interaction = await ai.interactions.create({ model: MODEL, input: PROMPT });
    const generatedImage = interaction.output_image;
    if (generatedImage) {
      const buffer = Buffer.from(generatedImage.data!, 'base64');
      writeFileSync(GENERATED, buffer);
    }

    decodedImage(readFileSync(GENERATED), 'image/png');
    expect(interaction).toMatchObject(settled('completed', { model: MODEL }));
    expectSteps(interaction.steps);
    expect(lastRequest(emulator).body).toEqual({ model: MODEL, input: PROMPT });
  });

  it('with Vercel’s provider', async () => {
    const { vercel } = await openClients();
    const { files, finishReason, providerMetadata } = await generateText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
    });

    expect(files).toMatchObject([{ mediaType: 'image/png', base64: expect.stringMatching(BASE64) }]);
    decodedImage(files[0]!.uint8Array, 'image/png');
    expect(finishReason).toBe('stop');
    expect(providerMetadata?.['google']).toMatchObject({ outputTokensByModality: { image: expect.any(Number) } });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const answer = await jsonOf(
      curl(`{
        "model": "gemini-3.1-flash-image",
        "input": [
          {"type": "text", "text": "Generate an image of a futuristic city skyline at sunset"}
        ]
      }`),
    );

    expect(answer).toMatchObject(settled('completed', { model: MODEL }));
    expectSteps(answer['steps'] as readonly unknown[]);
    expect(checkedUsage(answer['usage'])['output_tokens_by_modality']).toContainEqual({
      modality: 'image',
      tokens: expect.any(Number),
    });
  });
});
