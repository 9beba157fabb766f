import type { Reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { answerPlainly } from './answer-plainly.js';
import { answerResults } from './answer-results.js';
import type { Behaviour } from './behaviour.js';
import { callAnyFunction, callFunctions } from './call-functions.js';
import { count } from './count.js';
import { findGcd } from './find-gcd.js';
import { limitOutput } from './limit-output.js';
import { tellJoke } from './tell-joke.js';
import { writeJson } from './write-json.js';

/** What the model answers after function results: an answer of the shape that was asked for, made of them. */
const useResults: Behaviour = (turn) =>
  turn.results.length > 0 ? (writeJson(turn) ?? answerResults(turn)) : undefined;

/** What it can do, in the order in which it is tried. */
const BEHAVIOURS: readonly Behaviour[] = [
  callAnyFunction,
  useResults,
  callFunctions,
  writeJson,
  count,
  findGcd,
  tellJoke,
];

/**
 * What the built-in model answers: a pure function of the request and of what went before it. It understands nothing; it
 * looks for words.
 */
export const modelReply = (turn: Turn): Reply => {
  for (const behaviour of BEHAVIOURS) {
    const answer = behaviour(turn);
    if (answer) return limitOutput(answer, turn.request.generation_config?.max_output_tokens);
  }
  return limitOutput(answerPlainly(turn), turn.request.generation_config?.max_output_tokens);
};
