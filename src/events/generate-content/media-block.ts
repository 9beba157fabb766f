import type { GenerateContentPart } from './response.js';

const KINDS: ReadonlySet<string> = new Set(['image', 'audio', 'video']);

/** Older sound says how it was sampled in its MIME type: `audio/L16;codec=pcm;rate=24000` (wire-format 6.4). */
const PCM = /^audio\/l16(?:;|$)/i;

const soundOf = (mimeType: string): object => {
  if (!PCM.test(mimeType)) return { mime_type: mimeType };
  const rate = /;\s*rate=(\d+)/i.exec(mimeType)?.[1];
  const channels = /;\s*channels=(\d+)/i.exec(mimeType)?.[1];
  return {
    mime_type: 'audio/l16',
    ...(rate !== undefined && { sample_rate: Number(rate) }),
    ...(channels !== undefined && { channels: Number(channels) }),
  };
};

/** The block of content that inline data or a file is, by the kind of its MIME type; anything unheard of is a document. */
export const mediaBlockOf = ({
  inlineData,
  fileData,
}: Pick<GenerateContentPart, 'inlineData' | 'fileData'>): Readonly<Record<string, unknown>> | undefined => {
  const given = inlineData ?? fileData;
  if (given === undefined) return undefined;
  const { mimeType } = given;
  const kind = /^[^/]*/.exec(mimeType ?? '')?.[0].toLowerCase() ?? '';
  return {
    type: KINDS.has(kind) ? kind : 'document',
    ...(mimeType !== undefined && soundOf(mimeType)),
    ...(inlineData === undefined ? { uri: fileData?.fileUri } : { data: inlineData.data }),
  };
};
