import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { userTexts } from './user-texts.js';

/** "Phil", "Ada Lovelace", "Conan O’Brien". */
const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’-]*(?: \p{Lu}[\p{L}\p{M}'’-]*)*`;

/** "my name is Phil", "my name is phil.", "Hi, I'm Phil". Behind "I am" alone there is anything. */
const TOLD = new RegExp(
  String.raw`\b(?:[Mm]y name(?: is|['’]s) (${NAME}|\p{Ll}+(?=\s*(?:[.,!?]|$)))` +
    String.raw`|(?:[Hh]i|[Hh]ello|[Hh]ey)[,.!]? (?:I am|I['’]m|this is) (${NAME}))`,
  'gu',
);

const ASKED = /\b(?:what(?:['’]s| is| was)|do you (?:know|remember)|tell me) my name\b|\bwho am i\b/i;

/** The name that a text gives last. */
const nameIn = (text: string): string | undefined => {
  const [, afterName, afterGreeting] = [...text.matchAll(TOLD)].at(-1) ?? [];
  return afterName ?? afterGreeting;
};

/** "What is my name?": the one that was given last, in this turn or before it. */
export const recallName: Behaviour = (turn) => {
  if (!ASKED.test(turn.prompt)) return undefined;
  const name = userTexts(turn)
    .flatMap((text) => nameIn(text) ?? [])
    .at(-1);
  return [
    think(turn, 'Recalling a name', 'I look for it in what was said before.'),
    reply.text(
      ...inPieces(name === undefined ? 'You have not told me your name yet. What is it?' : `Your name is ${name}.`),
    ),
  ];
};

/** "Hi, my name is Phil.": greets whoever says who they are. */
export const greet: Behaviour = (turn) => {
  const name = nameIn(turn.prompt);
  if (name === undefined) return undefined;
  return [
    think(turn, 'Greeting somebody', 'Nothing is asked yet.'),
    reply.text(...inPieces(`Hello ${name}! How can I help you today?`)),
  ];
};
