import { defer, map, type OperatorFunction } from 'rxjs';

import type { InteractionInput } from '../protocol/index.js';
import type { ConverseConfig } from './conversation/converse-config.js';
import { courseFrom, promptOf, takeTurns, type TurnClient } from './conversation/take-turns.js';
import type { TurnEvent } from './turn-event.js';

/**
 * Has a conversation: each prompt is a turn, with its tools, that goes on from the turns before it.
 *
 * Like {@link runTools} for every prompt, and with a memory. A turn ends with `turn.completed`, which brings its whole
 * timeline, with `turn.failed`, or with `turn.interrupted`: one failed turn does not end the conversation, so that
 * nothing but `turn.failed` says so. The next turn goes on from the last one that *completed*. A turn that failed or was
 * interrupted leaves nothing behind: neither its prompt nor what was answered is part of the history, so ask again with
 * everything that matters.
 *
 * What a prompt does to a running turn is the `strategy`. `'switch'` stops it: its request is aborted, its tools are
 * unsubscribed, and a run in the background is cancelled with `teardown: 'cancel'`. `'concat'` lets it wait. `'exhaust'`
 * ignores it.
 *
 * ```text
 * inputs                              -a---b------|      T: turn.started
 * converse(…, {strategy: 'switch'})   -T-d-(XT)-d-d-E|   d: what happens in the turn
 * converse(…, {strategy: 'concat'})   -T-d-d-(ET)-d-d-E| E: turn.completed
 * converse(…, {strategy: 'exhaust'})  -T-d-d-E----|      X: turn.interrupted
 * ```
 *
 * A stored conversation is chained by id. With `store: false` the whole history goes along, every step as it came; a history
 * that was changed in the meantime fails its turn with `RequestError` and is not sent. Where an agent has an `environment`,
 * later turns run in the one that the first was given.
 *
 * An error of the source passes through and ends the conversation, as leaving it does; when the source completes, the turns
 * that were taken are finished first. Each subscription is a conversation of its own.
 *
 * @example Two turns
 * ```ts
 * from(['Count to 3.', 'Tell me a joke.'])
 *   .pipe(converse(client, { model, strategy: 'concat' }), ofEventType('turn.completed', 'turn.failed'))
 *   .subscribe((turn) => {
 *     console.log(turn.event_type === 'turn.completed' ? outputText(turn.interaction) : turn.error);
 *   });
 * ```
 */
export function converse(client: TurnClient, config: ConverseConfig): OperatorFunction<InteractionInput, TurnEvent> {
  return (source) =>
    defer(() =>
      source.pipe(
        map((input) => promptOf(input, config)),
        takeTurns(client, config, courseFrom([])),
      ),
    );
}
