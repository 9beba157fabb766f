import { isRecord } from '../../internal/is-record.js';
import { reply, type Reply, type ReplyPart, type StepPart } from '../reply.js';
import { tokensOf } from '../usage-of.js';

const textIn = (delta: object): string | undefined =>
  isRecord(delta) && typeof delta['text'] === 'string' ? delta['text'] : undefined;

/** The deltas of a step as far as the tokens reach. */
const within = ({ deltas }: StepPart, max: number): StepPart['deltas'] => {
  let text = '';
  return deltas.filter((delta) => {
    text += textIn(delta) ?? '';
    return tokensOf(text) <= max;
  });
};

const deltasIn = (parts: Reply): number =>
  parts.reduce((sum, part) => sum + (part.kind === 'step' ? part.deltas.length : 0), 0);

/** Ends a reply where `max_output_tokens` ends it, as `incomplete`. Only text is cut: there is no half of a call. */
export const limitOutput = (whole: Reply, max: number | undefined): Reply => {
  if (max === undefined) return whole;
  const limited = whole.map((part): ReplyPart =>
    part.kind === 'step' ? { ...part, deltas: within(part, max) } : part,
  );
  return deltasIn(limited) < deltasIn(whole) ? [...limited, reply.status('incomplete')] : whole;
};
