import type { Reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { analyse } from './analyse.js';
import { answerFact, searchThenCall } from './answer-fact.js';
import { answerPlainly } from './answer-plainly.js';
import { answerResults } from './answer-results.js';
import type { Behaviour } from './behaviour.js';
import { callAnyFunction, callFunctions } from './call-functions.js';
import { count } from './count.js';
import { countPaws, noteAnimals } from './count-paws.js';
import { describeMedia } from './describe-media.js';
import { drawImage } from './draw-image.js';
import { elaborate } from './elaborate.js';
import { explainAi } from './explain-ai.js';
import { findGcd } from './find-gcd.js';
import { greet, recallName } from './know-name.js';
import { limitOutput } from './limit-output.js';
import { makeDocument } from './make-document.js';
import { makeVideo } from './make-video.js';
import { research } from './research.js';
import { runCode, workInSandbox } from './run-code.js';
import { speak } from './speak.js';
import { tellJoke } from './tell-joke.js';
import { tellStory } from './tell-story.js';
import { transcribe } from './transcribe.js';
import { useComputer } from './use-computer.js';
import { useServerTool } from './use-server-tool.js';
import { writeJson } from './write-json.js';
import { writePoem } from './write-poem.js';

/** What the model answers after function results: an answer of the shape that was asked for, made of them. */
const useResults: Behaviour = (turn) =>
  turn.results.length > 0 ? (writeJson(turn) ?? answerResults(turn)) : undefined;

/** What it can do, in the order in which it is tried. */
const BEHAVIOURS: readonly Behaviour[] = [
  callAnyFunction,
  useResults,
  research,
  workInSandbox,
  searchThenCall,
  callFunctions,
  writeJson,
  transcribe,
  speak,
  makeVideo,
  makeDocument,
  tellStory,
  drawImage,
  count,
  findGcd,
  countPaws,
  noteAnimals,
  recallName,
  tellJoke,
  writePoem,
  explainAi,
  analyse,
  answerFact,
  elaborate,
  runCode,
  describeMedia,
  useServerTool,
  useComputer,
  greet,
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
