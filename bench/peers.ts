/**
 * What others offer for the same stream, over a `fetch` that answers from memory. They are packages of this folder alone,
 * loaded when they are measured.
 */
import { answering, REQUEST } from './answering.js';
import type { Candidate } from './candidates.js';

type Next = Parameters<Candidate['read']>[1];

const peer = (read: (fetch: typeof globalThis.fetch, next: Next) => Promise<void>): Candidate => ({
  gives: 'pieces',
  read: (chunks, next) => read(answering(chunks), next),
});

/** The packages that each needs. */
export const PACKAGES = {
  sdk: ['@google/genai'],
  vercel: ['@ai-sdk/google'],
  streamText: ['@ai-sdk/google', 'ai'],
} as const;

export const peers = {
  /** The official SDK: events. */
  sdk: peer(async (fetch, next) => {
    const { GoogleGenAI } = await import('@google/genai');
    const ai = new GoogleGenAI({ apiKey: 'any', httpOptions: { fetch } });
    for await (const event of await ai.interactions.create({ ...REQUEST, stream: true })) {
      const { delta } = event as { readonly delta?: Readonly<Record<string, unknown>> };
      next(delta?.['text'] ?? delta?.['arguments'] ?? delta?.['data']);
    }
  }),
  /** Vercel's provider: parts of a stream of a language model. */
  vercel: peer(async (fetch, next) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const model = createGoogleGenerativeAI({ apiKey: 'any', fetch }).interactions(REQUEST.model);
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: REQUEST.input }] }];
    const { stream } = await model.doStream({ prompt });
    for await (const part of stream) {
      if (part.type === 'text-delta' || part.type === 'tool-input-delta') next(part.delta);
      else next(part.type === 'file' ? part.data : undefined);
    }
  }),
  /** What a user of Vercel's SDK reads. */
  streamText: peer(async (fetch, next) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const { streamText } = await import('ai');
    const model = createGoogleGenerativeAI({ apiKey: 'any', fetch }).interactions(REQUEST.model);
    for await (const part of streamText({ model, prompt: REQUEST.input }).fullStream) {
      next(part.type === 'text-delta' ? part.text : undefined);
    }
  }),
} satisfies Record<string, Candidate>;

export type PeerName = keyof typeof peers;

export const isPeer = (candidate: string): candidate is PeerName => Object.hasOwn(PACKAGES, candidate);
