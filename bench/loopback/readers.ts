/** Who reads over HTTP: each asks for a stream, hands over every piece of text, and resolves at the end. */
import { createParser } from 'eventsource-parser';

import { createClient, fetchTransport, type Transport } from '../../src/index.js';
import { REQUEST } from '../answering.js';

export type Reader = (baseUrl: string, onText: (text: string) => void) => Promise<void>;

interface TextEvent {
  readonly delta?: { readonly text?: string };
}

const ours =
  (transport?: Transport): Reader =>
  (baseUrl, onText) =>
    new Promise((resolve, reject) => {
      createClient({ apiKey: 'any', baseUrl, ...(transport && { transport }) })
        .stream(REQUEST)
        .subscribe({
          next: (event) => {
            if (event.event_type === 'step.delta' && event.delta.type === 'text') onText(event.delta.text);
          },
          error: reject,
          complete: resolve,
        });
    });

/** The readers by name. */
export const readers = {
  /** `fetch`, and what the floor does. */
  raw: async (baseUrl, onText) => {
    const response = await fetch(`${baseUrl}/v1beta/interactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-goog-api-key': 'any' },
      body: JSON.stringify({ ...REQUEST, stream: true }),
    });
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') return;
        const { delta } = JSON.parse(data) as TextEvent;
        if (delta?.text !== undefined) onText(delta.text);
      },
    });
    const reader = response.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parser.feed(decoder.decode(read.value, { stream: true }));
    }
  },
  /** This library, as Node gets it: on undici. */
  client: ours(),
  /** This library on the same `fetch` as the others. */
  'on fetch': ours(fetchTransport()),
  sdk: async (baseUrl, onText) => {
    const { GoogleGenAI } = await import('@google/genai');
    const ai = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl } });
    for await (const event of await ai.interactions.create({ ...REQUEST, stream: true })) {
      const { delta } = event as TextEvent;
      if (delta?.text !== undefined) onText(delta.text);
    }
  },
  vercel: async (baseUrl, onText) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const model = createGoogleGenerativeAI({ apiKey: 'any', baseURL: `${baseUrl}/v1beta` }).interactions(REQUEST.model);
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: REQUEST.input }] }];
    for await (const part of (await model.doStream({ prompt })).stream) {
      if (part.type === 'text-delta') onText(part.delta);
    }
  },
} satisfies Record<string, Reader>;

export type ReaderName = keyof typeof readers;
