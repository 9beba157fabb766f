import { isDeepStrictEqual } from 'node:util';

import type { Delta, Interaction } from '../src/index.js';
import { type Candidate, type CandidateName, candidates } from './candidates.js';
import { type Scenario, type ScenarioName, scenarios } from './scenarios.js';
import { verify } from './verify.js';
import type { Work } from './work.js';

/**
 * A candidate on a stream of events. Keeps nothing of the scenario but its bytes, and no values but the last: the garbage
 * collector would have work with them while rounds are timed, and the engine would learn that such values live long, and
 * allocate them all as if they did.
 */
export const streamWork = async (scenario: ScenarioName, scale: number, name: CandidateName): Promise<Work> => {
  const whole = scenarios[scenario](scale);
  const values = await checked(candidates[name], whole);
  return readingOf(candidates[name], whole.chunks, whole.events.length, values);
};

/** Reads it once, and compares; returns how many values came out. */
const checked = async ({ gives, read }: Candidate, { chunks, events, steps }: Scenario): Promise<number> => {
  let values = 0;
  let last: unknown;
  let wrong = 0;
  const strings: string[] = [];
  await read(chunks, (value) => {
    if (gives === 'events' && !isDeepStrictEqual(value, events[values])) wrong += 1;
    if (gives === 'steps' && !isDeepStrictEqual(value, steps[values])) wrong += 1;
    if (typeof value === 'string') strings.push(value);
    values += 1;
    last = value;
  });
  verify('values that are not as expected', wrong, 0);
  if (gives === 'events' || gives === 'snapshots') verify('how often it emits', values, events.length);
  if (gives === 'steps') verify('how many steps', values, steps.length);
  if (gives === 'interaction') verify('how often it emits', values, 1);
  if (gives === 'interaction' || gives === 'snapshots') verifyInteraction(last as Interaction, steps);
  if (gives === 'arguments') verify('arguments', { arguments: last }, { arguments: argumentsIn(steps) });
  if (gives === 'text' || gives === 'pieces') {
    const expected = events.map((event) => piecesIn(event, gives === 'text'));
    verify(gives, strings.join(''), expected.join(''));
  }
  return values;
};

const verifyInteraction = (whole: Interaction, steps: Scenario['steps']): void => {
  verify('steps', whole.steps, steps);
  verify('status and diagnostics', [whole.status, whole.diagnostics], ['completed', []]);
};

const argumentsIn = ([step]: Scenario['steps']): unknown =>
  step?.type === 'function_call' ? step.arguments : undefined;

const piecesIn = (event: Scenario['events'][number], onlyText: boolean): string =>
  event.event_type === 'step.delta' ? pieceIn(event.delta, onlyText) : '';

const pieceIn = (delta: Delta, onlyText: boolean): string => {
  if (delta.type === 'text') return delta.text;
  if (onlyText) return '';
  if (delta.type === 'arguments_delta') return String(delta.arguments);
  return delta.type === 'image' || delta.type === 'audio' ? (delta.data ?? '') : '';
};

/** Apart from the above, so that nothing of that is kept. */
const readingOf = ({ read }: Candidate, chunks: readonly Uint8Array[], events: number, values: number): Work => ({
  events,
  values,
  repeat: 1,
  async run() {
    let count = 0;
    await read(chunks, () => (count += 1));
    return count;
  },
});
