/** Python's numbers: whole ones of any size, and the others. */
type Value = bigint | number;

const MOST_EXPONENT = 1000n;
const MOST_BASE = 10n ** 15n;

const power = (base: Value, exponent: Value): Value => {
  if (typeof base === 'number' || typeof exponent === 'number' || exponent < 0n)
    return Number(base) ** Number(exponent);
  if (exponent > MOST_EXPONENT || base > MOST_BASE || base < -MOST_BASE)
    throw new RangeError('OverflowError: too large');
  return base ** exponent;
};

const divide = (a: Value, b: Value): number => {
  if (Number(b) === 0) throw new RangeError('ZeroDivisionError: division by zero');
  return Number(a) / Number(b);
};

const both = (
  a: Value,
  b: Value,
  ofInts: (a: bigint, b: bigint) => bigint,
  ofFloats: (a: number, b: number) => number,
) => (typeof a === 'bigint' && typeof b === 'bigint' ? ofInts(a, b) : ofFloats(Number(a), Number(b)));

const BINARY: Readonly<Record<string, (a: Value, b: Value) => Value>> = {
  '+': (a, b) =>
    both(
      a,
      b,
      (x, y) => x + y,
      (x, y) => x + y,
    ),
  '-': (a, b) =>
    both(
      a,
      b,
      (x, y) => x - y,
      (x, y) => x - y,
    ),
  '*': (a, b) =>
    both(
      a,
      b,
      (x, y) => x * y,
      (x, y) => x * y,
    ),
  '/': divide,
};

/** As Python prints it: a float that is whole ends in `.0`. */
const printed = (value: Value): string =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);

/**
 * The value of an arithmetic expression as Python prints it: `+ - * / **`, brackets, whole numbers of any size and floats.
 *
 * @throws `RangeError` for a division by zero and for numbers that are too large, `SyntaxError` for anything else.
 */
export const evaluate = (expression: string): string => {
  const tokens = expression.match(/\d+(?:\.\d+)?|\*\*|[-+*/()]|\S/g) ?? [];
  let at = 0;
  const next = (...wanted: readonly string[]): string | undefined => {
    const token = tokens[at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    at += 1;
    return token;
  };

  const chain = (operators: readonly string[], operand: () => Value): Value => {
    let value = operand();
    for (let operator = next(...operators); operator !== undefined; operator = next(...operators)) {
      value = BINARY[operator]?.(value, operand()) ?? value;
    }
    return value;
  };
  const sum = (): Value => chain(['+', '-'], product);
  const product = (): Value => chain(['*', '/'], signed);
  const signed = (): Value => {
    if (next('-') === undefined) return raised();
    const value = signed();
    return typeof value === 'bigint' ? -value : -value;
  };
  const raised = (): Value => {
    const base = atom();
    return next('**') === undefined ? base : power(base, signed());
  };
  const atom = (): Value => {
    if (next('(') !== undefined) {
      const value = sum();
      if (next(')') === undefined) throw new SyntaxError('SyntaxError: invalid syntax');
      return value;
    }
    const token = tokens[at] ?? '';
    if (!/^\d/.test(token)) throw new SyntaxError('SyntaxError: invalid syntax');
    at += 1;
    return token.includes('.') ? Number(token) : BigInt(token);
  };

  const value = sum();
  if (at < tokens.length) throw new SyntaxError('SyntaxError: invalid syntax');
  return printed(value);
};
