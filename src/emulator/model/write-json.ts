import { isRecord } from '../../internal/is-record.js';
import { isBareSchema } from '../check-value.js';
import { reply } from '../reply.js';
import { formatsIn } from '../request-rules.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { fillSchema } from './fill-schema.js';
import { asksFor } from './formats.js';
import { imageOf, pictureOf } from './pictures.js';
import { BANANA_BREAD } from './texts/banana-bread.js';
import { CHOCOLATE_CHIP_COOKIES } from './texts/cookies.js';
import { FAMOUS_BOOK } from './texts/famous-book.js';

const PIECE = /[^]{1,16}/g;

/** The JSON Schema that the answer has to fit, if one is given: in an entry for text, or bare. */
const schemaOf = (turn: Turn): Readonly<Record<string, unknown>> | undefined => {
  for (const entry of formatsIn(turn.request)) {
    if (entry.type === 'unknown' && isBareSchema(entry.received)) return entry.received;
    if (entry.type === 'text' && (entry.schema !== undefined || entry.mime_type === 'application/json'))
      return entry.schema ?? {};
  }
  return undefined;
};

/** What it knows by heart, by the names of the members that it goes into. */
const KNOWN: readonly (readonly [about: RegExp, members: Readonly<Record<string, unknown>>])[] = [
  [/\bbanana bread\b/i, BANANA_BREAD],
  [/\bchocolate[- ]chip cookies?\b/i, CHOCOLATE_CHIP_COOKIES],
  [/\b(?:sci-?fi|science[- ]fiction) (?:book|novel)\b/i, FAMOUS_BOOK],
];

const knownFor = (prompt: string): Readonly<Record<string, unknown>> | undefined =>
  KNOWN.find(([about]) => about.test(prompt))?.[1];

/** Answers with JSON that fits the schema of the request, as ordinary text (wire-format 11); with an image if one is asked for. */
export const writeJson: Behaviour = (turn) => {
  const schema = schemaOf(turn);
  if (schema === undefined) return undefined;
  const isFree = Object.keys(schema).length === 0;
  const { prompt } = turn;
  const value = isFree ? { answer: prompt } : fillSchema(schema, { prompt, isWhole: true, known: knownFor(prompt) });
  const text = JSON.stringify(value, undefined, isRecord(value) || Array.isArray(value) ? 2 : undefined);
  return [
    think(turn, 'Filling the schema', 'The answer has to be JSON of a given shape.'),
    reply.step(
      { type: 'model_output' },
      ...reply.text(...(text.match(PIECE) ?? [])).deltas,
      ...(asksFor(turn, 'image') ? [imageOf(turn, pictureOf(prompt))] : []),
    ),
  ];
};
