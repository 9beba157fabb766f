const TONE_MS = 60;
const MOST_TONES = 12;
const LOUDEST = 12_000;
const LOWEST_HZ = 220;
const SEMITONES = 24;

/** A number for a word: the same word sounds the same. */
const noteOf = (word: string): number =>
  Array.from(word.toLowerCase()).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % SEMITONES;

/** What stands for speech: a short tone for each of the first words of a text, as 16-bit samples, mono. */
export const tonesFor = (text: string, sampleRate: number): Int16Array => {
  const words = (text.match(/[\p{L}\p{N}]+/gu) ?? ['…']).slice(0, MOST_TONES);
  const length = Math.round((sampleRate * TONE_MS) / 1000);
  return Int16Array.from(
    words.flatMap((word) => {
      const hertz = LOWEST_HZ * 2 ** (noteOf(word) / 12);
      return Array.from({ length }, (_, at) => {
        const swell = Math.sin((Math.PI * at) / length);
        return Math.round(LOUDEST * swell * Math.sin((2 * Math.PI * hertz * at) / sampleRate));
      });
    }),
  );
};

/** Samples as bytes, the lower one first. */
export const pcmOf = (samples: Int16Array): Uint8Array => {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, at) => {
    bytes.setInt16(at * 2, sample, true);
  });
  return new Uint8Array(bytes.buffer);
};

const HEADER_BYTES = 44;

/** Samples as a WAV file: the header of 44 bytes, then PCM. */
export const wavOf = (samples: Int16Array, sampleRate: number): Uint8Array => {
  const data = pcmOf(samples);
  const file = new Uint8Array(HEADER_BYTES + data.length);
  const view = new DataView(file.buffer);
  const write = (at: number, name: string): void => {
    for (const [offset, letter] of Array.from(name).entries()) view.setUint8(at + offset, letter.charCodeAt(0));
  };
  write(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // bytes in this chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true); // bytes per second
  view.setUint16(32, 2, true); // bytes per sample
  view.setUint16(34, 16, true); // bits per sample
  write(36, 'data');
  view.setUint32(40, data.length, true);
  file.set(data, HEADER_BYTES);
  return file;
};

const BIAS = 0x84;

/** G.711 µ-law: a byte per sample. */
export const mulawOf = (samples: Int16Array): Uint8Array =>
  Uint8Array.from(samples, (sample) => {
    const sign = sample < 0 ? 0x80 : 0;
    const magnitude = Math.min(Math.abs(sample), 32_635) + BIAS;
    const exponent = Math.floor(Math.log2(magnitude)) - 7;
    const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    return ~(sign | (exponent << 4) | mantissa) & 0xff;
  });

/** G.711 A-law: a byte per sample. */
export const alawOf = (samples: Int16Array): Uint8Array =>
  Uint8Array.from(samples, (sample) => {
    const sign = sample < 0 ? 0 : 0x80;
    const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32_767) >> 3;
    const exponent = magnitude < 32 ? 0 : Math.floor(Math.log2(magnitude)) - 4;
    const mantissa = exponent === 0 ? (magnitude >> 1) & 0x0f : (magnitude >> exponent) & 0x0f;
    return (sign | (exponent << 4) | mantissa) ^ 0x55;
  });
