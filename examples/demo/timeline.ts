import type { Interaction, Step, TurnEvent } from 'rx-interactions';
import { reduceInteraction } from 'rx-interactions';
import { connect, forkJoin, map, type Observable, type OperatorFunction, reduce, timestamp } from 'rxjs';

/** When the steps of a turn began and ended, in ms, in order of first appearance. */
interface Clock {
  readonly spans: { readonly began: number; ended: number }[];
  /** The place of the latest step under an index: indices restart in every round. */
  readonly latest: Map<number, number>;
  /** When each call was made, by its id. */
  readonly calls: Map<string, number>;
}

const tick = (clock: Clock, event: TurnEvent, now: number): Clock => {
  const { spans, latest, calls } = clock;
  switch (event.event_type) {
    case 'tool.call':
      calls.set(event.call.id, now);
      break;
    case 'step.start': {
      // What a result took is what its call took.
      const call = event.step.type === 'function_result' ? calls.get(event.step.call_id ?? '') : undefined;
      latest.set(event.index, spans.push({ began: call ?? now, ended: now }) - 1);
      break;
    }
    case 'step.delta':
    case 'step.stop': {
      const span = spans[latest.get(event.index) ?? -1];
      if (span) span.ended = now;
      break;
    }
    default:
  }
  return clock;
};

const durations = (): OperatorFunction<TurnEvent, readonly number[]> => (turn$) =>
  turn$.pipe(
    timestamp(),
    reduce((clock: Clock, { value, timestamp: now }) => tick(clock, value, now), {
      spans: [],
      latest: new Map<number, number>(),
      calls: new Map<string, number>(),
    }),
    map(({ spans }) => spans.map(({ began, ended }) => ended - began)),
  );

const textOf = (blocks: readonly { readonly type: string }[] = []): string =>
  blocks
    .map((block) => ('text' in block && typeof block.text === 'string' ? block.text : `[${block.type}]`))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const summaryOf = (step: Step): string => {
  switch (step.type) {
    case 'model_output':
    case 'user_input':
      return textOf(step.content);
    case 'thought':
      return step.summary ? textOf(step.summary) : '(signature only)';
    case 'function_call':
      return `${step.name ?? ''} ${JSON.stringify(step.arguments)}`;
    case 'function_result':
      return typeof step.result === 'string' ? step.result : JSON.stringify(step.result);
    default:
      return '';
  }
};

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const rounds = (count: number): string => (count === 1 ? '1 round' : `${String(count)} rounds`);

const linesOf = ({ steps, usage = {}, ids }: Interaction, took: readonly number[]): readonly string[] => [
  ...steps.map(
    (step, at) => `${step.type.padEnd(16)} ${String(took[at] ?? 0).padStart(5)} ms  ${shorten(summaryOf(step))}`,
  ),
  `${String(usage.total_tokens ?? 0)} tokens: ${String(usage.total_input_tokens ?? 0)} in, ${String(usage.total_output_tokens ?? 0)} out, ${String(usage.total_thought_tokens ?? 0)} thinking, in ${rounds(ids.length)}`,
];

/** At the end of a turn, one line for each of its steps with how long it took, and one for the tokens it used. */
export const timeline = (): OperatorFunction<TurnEvent, readonly string[]> =>
  connect((turn$: Observable<TurnEvent>) =>
    forkJoin([turn$.pipe(reduceInteraction()), turn$.pipe(durations())]).pipe(
      map(([interaction, took]) => linesOf(interaction, took)),
    ),
  );
