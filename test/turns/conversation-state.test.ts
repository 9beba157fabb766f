import { type ConversationState, outputText, RequestError, type TurnEvent, type TurnState } from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import {
  accumulateConversation,
  type ConversationProgress,
  initialConversation,
} from '../../src/turns/conversation/accumulate-conversation.js';
import { deepFreeze } from '../support/freeze.js';
import { saying } from './support/conversations.js';
import { interactionOf } from './support/interactions.js';

const started = (turnId: string, input = 'Hi'): TurnEvent => ({ event_type: 'turn.started', turnId, input });
const ended = (turnId: string, status = 'completed'): TurnEvent => ({
  event_type: 'turn.completed',
  turnId,
  interaction: interactionOf([], { status }),
});
const failed = (turnId: string, error: unknown): TurnEvent => ({ event_type: 'turn.failed', turnId, error });
const interrupted = (turnId: string): TurnEvent => ({ event_type: 'turn.interrupted', turnId });
const call = { position: 0, id: '1', name: 'f', arguments: {} };
const other = { ...call, id: '2' };

/** Every state on the way, the first one included; nothing that has been shown may be changed. */
const statesOf = (...events: readonly TurnEvent[]): readonly ConversationState[] => {
  const progresses = events.reduce<readonly ConversationProgress[]>(
    (all, event) => [...all, accumulateConversation(all.at(-1)!, event)],
    [initialConversation()],
  );
  return progresses.map(({ shown }) => deepFreeze(shown));
};

const lastOf = (...events: readonly TurnEvent[]): TurnState =>
  statesOf(...events)
    .at(-1)!
    .turns.at(-1)!;

describe('the state of a conversation', () => {
  it('begins with nothing', () => {
    expect(statesOf()).toEqual([{ turns: [], status: 'idle' }]);
  });

  it('has a turn from its start to its end', () => {
    const states = statesOf(started('t1'), ...saying('v1_a', 'Hello.'), ended('t1'));

    expect(states.map(({ status }) => status)).toEqual(['idle', ...Array.from({ length: 6 }, () => 'running'), 'idle']);
    expect(states[1]?.turns).toEqual([
      {
        id: 't1',
        input: 'Hi',
        status: 'running',
        waiting: [],
        interaction: { status: 'in_progress', ids: [], steps: [], diagnostics: [] },
      },
    ]);
    expect(states.at(-1)?.turns).toMatchObject([
      { id: 't1', status: 'completed', interaction: { id: 'v1_a', status: 'completed' } },
    ]);
    expect(outputText(states.at(-1)!.turns[0]!.interaction)).toBe('Hello.');
  });

  it('keeps what had been said in a turn that failed, and why it did', () => {
    const error = new RequestError(['input'], 'no');
    const turn = lastOf(started('t1'), ...saying('v1_a', 'Hel').slice(0, 3), failed('t1', error));

    expect(turn.status).toBe('failed');
    expect(turn.error).toBe(error);
    expect(outputText(turn.interaction)).toBe('Hel');
    expect(turn.interaction.diagnostics).toEqual([{ code: 'step_truncated', position: 0 }]);
  });

  it.each([
    ['lost', 'lost'],
    [undefined, 'undefined'],
    [7, '7'],
  ])('makes an error of what is none: %p', (thrown, message) => {
    expect(lastOf(started('t1'), failed('t1', thrown)).error).toEqual(new Error(message));
  });

  it('keeps what had been said in a turn that was stopped', () => {
    const turn = lastOf(started('t1'), ...saying('v1_a', 'Hel').slice(0, 3), interrupted('t1'));
    expect([turn.status, outputText(turn.interaction), 'error' in turn]).toEqual(['stopped', 'Hel', false]);
  });

  it.each([
    ['completed', 'completed'],
    ['incomplete', 'completed'],
    ['failed', 'failed'],
    ['cancelled', 'failed'],
  ] as const)('shows a turn whose interaction ended as %s as %s', (status, shown) => {
    expect(lastOf(started('t1'), ended('t1', status)).status).toBe(shown);
  });

  it('names the calls that wait for somebody, until they run, are denied, or the turn ends', () => {
    const waits = (one: typeof call): TurnEvent => ({ event_type: 'tool.approval_required', turnId: 't1', call: one });
    const runs: TurnEvent = { event_type: 'tool.call', turnId: 't1', call };
    const denied: TurnEvent = {
      event_type: 'tool.result',
      turnId: 't1',
      call: other,
      result: { type: 'function_result', call_id: '2', is_error: true, result: 'no' },
    };
    const waiting = statesOf(started('t1'), waits(call), waits(other), runs, denied).map(({ turns }) =>
      turns[0]?.waiting.map(({ id }) => id),
    );

    expect(waiting).toEqual([undefined, [], ['1'], ['1', '2'], ['2'], []]);
    expect(lastOf(started('t1'), waits(call), interrupted('t1')).waiting).toEqual([]);
  });

  it('stops a turn that another one replaces without a word', () => {
    expect(statesOf(started('t1'), started('t2')).at(-1)).toMatchObject({
      turns: [{ status: 'stopped' }, { status: 'running' }],
      status: 'running',
    });
  });

  it('is unmoved by what belongs to no turn', () => {
    const states = statesOf(...saying('v1_a', 'x'), ended('t1'), failed('t1', 1), interrupted('t1'));
    expect(new Set(states).size).toBe(1);
  });

  it('is the same state after what changes nothing', () => {
    const [, , before, after] = statesOf(started('t1'), created(), {
      event_type: 'tool.progress',
      turnId: 't1',
      call,
      value: 1,
    });
    expect(after).toBe(before);
  });

  it('shares whatever did not change, in a long conversation', () => {
    const turns = Array.from({ length: 60 }, (_, place) => [
      started(`t${place}`),
      created({ id: `v1_${place}` }),
      stepStart(0, { type: 'thought', signature: 's' }),
      stepStop(0),
      stepStart(1, 'model_output'),
      ...['a', 'b', 'c'].map((text) => textDelta(1, text)),
      stepStop(1),
      completed({ id: `v1_${place}` }),
      ended(`t${place}`),
    ]);
    const events = turns.flat();
    const states = statesOf(...events);

    for (const [place, state] of states.entries()) {
      const before = states[place - 1];
      if (!before) continue;
      const finished = before.turns.filter(({ status }) => status !== 'running');
      expect(finished.every((turn, at) => state.turns[at] === turn)).toBe(true);
      const [was, is] = [before.turns.at(-1), state.turns.at(-1)];
      // Of the turn that runs, the thought is finished by the time the text begins, and stays as it is to the end.
      if (was?.id === is?.id && (was?.interaction.steps.length ?? 0) > 1) {
        expect(is?.interaction.steps[0]).toBe(was?.interaction.steps[0]);
      }
    }
    const [last, beforeLast] = [states.at(-1)!.turns.at(-1)!, states.at(-2)!.turns.at(-1)!];
    expect([last.status, beforeLast.status]).toEqual(['completed', 'running']);
    expect(last.interaction).toBe(beforeLast.interaction);
  });
});
