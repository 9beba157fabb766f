import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';

import { imageSizeOf } from '../../src/emulator/model/media/image-size.js';
import { arena } from '../../src/emulator/model/media/arena.js';
import { hypogeum } from '../../src/emulator/model/media/hypogeum.js';
import { skyline } from '../../src/emulator/model/media/skyline.js';
import { pdfOf } from '../../src/emulator/model/media/pdf.js';
import { alawOf, mulawOf, pcmOf, tonesFor, wavOf } from '../../src/emulator/model/media/sound.js';
import { HEIGHT, jpegOf, NAMES, pixelsOf, WIDTH } from '../../scripts/make-media.js';
import { ENTERPRISE } from './scenarios.js';
import { inProcess, type Json, MODEL } from './support/api.js';

const PICTURES = { skyline, arena, hypogeum };
const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

describe.each(NAMES)('the picture %s', (name) => {
  const png = bytesOf(PICTURES[name].png);
  const jpeg = bytesOf(PICTURES[name].jpeg);

  // Pixels, not bytes: how well a PNG is compressed is up to the version of Node.
  it('is what the script draws (`npx tsx scripts/make-media.ts` writes it)', () => {
    expect(Buffer.from(PNG.sync.read(png).data).equals(Buffer.from(pixelsOf(name)))).toBe(true);
    expect(jpeg.equals(jpegOf(name))).toBe(true);
  });

  it('can be decoded, has its size and is small', () => {
    expect(PNG.sync.read(png)).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(decodeJpeg(jpeg)).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(imageSizeOf(png)).toEqual({ width: WIDTH, height: HEIGHT });
    expect(imageSizeOf(jpeg)).toEqual({ width: WIDTH, height: HEIGHT });
    expect(Math.max(png.length, jpeg.length)).toBeLessThan(4_400);
  });
});

describe('the size of an image', () => {
  it('is not told by anything else, or by half of one', () => {
    const jpeg = bytesOf(skyline.jpeg);

    for (const bytes of [
      Buffer.of(),
      Buffer.from('hello'),
      Buffer.of(0xff, 0xd8),
      Buffer.of(0xff, 0xd8, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    ]) {
      expect(imageSizeOf(bytes)).toBeUndefined();
    }
    for (let length = 0; length < 200; length += 1) {
      expect([undefined, WIDTH]).toContain(imageSizeOf(jpeg.subarray(0, length))?.width);
    }
  });

  it('is read from a view into a larger buffer, too', () => {
    const png = bytesOf(skyline.png);

    expect(imageSizeOf(Buffer.concat([Buffer.from('before'), png]).subarray(6))).toEqual({
      width: WIDTH,
      height: HEIGHT,
    });
  });
});

describe('sound', () => {
  const samples = tonesFor('Have a wonderful day', 24_000);

  it('is a tone of 60 ms for each of the first twelve words', () => {
    expect(samples).toHaveLength(4 * 1440);
    expect(tonesFor('word '.repeat(50), 8_000)).toHaveLength(12 * 480);
    expect(tonesFor('', 8_000)).toHaveLength(480);
    expect(Math.max(...samples)).toBeGreaterThan(5_000);
    expect(tonesFor('day', 24_000)).toEqual(samples.slice(-1440));
    expect(tonesFor('night', 24_000)).not.toEqual(samples.slice(-1440));
  });

  it('is PCM with the lower byte first', () => {
    expect(pcmOf(Int16Array.of(0, 1, -2, 0x1234))).toEqual(Uint8Array.of(0, 0, 1, 0, 0xfe, 0xff, 0x34, 0x12));
  });

  it('is a WAV file with a right header', () => {
    const file = Buffer.from(wavOf(samples, 24_000));

    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(file.toString('latin1', 8, 16)).toBe('WAVEfmt ');
    expect([file.readUInt32LE(16), file.readUInt16LE(20), file.readUInt16LE(22)]).toEqual([16, 1, 1]);
    expect([file.readUInt32LE(24), file.readUInt32LE(28)]).toEqual([24_000, 48_000]);
    expect([file.readUInt16LE(32), file.readUInt16LE(34)]).toEqual([2, 16]);
    expect(file.toString('latin1', 36, 40)).toBe('data');
    expect(file.readUInt32LE(40)).toBe(samples.length * 2);
    expect(file.subarray(44).equals(Buffer.from(pcmOf(samples)))).toBe(true);
  });

  // The codes of silence and of the loudest samples, and a few between, from the tables of G.711.
  it('is µ-law and A-law as G.711 has them', () => {
    expect([...mulawOf(Int16Array.of(0, 32_767, -32_768, 1000, -1000))]).toEqual([0xff, 0x80, 0x00, 0xce, 0x4e]);
    expect([...alawOf(Int16Array.of(0, 32_767, -32_768, 1000, -1000))]).toEqual([0xd5, 0xaa, 0x2a, 0xfa, 0x7a]);
  });

  const audioOf = async (format: Json) => {
    const { stream, create } = await inProcess({ pace: 0 });
    const request = {
      model: MODEL,
      input: 'one two three four five six',
      response_format: { type: 'audio', ...format },
    };
    const deltas = (await stream(request)).map(({ delta }) => (delta ?? {}) as Json);
    const pieces = deltas.filter(({ type }) => type === 'audio');
    const { steps } = (await create(request)) as unknown as {
      readonly steps: readonly { readonly content?: readonly Json[] }[];
    };
    return { pieces, blocks: steps.flatMap(({ content = [] }) => content) };
  };

  it.each([
    ['audio/l16', 2],
    ['audio/wav', 2],
    ['audio/alaw', 1],
    ['audio/mulaw', 1],
  ])('comes as %s in several pieces that are one block (rule R2a)', async (mime_type, size) => {
    const { pieces, blocks } = await audioOf({ mime_type, sample_rate: 16_000 });
    const joined = Buffer.concat(pieces.map(({ data }) => bytesOf(String(data))));

    expect(pieces.length).toBeGreaterThan(1);
    expect(blocks).toEqual([
      { type: 'audio', mime_type, sample_rate: 16_000, channels: 1, data: joined.toString('base64') },
    ]);
    expect(joined).toHaveLength(6 * 960 * size + (mime_type === 'audio/wav' ? 44 : 0));
  });

  it('has a rate that can be heard', async () => {
    expect((await audioOf({ sample_rate: 1 })).blocks).toMatchObject([{ mime_type: 'audio/l16', sample_rate: 8_000 }]);
    expect((await audioOf({ sample_rate: 1e9 })).blocks).toMatchObject([{ sample_rate: 48_000 }]);
    expect((await audioOf({})).blocks).toMatchObject([{ sample_rate: 24_000 }]);
  });

  it('fails in a format that it cannot make', async () => {
    const { create } = await inProcess({ pace: 0 });
    const request = { model: MODEL, input: 'Hi', response_format: { type: 'audio', mime_type: 'audio/ogg_opus' } };

    expect(await create(request)).toMatchObject({
      status: 'failed',
      errors: [{ code: 'unimplemented' }],
      steps: [{ type: 'model_output', error: { code: 12 } }],
    });
  });
});

describe('a document', () => {
  it('is a PDF whose table says where its objects are', () => {
    const file = pdfOf('Dear (Sir)\\Madam, schöne Grüße! '.repeat(9));
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
    const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    const [, length, stream = ''] = /\/Length (\d+) >>\nstream\n([^]*?)\nendstream/.exec(file) ?? [];

    expect(file.startsWith('%PDF-1.4\n')).toBe(true);
    expect(file.slice(start)).toMatch(/^xref\n0 6\n0000000000 65535 f \n/);
    expect(offsets.map((offset) => file.slice(offset, offset + 8))).toEqual([1, 2, 3, 4, 5].map((n) => `${n} 0 obj\n`));
    expect(Number(length)).toBe(stream.length);
    expect(stream).toContain('(Dear \\(Sir\\)\\\\Madam, sch?ne Gr??e!');
    expect(stream.match(/Tj/g)?.length).toBeGreaterThan(3);
    expect(/^[\n -~]*$/.test(file)).toBe(true);
  });

  it('has no lines where there is no text', () => {
    expect(pdfOf('')).not.toContain('Tj');
  });
});

it('a video comes by reference, in the folder that is asked for', async () => {
  const { send } = await inProcess({ pace: 0 });
  const video = async (path: string, format: Json) => {
    const response = await send('POST', path, {
      model: MODEL,
      input: 'Rain',
      response_format: { type: 'video', ...format },
    });
    const { steps } = (await response.json()) as { readonly steps: readonly Json[] };
    return steps.at(-1);
  };

  expect(await video('/v1beta/interactions', {})).toEqual({
    type: 'model_output',
    content: [{ type: 'video', mime_type: 'video/mp4', uri: 'https://example.com/videos/skyline.mp4' }],
  });
  expect(await video(ENTERPRISE, { delivery: 'uri', gcs_uri: 'gs://bucket/out/' })).toMatchObject({
    content: [{ uri: 'gs://bucket/out/skyline.mp4' }],
  });
});
