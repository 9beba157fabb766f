import type { InteractionEvent } from '../protocol/index.js';
import { completed, created, errorEvent, statusUpdate, stepStart, stepStop, textDelta } from './events.js';

/** Events by letter, for marbles. */
export type Alphabet = Readonly<Record<string, InteractionEvent>>;

/**
 * The letters of a marble diagram that stand for events:
 *
 * | letter | event |
 * | --- | --- |
 * | `c` | `interaction.created` |
 * | `u` | `interaction.status_update`, `in_progress` |
 * | `s` | `step.start` of a `model_output`, index 0 |
 * | `d` | `step.delta` with the text `d`, index 0 |
 * | `p` | `step.stop`, index 0 |
 * | `e` | `error` without a code |
 * | `f` | `interaction.completed`, `completed` |
 *
 * So `-c-s-d-d-p-f|` is a whole answer. Capitals are the same of a second step, with index 1: `S`, `D`, `P`.
 */
export const alphabet: Alphabet = {
  c: created(),
  u: statusUpdate('in_progress'),
  s: stepStart(0, 'model_output'),
  d: textDelta(0, 'd'),
  p: stepStop(0),
  S: stepStart(1, 'model_output'),
  D: textDelta(1, 'D'),
  P: stepStop(1),
  e: errorEvent(),
  f: completed(),
};
