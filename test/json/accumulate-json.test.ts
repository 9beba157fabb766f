import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';

import { accumulateJson, finishJson, initialJson, type JsonState, jsonValue } from '../../src/json/index.js';
import { deepFreeze } from '../support/freeze.js';
import { copyOf } from './support/copy-of.js';
import { isPrefixOf } from './support/is-prefix-of.js';
import { cuts, jsonText, mutatedText } from './support/json-text.js';
import { mayGoOn } from './support/may-go-on.js';
import { partialOf } from './support/partial-of.js';

/** A state, and the text that led to it. */
type Reading = JsonState & { readonly text: string };

/** The states after each piece, and the one after the end. */
const statesOf = (pieces: readonly string[]): readonly Reading[] => {
  const states: Reading[] = [{ ...initialJson, text: '' }];
  for (const piece of pieces) {
    const before = states.at(-1)!;
    states.push({ ...accumulateJson(before, piece), text: before.text + piece });
  }
  const last = states.at(-1)!;
  return [...states, { ...finishJson(last), text: last.text }];
};
const readWhole = (...pieces: readonly string[]): Reading => statesOf(pieces).at(-1)!;
const readPart = (...pieces: readonly string[]): unknown => jsonValue(pieces.reduce(accumulateJson, initialJson));

/** The same value, with `-0`, prototypes and the order of keys. */
const expectSame = (actual: unknown, expected: unknown): void => {
  const isSame = isDeepStrictEqual(actual, expected) && JSON.stringify(actual) === JSON.stringify(expected);
  // What Jest compares with is slow, and shows well what differs.
  if (!isSame) expect({ isSame, value: actual }).toEqual({ isSame: true, value: expected });
};
const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};
const depthOf = (value: unknown): number => {
  let depth = 0;
  for (let at = value; typeof at === 'object' && at !== null; depth += 1) at = Object.values(at)[0];
  return depth;
};

describe('however a text is cut', () => {
  it('the final value is that of JSON.parse', () => {
    fc.assert(
      fc.property(jsonText({ repeatKeys: true }), cuts, (text, cut) => {
        const state = readWhole(...cut(text));
        expect(state).toMatchObject({ isComplete: true, fault: undefined, length: text.length });
        expectSame(jsonValue(state), JSON.parse(text));
      }),
      { numRuns: 400 },
    );
  });

  it('the value after every piece is what the text so far shows', () => {
    fc.assert(
      fc.property(jsonText({ repeatKeys: true }), cuts, (text, cut) => {
        for (const state of statesOf(cut(text)).slice(0, -1)) expectSame(jsonValue(state), partialOf(state.text));
      }),
      { numRuns: 400 },
    );
  });

  it('the value after every piece is a prefix of the final one', () => {
    fc.assert(
      fc.property(jsonText(), cuts, (text, cut) => {
        const final: unknown = JSON.parse(text);
        for (const state of statesOf(cut(text))) {
          const value = jsonValue(state);
          expect({ value, final, isPrefix: isPrefixOf(value, final) }).toEqual({ value, final, isPrefix: true });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a value read after the end is that of its moment', () => {
    fc.assert(
      fc.property(jsonText({ repeatKeys: true }), cuts, (text, cut) => {
        const pieces = cut(text);
        const atTheTime = statesOf(pieces).map((state) => deepFreeze(copyOf(jsonValue(state))));
        const late = statesOf(pieces);
        [...late].reverse().forEach(jsonValue);
        late.forEach((state, at) => {
          expectSame(jsonValue(state), atTheTime[at]);
        });
      }),
    );
  });

  it('what was read stays as it was, though its reader makes it unchangeable', () => {
    fc.assert(
      fc.property(jsonText({ repeatKeys: true }), cuts, (text, cut) => {
        const copies: (readonly [unknown, unknown])[] = [];
        let state = initialJson;
        for (const piece of cut(text)) {
          state = accumulateJson(state, piece);
          const value = deepFreeze(jsonValue(state));
          copies.push([value, copyOf(value)]);
        }
        expectSame(jsonValue(finishJson(state)), JSON.parse(text));
        for (const [value, copy] of copies) expectSame(value, copy);
      }),
    );
  });

  it('reading may go on from every state, more than once', () => {
    fc.assert(
      fc.property(
        jsonText(),
        fc.array(fc.tuple(fc.nat(), jsonText(), fc.boolean()), { maxLength: 4 }),
        (text, others) => {
          const pieces = text.split('');
          const states = statesOf(pieces).slice(0, -1);
          for (const [place, other, isRead] of others) {
            const at = place % states.length;
            const branch = other.split('').reduce<JsonState>(accumulateJson, states[at]!);
            if (isRead) jsonValue(branch);
            const whole = states[at]!.text + other;
            const expected = parsed(whole);
            if (expected) expectSame(jsonValue(finishJson(branch)), expected.value);
            else expect(finishJson(branch).fault).toBeDefined();
            const again = pieces.slice(at).reduce<JsonState>(accumulateJson, states[at]!);
            expectSame(jsonValue(finishJson(again)), JSON.parse(text));
          }
          for (const state of states) expectSame(jsonValue(state), partialOf(state.text));
        },
      ),
    );
  });
});

describe('what is JSON', () => {
  it('is what JSON.parse accepts, of texts that are nearly JSON', () => {
    let faulty = 0;
    fc.assert(
      fc.property(mutatedText, cuts, (text, cut) => {
        const state = readWhole(...cut(text));
        const expected = parsed(text);
        faulty += expected ? 0 : 1;
        expect({ text, isComplete: state.isComplete }).toEqual({ text, isComplete: expected !== undefined });
        expect(state.fault === undefined).toBe(state.isComplete);
        if (expected) expectSame(jsonValue(state), expected.value);
      }),
      { numRuns: 1000 },
    );
    expect(faulty).toBeGreaterThan(300);
  });

  it('is what JSON.parse accepts, of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[],:"\\0123.-+eEtrufalsn \n\u0001\ufeff'.split('')), maxLength: 12 }),
        (text) => {
          expect(readWhole(...text.split('')).isComplete).toBe(parsed(text) !== undefined);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('ends at the first unit that no JSON text has there, as soon as that has been read', () => {
    fc.assert(
      fc.property(mutatedText, cuts, (text, cut) => {
        const states = statesOf(cut(text));
        const { fault } = states.at(-1)!;
        fc.pre(fault !== undefined);
        const { offset } = fault;
        expect({ text, offset, before: mayGoOn(text.slice(0, offset)) }).toEqual({ text, offset, before: true });
        if (offset === text.length) return; // it ended too early
        expect({ text, offset, with: mayGoOn(text.slice(0, offset + 1)) }).toEqual({ text, offset, with: false });
        expect(states.find((state) => state.text.length > offset)?.fault).toBe(fault);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['', 0],
    ['  ', 2],
    ['{"a"', 4],
    ['[1', 2],
    ['-', 1],
    ['1.', 2],
    ['"\\', 2],
    ['tru', 3],
  ])('%j ends too early', (text, offset) => {
    expect(readWhole(text).fault).toMatchObject({ offset, message: expect.stringContaining('found the end') });
  });

  it.each([
    ['[1,]', 3, 'a value'],
    ['{"a" 1}', 5, '":"'],
    ['{"a":1,}', 7, 'a key'],
    ['{1:2}', 1, 'a key or "}"'],
    ['[1 2]', 3, '"," or "]"'],
    ['{"a":1]', 6, '"," or "}"'],
    ['01', 1, 'nothing but white space'],
    ['[-01]', 3, '"," or "]"'],
    ['1.e3', 2, 'a digit'],
    ['1e+x', 3, 'a digit'],
    ['+1', 0, 'a value'],
    ['.5', 0, 'a value'],
    ['trux', 3, 'true'],
    ['nul ', 3, 'null'],
    ['NaN', 0, 'a value'],
    ["'a'", 0, 'a value'],
    ['"a\nb"', 2, 'string'],
    ['"\\x"', 2, 'string'],
    ['"\\u12G4"', 5, 'string'],
    ['{} {}', 3, 'nothing but white space'],
    ['\ufeff{}', 0, 'a value'],
    ['\u00a0{}', 0, 'a value'],
    ['[1]]', 3, 'nothing but white space'],
  ])('%j is none at %i, where %s was expected', (text, offset, expected) => {
    for (const pieces of [[text], text.split('')]) {
      expect(readWhole(...pieces).fault).toMatchObject({ offset, message: expect.stringContaining(expected) });
    }
  });

  it('is not found again behind a fault: the state stays as it is', () => {
    const state = readWhole('[1,]');
    expect(accumulateJson(state, '2]')).toBe(state);
    expect(finishJson(state)).toBe(state);
    expect(jsonValue(state)).toEqual([1]);
  });
});

describe('the value so far', () => {
  it.each([
    ['numbers appear when they are complete', ['[1', '2', ',3', ']'], [[], [], [12], [12, 3]]],
    ['literals appear when they are complete', ['[tr', 'ue,nul', 'l', ']'], [[], [true], [true, null], [true, null]]],
    [
      'a key appears with the start of its value',
      ['{"a', '":', '"', '","b":', '1', '}'],
      [{}, {}, { a: '' }, { a: '' }, { a: '' }, { a: '', b: 1 }],
    ],
    ['no half of an escape is shown', ['["a\\', 'n', '\\u00', 'e9'], [['a'], ['a\n'], ['a\n'], ['a\né']]],
    [
      'no half of a surrogate pair is shown, however it is written',
      ['["a\\ud83d', '\\', 'ude42\ud83d', '\ude42', '\\ud83d', 'b'],
      [['a'], ['a'], ['a🙂'], ['a🙂🙂'], ['a🙂🙂'], ['a🙂🙂\ud83db']],
    ],
    ['a surrogate that stays alone is shown with what follows it', ['["\ud83d', '"'], [[''], ['\ud83d']]],
    [
      'of two members with one key the later one counts',
      ['{"a":[1],', '"a":"', 'x"}'],
      [{ a: [1] }, { a: '' }, { a: 'x' }],
    ],
    ['a text before its value shows none', [' ', '\n'], [undefined, undefined]],
    ['a string may be the whole document', ['"a', 'b"', ' '], ['a', 'ab', 'ab']],
  ])('%s', (_rule, pieces, values) => {
    expect(statesOf(pieces).slice(1, -1).map(jsonValue)).toEqual(values);
  });

  it('of a number that is the whole document appears with what follows it, or at the end', () => {
    const state = accumulateJson(initialJson, '-1.5');
    expect(state.isComplete).toBe(false);
    expect(jsonValue(state)).toBeUndefined();
    expect(jsonValue(accumulateJson(state, ' '))).toBe(-1.5);
    expect(finishJson(state)).toMatchObject({ isComplete: true, length: 4 });
    expect(jsonValue(finishJson(state))).toBe(-1.5);
  });

  it('is the same object each time', () => {
    const state = accumulateJson(initialJson, '{"a":[1,2');
    expect(jsonValue(state)).toBe(jsonValue(state));
  });

  it('does not change with an empty piece', () => {
    const state = accumulateJson(initialJson, '{"a":[1,2');
    expect(accumulateJson(state, '')).toBe(state);
  });

  it('shares what is complete with the values that follow', () => {
    const [before, after] = ['{"a":{"b":[1]},"c":[[2],', '[3'].reduce<JsonState[]>(
      (states, piece) => [...states, accumulateJson(states.at(-1) ?? initialJson, piece)],
      [],
    ) as [JsonState, JsonState];
    const [one, two] = [jsonValue(before), jsonValue(after)] as Record<'a' | 'c', unknown[]>[];
    expect(two!.a).toBe(one!.a);
    expect(two!.c[0]).toBe(one!.c[0]);
    expect(two!.c).not.toBe(one!.c);
  });

  it('has __proto__ as a key like any other, in small objects and in large ones', () => {
    const many = Array.from({ length: 300 }, (_, at) => `"k${String(at)}":${String(at)}`).join();
    for (const text of [
      '{"__proto__":{"x":1}}',
      `{${many},"__proto__":{"x":1}}`,
      `{"__proto__":[],${many},"__proto__":{}}`,
    ]) {
      for (const at of [text.length - 1, text.length]) {
        expectSame(readPart(text.slice(0, at)), JSON.parse(text));
      }
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('is right for wide containers, read late and at their time', () => {
    const keys = Array.from({ length: 500 }, (_, at) => `"k${String(at % 400)}":[${String(at)}]`);
    const pieces = ['{', ...keys.map((member, at) => (at === 0 ? member : `,${member}`)), '}'];
    const states = statesOf(pieces);
    states.forEach((state, at) => {
      if (at % 10 === 1) expectSame(jsonValue(state), partialOf(state.text));
    });
    statesOf(pieces).forEach((state, at) => {
      expectSame(jsonValue(state), jsonValue(states[at]!));
    });
  });

  it.each([
    ['[', '', ']'],
    ['{"a":', '1', '}'],
    ['[{"a":', '"x', '"}]'],
  ])('is found at a depth of 10,000 and more: %j', (open, middle, close) => {
    const opening = open.repeat(10_000) + middle;
    const part = accumulateJson(initialJson, opening);
    const levels = 10_000 * open.replace(/[^[{]/g, '').length;
    expect(depthOf(jsonValue(part))).toBe(levels);
    const closing = middle.startsWith('"') ? `"}]${close.slice(1).repeat(9_999)}` : close.repeat(10_000);
    const whole = accumulateJson(part, closing);
    expect(whole).toMatchObject({ isComplete: true });
    expect(depthOf(jsonValue(whole))).toBe(levels);
    expect(depthOf(jsonValue(part))).toBe(levels);
  });
});
