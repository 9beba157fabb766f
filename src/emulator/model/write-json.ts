import { isRecord } from '../../internal/is-record.js';
import type { ResponseFormatEntry } from '../../protocol/index.js';
import { isBareSchema } from '../check-value.js';
import { reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { fillSchema } from './fill-schema.js';

const PIECE = /[^]{1,16}/g;

const isList = (value: unknown): value is readonly ResponseFormatEntry[] => Array.isArray(value);

/** The JSON Schema that the answer has to fit, if one is given: in an entry for text, or bare. */
const schemaOf = ({ request: { response_format } }: Turn): Readonly<Record<string, unknown>> | undefined => {
  if (response_format === undefined) return undefined;
  for (const entry of isList(response_format) ? response_format : [response_format]) {
    if (entry.type === 'unknown' && isBareSchema(entry.received)) return entry.received;
    if (entry.type === 'text' && (entry.schema !== undefined || entry.mime_type === 'application/json'))
      return entry.schema ?? {};
  }
  return undefined;
};

/** Answers with JSON that fits the schema of the request, as ordinary text (wire-format 11). */
export const writeJson: Behaviour = (turn) => {
  const schema = schemaOf(turn);
  if (schema === undefined) return undefined;
  const isFree = Object.keys(schema).length === 0;
  const value = isFree ? { answer: turn.prompt } : fillSchema(schema, { prompt: turn.prompt, isWhole: true });
  const text = JSON.stringify(value, undefined, isRecord(value) || Array.isArray(value) ? 2 : undefined);
  return [
    think(turn, 'Filling the schema', 'The answer has to be JSON of a given shape.'),
    reply.text(...(text.match(PIECE) ?? [])),
  ];
};
