import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';

const ASKED = /\b(?:gcd|hcf|greatest common divisor|highest common factor)\b/i;

const MOST_LINES = 20;

/** Euclid's algorithm, line by line, and what it finds. */
const euclid = (a: bigint, b: bigint): { readonly lines: readonly string[]; readonly gcd: bigint } => {
  const lines: string[] = [];
  let [dividend, divisor] = a > b ? [a, b] : [b, a];
  while (divisor !== 0n) {
    const rest = dividend % divisor;
    lines.push(`${dividend} = ${dividend / divisor} × ${divisor} + ${rest}`);
    [dividend, divisor] = [divisor, rest];
  }
  return { lines, gcd: dividend };
};

/** The greatest common divisor of the two numbers of a prompt, with the way to it. */
export const findGcd: Behaviour = (turn) => {
  const [a, b] = turn.prompt.match(/\d{1,60}/g) ?? [];
  if (!ASKED.test(turn.prompt) || a === undefined || b === undefined) return undefined;
  const { lines, gcd } = euclid(BigInt(a), BigInt(b));
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
  return [
    think(
      turn,
      'Implementing Euclidean Algorithm',
      `I've just worked through a detailed example applying the Euclidean algorithm to find the GCD of ${a} and ${b}, ` +
        'confirming its step-by-step nature. The calculations went smoothly, tracking the remainders until zero. My focus ' +
        'is now solidifying the implementation logic, ensuring accuracy and considering potential edge cases. ' +
        "I'll translate this example into code.",
    ),
    reply.text(
      ...inPieces(
        `The greatest common divisor of ${a} and ${b} is **${gcd}**.\n\n` +
          `By the Euclidean algorithm:\n\n${shown.map((line) => `* ${line}`).join('\n')}\n\n` +
          `The last remainder that is not zero is ${gcd}. ✅`,
        4,
      ),
    ),
  ];
};
