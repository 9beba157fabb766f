import { isRecord } from '../../internal/is-record.js';
import type { OlderResponse } from './create-responder.js';
import type { Members, Part } from './part-of.js';

/** Sound that begins with one of these is a file of its own, and goes on from nothing (rule R2a). */
const CONTAINER = /^(?:RIFF|OggS|fLaC|ID3)/;

const isText = (part: Part | undefined): part is Part & { readonly text: string } => typeof part?.['text'] === 'string';

const soundIn = (part: Part | undefined): { readonly mimeType: string; readonly bytes: Buffer } | undefined => {
  const blob = part?.['inlineData'];
  if (!isRecord(blob)) return undefined;
  const { mimeType, data } = blob as Readonly<Partial<Record<'mimeType' | 'data', unknown>>>;
  return typeof mimeType === 'string' && mimeType.startsWith('audio/') && typeof data === 'string'
    ? { mimeType, bytes: Buffer.from(data, 'base64') }
    : undefined;
};

const joinedText = (last: Part | undefined, part: Part): Part | undefined =>
  isText(last) && isText(part) && last['thought'] === part['thought'] && last['thoughtSignature'] === undefined
    ? { ...last, ...part, text: last.text + part.text }
    : undefined;

const joinedSound = (last: Part | undefined, part: Part): Part | undefined => {
  const [one, other] = [soundIn(last), soundIn(part)];
  if (!one || one.mimeType !== other?.mimeType || CONTAINER.test(other.bytes.toString('latin1', 0, 4)))
    return undefined;
  const data = Buffer.concat([one.bytes, other.bytes]).toString('base64');
  return { ...last, inlineData: { mimeType: one.mimeType, data } };
};

/**
 * What ends an answer is a text without any, which may carry a signature: that goes to what is before it, but to no call, whose
 * signature is its own.
 */
const joinedEnd = (last: Part | undefined, { text, ...members }: Part): Part | undefined => {
  if (!last || text !== '' || members['thought'] !== undefined) return undefined;
  if (members['thoughtSignature'] === undefined) return last;
  return last['functionCall'] === undefined ? { ...last, ...members } : undefined;
};

const joined = (parts: readonly Part[]): readonly Part[] => {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    const one = joinedText(last, part) ?? joinedSound(last, part) ?? joinedEnd(last, part);
    if (one) all[all.length - 1] = one;
    else all.push(part);
  }
  return all;
};

const endingOf = ({ candidates }: OlderResponse): Members => {
  const { content: _content, index: _index, ...ending } = candidates?.[0] ?? {};
  return ending;
};

/** The responses of a stream as one: its texts are whole, and so is its sound. */
export const joinResponses = (responses: readonly OlderResponse[]): OlderResponse => {
  const parts = joined(responses.flatMap(({ candidates }) => candidates?.[0].content.parts ?? []));
  const last = responses.at(-1) ?? {};
  const { candidates: _candidates, ...members } = last;
  return { candidates: [{ content: { parts, role: 'model' }, ...endingOf(last), index: 0 }], ...members };
};
