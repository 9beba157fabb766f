import { isRecord } from '../../internal/is-record.js';
import { reply, type Reply, type ReplyPart } from '../reply.js';
import { tokensOf } from '../usage-of.js';

const textIn = (delta: object): string => (isRecord(delta) && typeof delta['text'] === 'string' ? delta['text'] : '');

/**
 * Ends a reply where `max_output_tokens` ends it, as `incomplete`: before the first piece of text that is too much. There is
 * no half of a call, and nothing behind the end.
 */
export const limitOutput = (whole: Reply, max: number | undefined): Reply => {
  if (max === undefined) return whole;
  const kept: ReplyPart[] = [];
  let text = '';
  for (const part of whole) {
    const end = part.kind === 'step' ? part.deltas.findIndex((delta) => tokensOf((text += textIn(delta))) > max) : -1;
    if (part.kind === 'step' && end !== -1) {
      return [...kept, { ...part, deltas: part.deltas.slice(0, end) }, reply.status('incomplete')];
    }
    kept.push(part);
  }
  return whole;
};
