import { isDeepStrictEqual } from 'node:util';

import { defineTool, runTools, type Step, type TurnEvent } from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { Subject } from 'rxjs';

import { callingRound, scriptedClient } from './support/interactions.js';

const CALLS = 8;
const CONCURRENT = 3;
const ids = Array.from({ length: CALLS }, (_, at) => `c${String(at)}`);

/** Every order in which so many can end of which only so many run at a time: which of those that run is the next, each time. */
function* orders(left = CALLS): Generator<readonly number[]> {
  if (left === 0) {
    yield [];
    return;
  }
  for (let choice = 0; choice < Math.min(CONCURRENT, left); choice += 1) {
    for (const rest of orders(left - 1)) yield [choice, ...rest];
  }
}

/** A turn with eight calls in one round, which end in this order. */
const play = (order: readonly number[]) => {
  const running = new Map<string, Subject<string>>();
  const started: string[] = [];
  let most = 0;
  const slow = defineTool({
    name: 'slow',
    execute: (_args, { call: { id } }) => {
      const work = new Subject<string>();
      started.push(id);
      running.set(id, work);
      most = Math.max(most, running.size);
      return work;
    },
  });
  const { client, requests } = scriptedClient(callingRound('v1_one', ...ids.map((id) => [id, 'slow'] as const)), [
    created({ id: 'v1_two' }),
    stepStart(0, 'model_output'),
    textDelta(0, 'Done.'),
    stepStop(0),
    completed({ id: 'v1_two' }),
  ]);
  const events: TurnEvent[] = [];
  let isDone = false;
  runTools(client, { model: 'm', input: 'Go.', tools: [slow] }, { concurrent: CONCURRENT }).subscribe({
    next: (event) => events.push(event),
    complete: () => (isDone = true),
  });
  const sentBefore: number[] = []; // requests, when one of the calls ends
  const ended = order.map((choice) => {
    const [id, work] = [...running][choice]!;
    sentBefore.push(requests.length);
    running.delete(id);
    work.next(`result of ${id}`);
    work.complete();
    return id;
  });
  const told = events.flatMap((event) => (event.event_type === 'tool.result' ? [event.call.id] : []));
  const sent = requests.slice(1).map(({ input }) => input as readonly Step[]);
  return { ended, outcome: { told, started, most, isDone, sentBefore, sent } };
};

it('8 calls, 3 at a time, in every order in which they can end: one request, with every result once, in call order', () => {
  const expected = ids.map((id) => ({
    type: 'function_result',
    call_id: id,
    name: 'slow',
    result: `result of ${id}`,
  }));
  const seen = new Set<string>();
  for (const order of orders()) {
    const { ended, outcome } = play(order);
    seen.add(ended.join());
    const right = {
      told: ended,
      started: ids,
      most: CONCURRENT,
      isDone: true,
      sentBefore: ids.map(() => 1),
      sent: [expected],
    };
    // Said by `expect` only where it is not so: it takes longer than the turn.
    if (!isDeepStrictEqual(outcome, right)) expect(outcome).toEqual(right);
  }
  expect(seen.size).toBe(3 ** 6 * 2);
});
