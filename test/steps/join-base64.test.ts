import fc from 'fast-check';

import { beginsContainer, bytesOfBase64, growingBase64, isBase64, joinBase64 } from '../../src/steps/join-base64.js';

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

  it('joins one text, wherever it was cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat({ max: 60 }), { maxLength: 8 }), (bytes, cuts) => {
        const text = encode(bytes);
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, at) => text.slice(places[at], end));
        expect(wholeOf(pieces)).toBe(text);

        const bare = pieces.map((piece) => piece.replace(/=+$/, ''));
        expect(wholeOf(bare)).toBe(text.replace(/=+$/, ''));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what a first piece without its padding holds', () => {
    expect(wholeOf(['AA', encode(Uint8Array.of(1, 2))])).toBe(encode(Uint8Array.of(0, 1, 2)));
    expect(wholeOf(['AA=', encode(Uint8Array.of(1, 2))])).toBe(encode(Uint8Array.of(0, 1, 2)));
  });

  it('takes a text without padding for one that goes on', () => {
    expect(wholeOf(['AA', 'AA'])).toBe('AAAA');
    expect(wholeOf(['AAAAA', 'AAA', 'A'])).toBe('AAAAAAAAA');
  });

  it('goes on by bytes where a text is complete', () => {
    expect(wholeOf(['AA==', 'AA=='])).toBe(encode(Uint8Array.of(0, 0)));
    expect(wholeOf(['AA==', 'AQI'])).toBe(encode(Uint8Array.of(0, 1, 2)));
    expect(wholeOf(['AAA=', 'AA=='])).toBe(encode(Uint8Array.of(0, 0, 0)));
  });

  it('gives nothing where a letter would be left over', () => {
    expect(joinBase64(growingBase64('AA=='), 'AAAAA')).toBeUndefined();
    expect(joinBase64(growingBase64('A'), 'AQI=')).toBeUndefined();
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

describe('isBase64', () => {
  it.each(['', 'A', 'AA', 'AAA', 'AAAA', 'AA=', 'AA==', 'AAA=', '+/+/', 'AAAAAAA='])(
    'takes %j for a beginning',
    (text) => {
      expect(isBase64(text)).toBe(true);
    },
  );

  it.each(['=', '==', 'A=', 'A==', 'AAA==', 'AAAA=', 'AA===', 'AA==AA', 'AA A', '-_-_', 'AA\n'])(
    'refuses %j',
    (text) => {
      expect(isBase64(text)).toBe(false);
    },
  );
});

describe('bytesOfBase64', () => {
  it('gives the bytes, with padding or without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), fc.nat({ max: 2 }), (bytes, pads) => {
        const binary = Buffer.from(bytes).toString('latin1');
        const text = encode(bytes);
        expect(bytesOfBase64(text)).toBe(binary);
        expect(bytesOfBase64(text.replace(/=+$/, (all) => all.slice(0, pads)))).toBe(binary);
      }),
    );
  });

  it.each(['A', 'AAAAA', '****', '=', 'AA==AA=='])('gives nothing for %j', (text) => {
    expect(bytesOfBase64(text)).toBeUndefined();
  });
});

describe('beginsContainer', () => {
  it('knows a file by its first bytes, whatever comes behind them', () => {
    fc.assert(
      fc.property(fc.constantFrom('RIFF', 'OggS', 'fLaC', 'ID3'), fc.uint8Array({ maxLength: 9 }), (magic, bytes) => {
        const text = encode(Buffer.concat([Buffer.from(magic), bytes]));
        expect(beginsContainer(text)).toBe(true);
        expect(beginsContainer(text.replace(/=+$/, ''))).toBe(true);
        expect(beginsContainer(encode(Buffer.concat([Buffer.from(magic.toUpperCase().slice(1)), bytes])))).toBe(false);
      }),
    );
  });

  it.each(['=', '==', 'A==', 'A'])('is false of %j, which may go on in what came before', (text) => {
    expect(beginsContainer(text)).toBe(false);
  });

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
