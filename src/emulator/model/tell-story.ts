import { reply, type Reply, type StepPart } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { arena } from './media/arena.js';
import { hypogeum } from './media/hypogeum.js';
import type { Picture } from './media/picture.js';
import { skyline } from './media/skyline.js';
import { imageOf, mayDraw } from './pictures.js';
import { search, searchTool } from './search.js';
import { colosseumStory, type Story, storyAbout, type StoryKind } from './texts/stories.js';

const NAMED = /\bstor(?:y|ies)\b/i;
const ASKED = /\b(?:tell|write|make up|invent)\b[^.?!]{0,80}\bstor(?:y|ies)\b/i;
const AT_THE_COLOSSEUM = /colosseum|gladiator/i;

const heroOf = (prompt: string): string => /\b(?:named|called)\s+(\p{Lu}\p{L}*)/u.exec(prompt)?.[1] ?? 'Marcus';

const subjectOf = (prompt: string): string =>
  /\b(?:about|of)\s+([^.?!]+)/i.exec(prompt)?.[1]?.trim() ?? 'somebody who asked for a story';

const storyFor = (prompt: string, kind: StoryKind): Story =>
  AT_THE_COLOSSEUM.test(prompt) ? colosseumStory(heroOf(prompt), kind) : storyAbout(subjectOf(prompt), kind);

/**
 * A story that alternates with pictures, in three parts: a thought without a summary between two of them, and each later part
 * begins with its picture (quirk Q30). What it searched for comes behind what it says (quirk Q4).
 */
const illustrate = (turn: Turn): Reply => {
  const { prompt } = turn;
  const isRoman = AT_THE_COLOSSEUM.test(prompt);
  const [opening, middle, end] = storyFor(prompt, 'short illustrated story');
  const [first, second] = isRoman ? [arena, hypogeum] : [skyline, skyline];
  const illustrated = (picture: Picture, text: string): StepPart =>
    reply.step({ type: 'model_output' }, imageOf(turn, picture), ...reply.text(...inPieces(text, 8)).deltas);
  return [
    reply.text(...inPieces(opening, 8)),
    reply.thought(),
    illustrated(first, middle),
    reply.thought(),
    illustrated(second, end),
    ...(searchTool(turn) ? [search(isRoman ? 'history of the Colosseum' : subjectOf(prompt))] : []),
  ];
};

/** "Tell me a story", "Write a long story about …": in words, or illustrated where there may be pictures. */
export const tellStory: Behaviour = (turn) => {
  const { prompt } = turn;
  if (mayDraw(turn)) return NAMED.test(prompt) ? illustrate(turn) : undefined;
  if (!ASKED.test(prompt)) return undefined;
  return [
    think(turn, 'Making up a story', 'It wants a beginning, a middle and an end.'),
    reply.text(...inPieces(storyFor(prompt, 'story').join(''), 8)),
  ];
};
