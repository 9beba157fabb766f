import fc from 'fast-check';

import { createUtf8Decoder } from '../../src/frames/decode-utf8.js';
import { cutAt, utf8 } from '../support/bytes.js';

const decodedFrom = (chunks: readonly Uint8Array[]): string => {
  const decode = createUtf8Decoder();
  return [...chunks.map((chunk) => decode(chunk)), decode()].join('');
};

/** Text in long stretches of one kind, so that the decoder settles for one, with what is rare in between. */
const stretches = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('a plain stretch of text', 'data: {"x":1}\n\n', 'x') },
    { weight: 2, arbitrary: fc.constantFrom('é', '日本語', '🙂', 'naïve café', '\uFEFF', '\uFFFD', '\0') },
  ),
  { maxLength: 30 },
);
const valid = stretches.map((texts) => utf8(texts.join('')));
/** What is not UTF-8 in the middle of it. */
const broken = fc
  .tuple(valid, fc.uint8Array({ maxLength: 6 }), valid)
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe('createUtf8Decoder', () => {
  it('reads however cut what a decoder reads at once', () => {
    fc.assert(
      fc.property(fc.oneof(valid, broken), fc.array(fc.nat({ max: 120 }), { maxLength: 30 }), (bytes, places) => {
        expect(decodedFrom(cutAt(bytes, places))).toBe(new TextDecoder().decode(bytes));
      }),
      { numRuns: 2_000 },
    );
  });

  it('drops the mark at the start, and keeps the same character anywhere else', () => {
    const chunks = ['\uFEFFa', 'b', '\uFEFFc', 'd', '\uFEFF'].map(utf8);
    expect(decodedFrom(chunks)).toBe('ab\uFEFFcd\uFEFF');
  });

  it('minds no empty chunks', () => {
    const empty = new Uint8Array();
    expect(decodedFrom([empty, utf8('\uFEFFa'), empty, utf8('b'), empty, utf8('\uFEFFé'), empty])).toBe('ab\uFEFFé');
  });

  it('joins a character whose pieces come one by one behind plain text', () => {
    expect(decodedFrom([...utf8('plain 🙂 text')].map((byte) => Uint8Array.of(byte)))).toBe('plain 🙂 text');
  });

  it('ends with a replacement where a character is cut', () => {
    expect(decodedFrom([utf8('plain'), utf8('text'), utf8('é').subarray(0, 1)])).toBe('plaintext\uFFFD');
  });
});
