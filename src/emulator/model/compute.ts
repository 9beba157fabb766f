import { evaluate } from './evaluate.js';

/** A calculation: the program, what it prints, and the answer in words. */
export interface Computation {
  readonly code: string;
  readonly output: string;
  /** Whether the program fails. */
  readonly isError: boolean;
  readonly says: string;
}

const MOST = 1000;

/** The number beside a word: "the first 20 Fibonacci numbers", "primes: 10". */
const amountOf = (prompt: string): number => Math.min(MOST, Number(/\d{1,6}/.exec(prompt)?.[0] ?? 10));

const fibonacci = (amount: number): readonly bigint[] => {
  const numbers = [0n, 1n];
  while (numbers.length < amount) numbers.push((numbers.at(-1) ?? 0n) + (numbers.at(-2) ?? 0n));
  return numbers.slice(0, amount);
};

const primes = (amount: number): readonly bigint[] => {
  const found: bigint[] = [];
  for (let n = 2n; found.length < amount; n += 1n) {
    if (found.every((prime) => prime * prime > n || n % prime !== 0n)) found.push(n);
  }
  return found;
};

const FIBONACCI = `def fibonacci(count):
    numbers = [0, 1]
    while len(numbers) < count:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers[:count]
`;

const PRIMES = `def primes(count):
    found = []
    n = 2
    while len(found) < count:
        if all(n % p for p in found):
            found.append(n)
        n += 1
    return found
`;

/** A program that prints numbers, or writes them into a file first and prints that. */
const program = (definition: string, call: string, file: string | undefined): string =>
  file === undefined
    ? `${definition}\nprint(*${call}, sep="\\n")\n`
    : `${definition}
with open("${file}", "w") as file:
    file.write("\\n".join(str(number) for number in ${call}))

with open("${file}") as file:
    print(file.read())
`;

const listing = (
  name: string,
  numbers: readonly bigint[],
  definition: string,
  call: string,
  file: string | undefined,
): Computation => {
  const saved = file === undefined ? '' : ` I saved them to \`${file}\`, and this is what the file holds.`;
  return {
    code: program(definition, call, file),
    output: `${numbers.join('\n')}\n`,
    isError: false,
    says: `Here are the first ${numbers.length} ${name}.${saved}\n\n${numbers.join(', ')}`,
  };
};

const arithmetic = (expression: string): Computation => {
  const python = expression.replaceAll('×', '*').replaceAll('÷', '/').replaceAll('^', '**').trim();
  const code = `print(${python})\n`;
  try {
    const value = evaluate(python);
    return { code, output: `${value}\n`, isError: false, says: `${expression.trim()} = **${value}**` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code, output: `${reason}\n`, isError: true, says: `That cannot be computed: ${reason}.` };
  }
};

const EXPRESSION = /[\d(][\d\s.()+*/×÷^-]{0,200}[\d)]/g;

/** What a prompt asks to have computed: Fibonacci numbers, primes, an arithmetic expression. */
export const computationFor = (prompt: string): Computation | undefined => {
  const amount = amountOf(prompt);
  const file = /\b([\w-]+\.(?:txt|csv|md))\b/.exec(prompt)?.[1];
  if (/fibonacci/i.test(prompt)) {
    return listing('Fibonacci numbers', fibonacci(amount), FIBONACCI, `fibonacci(${amount})`, file);
  }
  if (/\bprimes?\b/i.test(prompt)) return listing('primes', primes(amount), PRIMES, `primes(${amount})`, file);
  const expression = prompt.match(EXPRESSION)?.find((found) => /\d\s*[)]*\s*[+*/×÷^-]/.test(found));
  return expression === undefined ? undefined : arithmetic(expression);
};
