import fc from 'fast-check';

import { beginsContainer, growingBase64, joinBase64 } from '../../src/steps/join-base64.js';

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const wholeOf = (pieces: readonly string[]): string | undefined => {
  const joined = pieces
    .slice(1)
    .reduce(
      (left: ReturnType<typeof joinBase64>, piece) => left && joinBase64(left, piece),
      growingBase64(pieces[0] ?? ''),
    );
  return joined && joined.whole + joined.rest;
};

describe('joinBase64', () => {
  it('joins the bytes of any pieces, padded or not', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 7 }), { minLength: 1, maxLength: 8 }), (pieces) => {
        expect(wholeOf(pieces.map(encode))).toBe(encode(Buffer.concat(pieces)));
      }),
      { numRuns: 500 },
    );
  });

  it('joins pieces whose padding was left away', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 7 }), { minLength: 2, maxLength: 8 }), (pieces) => {
        const [first, ...rest] = pieces.map(encode);
        const bare = rest.map((piece) => piece.replaceAll('=', ''));
        expect(wholeOf([first!, ...bare])).toBe(encode(Buffer.concat(pieces)));
      }),
    );
  });

  it('keeps what a first piece without its padding holds', () => {
    expect(wholeOf(['AA', encode(Uint8Array.of(1, 2))])).toBe(encode(Uint8Array.of(0, 1, 2)));
  });

  it('gives nothing for a piece that is not base64', () => {
    expect(joinBase64(growingBase64('AAAA'), 'no base64!')).toBeUndefined();
    expect(joinBase64(growingBase64('AA=='), '****')).toBeUndefined();
    expect(joinBase64(growingBase64('AAAA'), '****')).toBeUndefined();
  });

  it('leaves what it has where nothing is added', () => {
    expect(wholeOf(['AAA=', '', ''])).toBe('AAA=');
    expect(wholeOf(['', 'AAA='])).toBe('AAA=');
  });

  it('does not encode again what is already whole', () => {
    const left = growingBase64('AAAA'.repeat(1000));
    expect(joinBase64(left, 'BBBB')?.whole).toBe(`${left.whole}BBBB`);
    expect(joinBase64(joinBase64(left, 'BB==')!, 'BBBB')?.whole.startsWith(left.whole)).toBe(true);
  });
});

describe('beginsContainer', () => {
  it.each([['RIFF'], ['OggS'], ['fLaC'], ['ID3\u0003']])('is true of bytes that begin with %j', (magic) => {
    expect(beginsContainer(encode(Buffer.from(`${magic} and so on`, 'latin1')))).toBe(true);
  });

  it.each([[''], ['RIF'], [' RIFF'], ['plain samples']])('is false of bytes that begin with %j', (text) => {
    expect(beginsContainer(encode(Buffer.from(text, 'latin1')))).toBe(false);
  });

  it('is true of what is not base64: it continues nothing', () => {
    expect(beginsContainer('****')).toBe(true);
  });
});
