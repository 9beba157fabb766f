import fc from 'fast-check';

type Arb<T> = fc.Arbitrary<T>;

const space = fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom(' ', '\n', '\t\r', '  '));

const hex = fc.integer({ min: 0, max: 0xffff }).map((unit) => unit.toString(16).padStart(4, '0'));

/** One or two UTF-16 units of a string, as JSON may write them: surrogates come in pairs, alone and in the wrong order. */
const character = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'é', '漢', '🙂', '\u2028', '/', "'", '{', ']', ',', ':', '0', '\u007f'),
  },
  { weight: 2, arbitrary: fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t') },
  fc
    .oneof(hex, fc.constantFrom('d83d', 'D83D', 'de42', 'DE42', '0022', '005c', '0000'))
    .map((digits) => `\\u${digits}`),
  fc.constantFrom('\\ud83d\\ude42', '\\ud83d🙂', '\ud83d\\ude42', '\ud83d', '\ude42', '\\\\ud83d'),
);

const string = fc.array(character, { maxLength: 6 }).map((characters) => `"${characters.join('')}"`);

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '0',
    '-0',
    '-0.0',
    '1e400',
    '-1E+400',
    '1E-7',
    '0.10',
    '12e0',
    '9007199254740993',
    '123456789012345678901',
  ),
  fc.bigInt().map(String),
);

const key = fc.oneof(string, fc.constantFrom('"a"', '"b"', '"__proto__"', '"0"', '"10"', '"constructor"', '""'));

/** JSON texts: all of the grammar, white space between any two tokens. `repeatKeys` lets an object have a key twice. */
export const jsonText = ({ repeatKeys = false } = {}): Arb<string> => {
  const list = (open: string, close: string, items: Arb<string[]>) =>
    fc.tuple(items, space, space).map(([parts, a, b]) => `${open}${a}${parts.join(`${b},${a}`)}${b}${close}`);
  const { value } = fc.letrec<{ value: string }>((tie) => {
    const member = fc
      .tuple(key, space, tie('value'))
      .map(([name, gap, of]) => ({ name, text: `${name}${gap}:${gap}${of}` }));
    const members = repeatKeys
      ? fc.array(member, { maxLength: 5 })
      : fc.uniqueArray(member, { maxLength: 5, selector: ({ name }) => JSON.parse(name) as string });
    return {
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(string, number, fc.constantFrom('true', 'false', 'null')),
        list('[', ']', fc.array(tie('value'), { maxLength: 5 })),
        list(
          '{',
          '}',
          members.map((found) => found.map(({ text }) => text)),
        ),
      ),
    };
  });
  return fc.tuple(space, value, space).map((parts) => parts.join(''));
};

/** JSON texts with a few characters put in, taken out or replaced; some are still JSON. */
export const mutatedText: Arb<string> = fc
  .tuple(
    jsonText({ repeatKeys: true }),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 2 }),
        fc.constantFrom(...'{}[],:"\\/0123.-+eEtrufalsn xu \n\u0001\u00a0\u2028\ufeff'.split(''), '\ud83d', ''),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((changed, [place, out, put]) => {
      const at = place % (changed.length + 1);
      return changed.slice(0, at) + put + changed.slice(at + out);
    }, text),
  );

/** Where to cut: whole, unit by unit, or anywhere. */
export const cuts: Arb<(text: string) => readonly string[]> = fc.oneof(
  fc.constant((text: string) => [text]),
  fc.constant((text: string) => text.split('')),
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 10 }).map((lengths) => (text: string) => {
    const pieces: string[] = [];
    for (let at = 0; at < text.length;) {
      // Two of length 0 in a row end the series: an empty piece is a piece, but the text has to be cut to its end.
      const length = lengths[pieces.length % lengths.length]! || (pieces.at(-1) === '' ? 1 : 0);
      pieces.push(text.slice(at, at + length));
      at += length;
    }
    return pieces;
  }),
);
