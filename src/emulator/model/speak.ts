import { reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { asksFor, formatFor } from './formats.js';
import { inPieces } from './in-pieces.js';
import { alawOf, mulawOf, pcmOf, tonesFor, wavOf } from './media/sound.js';

const USUAL_RATE = 24_000;
/** Not a multiple of three, so that every piece has a padding of its own, as pieces may (rule R2a). */
const PIECE_BYTES = 4_000;

const ENCODERS: Readonly<Record<string, (samples: Int16Array, rate: number) => Uint8Array>> = {
  'audio/l16': pcmOf,
  'audio/wav': wavOf,
  'audio/alaw': alawOf,
  'audio/mulaw': mulawOf,
};

const mayRead = (turn: Turn): boolean => asksFor(turn, 'audio') || /\btts\b/i.test(turn.request.model ?? '');

/** "Say cheerfully: Have a wonderful day!" → what is to be said. */
const saidIn = (prompt: string): string => prompt.replace(/^\s*(?:say|read|speak)\b[^:]*:\s*/i, '');

const cut = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_, at) =>
    bytes.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES),
  );

/** MP3 and Opus take an encoder that is not here: the output fails, as one of the live service may (wire-format 6.1). */
const cannotEncode = (mime_type: string) => {
  const message = `This model cannot make ${mime_type}; it can make ${Object.keys(ENCODERS).join(', ')}.`;
  return [
    reply.step({ type: 'model_output', error: { code: 12, message } }),
    reply.status('failed', { errors: [{ code: 'unimplemented', message }] }),
  ];
};

/**
 * Reads the prompt aloud, in a way: a tone for every word, mono, in several pieces. For speech models, and where audio is
 * asked for; with a text where that is asked for, too.
 */
export const speak: Behaviour = (turn) => {
  if (!mayRead(turn)) return undefined;
  const { mime_type = 'audio/l16', sample_rate = USUAL_RATE } = formatFor(turn, 'audio') ?? {};
  const encode = ENCODERS[mime_type];
  if (!encode) return cannotEncode(mime_type);
  const rate = Math.max(8_000, Math.min(48_000, Math.round(sample_rate)));
  const said = saidIn(turn.prompt);
  const pieces = cut(encode(tonesFor(said, rate), rate)).map((bytes) => ({
    mime_type,
    sample_rate: rate,
    channels: 1,
    data: Buffer.from(bytes).toString('base64'),
    type: 'audio',
  }));
  const text = asksFor(turn, 'text') ? inPieces(said).map((piece) => ({ text: piece, type: 'text' })) : [];
  return [
    think(turn, 'Reading aloud', 'I say it as it is written.'),
    reply.step({ type: 'model_output' }, ...text, ...pieces),
  ];
};
