import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { userTexts } from './user-texts.js';

interface Animal {
  readonly one: string;
  readonly many: string;
  readonly legs: number;
  readonly hasPaws: boolean;
}

const animal = (legs: number, hasPaws: boolean) => {
  return (one: string, many = `${one}s`): Animal => ({ one, many, legs, hasPaws });
};
const pawed = animal(4, true);
const hoofed = animal(4, false);
const winged = animal(2, false);

const ANIMALS: readonly Animal[] = [
  ...['dog', 'cat', 'kitten', 'rabbit', 'hamster', 'bear', 'lion', 'tiger'].map((one) => pawed(one)),
  pawed('puppy', 'puppies'),
  pawed('fox', 'foxes'),
  ...['horse', 'cow', 'goat'].map((one) => hoofed(one)),
  hoofed('sheep', 'sheep'),
  ...['bird', 'parrot', 'chicken', 'duck'].map((one) => winged(one)),
  animal(8, false)('spider'),
];

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

const numberOf = (word: string): number | undefined => {
  if (/^\d{1,6}$/.test(word)) return Number(word);
  if (/^an?$/.test(word)) return 1;
  const at = NUMBERS.indexOf(word);
  return at === -1 ? undefined : at;
};

interface Herd {
  readonly count: number;
  readonly animal: Animal;
}

/** The animals a text counts: "2 dogs", "a cat", "three small parrots". */
const herdsIn = (text: string): readonly Herd[] => {
  const words = text.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  return words.flatMap((word, at) => {
    const found = ANIMALS.find(({ one, many }) => word === one || word === many);
    const count = [words[at - 1], words[at - 2]].map((before = '') => numberOf(before)).find((n) => n !== undefined);
    return found && count !== undefined ? { count, animal: found } : [];
  });
};

const named = ({ count, animal: { one, many } }: Herd): string => `${count} ${count === 1 ? one : many}`;

/** "in my house" becomes "in your house". */
const whereOf = (prompt: string): string =>
  /\b(?:in|on|at) (?:my|our|the) [\p{L} ]*\p{L}/iu.exec(prompt)?.[0].replace(/\b(?:my|our)\b/i, 'your') ?? 'in all';

const ASKED = /\bhow many (paws|legs|feet)\b/i;

/** "How many paws are in my house?": counts those of all animals that were spoken of, in this turn and before it. */
export const countPaws: Behaviour = (turn) => {
  const limb = ASKED.exec(turn.prompt)?.[1]?.toLowerCase();
  const herds = limb === undefined ? [] : userTexts(turn).flatMap(herdsIn);
  if (limb === undefined || herds.length === 0) return undefined;
  const each = herds.map((herd) => {
    const { legs, hasPaws } = herd.animal;
    return { herd, limbs: limb === 'paws' && !hasPaws ? 0 : legs };
  });
  const total = each.reduce((sum, { herd, limbs }) => sum + herd.count * limbs, 0);
  const sum = each.map(({ herd, limbs }) => `${named(herd)} × ${limbs} ${limb}`).join(' + ');
  return [
    think(turn, `Counting ${limb}`, 'I go through the animals one by one.'),
    reply.text(...inPieces(`There are ${total} ${limb} ${whereOf(turn.prompt)}. ${sum} = ${total} ${limb}.`)),
  ];
};

/** "I have 2 dogs in my house.": takes note of it. */
export const noteAnimals: Behaviour = (turn) => {
  const herds = /\b(?:i|we) (?:have|keep|own|got)\b/i.test(turn.prompt) ? herdsIn(turn.prompt) : [];
  if (herds.length === 0) return undefined;
  return [
    think(turn, 'Taking note', 'Nothing is asked yet.'),
    reply.text(...inPieces(`That sounds lovely: ${herds.map(named).join(' and ')}! 🐾 What would you like to know?`)),
  ];
};
