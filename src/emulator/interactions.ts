import { finalize, type Observable, of } from 'rxjs';

import { type InteractionRequest, isLive } from '../protocol/index.js';
import { anyAnswer, type Answer, eventStream, json, jsonStream } from './answer.js';
import { checkResults, checkSignatures, rememberSignatures, type Signatures } from './check-calls.js';
import { checkRequest } from './check-request.js';
import type { Settings } from './config.js';
import { deliver } from './deliver.js';
import {
  type EmulatedInteraction,
  outputOf,
  readBy,
  resourceOf,
  statusOf,
  timelineOf,
} from './emulated-interaction.js';
import { deliverResponses, wholeResponse } from './generate-content/answer-generate.js';
import { type Addressed, checkGenerate } from './generate-content/check-generate.js';
import { inHops } from './in-hops.js';
import { createLeftovers } from './leftovers.js';
import { createMint } from './mint.js';
import { isEarlierModel } from './model/generations.js';
import { modelReply } from './model/index.js';
import { invalid, notFound, Refusal } from './refusal.js';
import type { Reply } from './reply.js';
import { eventIdOf, type Run } from './run.js';
import type { Script } from './script.js';
import { startInteraction } from './start-interaction.js';
import { type Turn, turnOf } from './turn.js';
import { whenOver } from './when-over.js';

/** The form in which the older endpoint answers: one response, or a stream of them. */
export type OlderForm = 'whole' | 'list' | 'sse';

/** The operations of the API. What they refuse, they throw. */
export interface Interactions {
  /** @param isEnterprise - Whether the request came to the enterprise endpoint. */
  readonly create: (body: unknown, isEnterprise: boolean) => Observable<Answer>;
  /** What the older endpoint does: it answers, and keeps nothing. */
  readonly generate: (body: unknown, addressed: Addressed, form: OlderForm) => Observable<Answer>;
  readonly get: (id: string, query: URLSearchParams) => Answer;
  readonly cancel: (id: string) => Answer;
  readonly remove: (id: string) => Answer;
  /** Stops whatever is in progress, where it is. */
  readonly stop: () => void;
}

/** Which event of a run has this id. */
const positionOf = ({ events }: Run, eventId: string): number => {
  const at = events.findIndex((event, index) => eventIdOf(event, index + 1) === eventId);
  if (at === -1) throw invalid(`The interaction has no event with the id '${eventId}'.`);
  return at + 1;
};

const flagIn = (query: URLSearchParams, name: string): boolean => {
  const value = query.get(name) ?? '';
  if (!['', 'true', 'false'].includes(value)) throw invalid(`Invalid value at '${name}': expected true or false.`);
  return value === 'true';
};

/** The API behind its routes: what is stored, what is in progress, and what can be done with it. */
export const createInteractions = (script: Script, settings: Settings): Interactions => {
  const mint = createMint(settings.random, settings.now);
  const stored = new Map<string, EmulatedInteraction>();
  const running = new Set<Run>();
  const signatures: Signatures = new Map();
  const leftovers = createLeftovers();

  const forget = (id: string, interaction: EmulatedInteraction): void => {
    stored.delete(id);
    leftovers.forget(interaction);
  };

  /** The oldest ones come first, so the first that is kept is where it ends. */
  const expire = (): void => {
    for (const [id, interaction] of stored) {
      if (settings.now() - interaction.createdAt < settings.retention) return;
      if (!isLive(statusOf(interaction))) forget(id, interaction);
    }
  };

  const find = (id: string): EmulatedInteraction => {
    expire();
    const found = stored.get(id);
    if (!found) throw notFound(`Interaction '${id}' was not found.`);
    return found;
  };

  /** The interaction that a request goes on from. */
  const previousOf = ({ previous_interaction_id: id }: InteractionRequest): EmulatedInteraction | undefined => {
    if (id === undefined || id === '') return undefined;
    const previous = find(id);
    if (isLive(statusOf(previous))) throw invalid(`The previous interaction '${id}' is still in progress.`);
    return previous;
  };

  const modelReplyTo = (turn: Turn): Reply => {
    const { continuation_token: token = '' } = turn.request;
    if (token !== '') throw invalid('The continuation token is wrong, or has been used already.');
    return modelReply(turn);
  };

  /** Only a model in the foreground stops on its way (wire-format 10). */
  const tokensFor = ({ agent, background }: InteractionRequest): number =>
    (agent ?? '') === '' && background !== true ? settings.tokensPerHop : Infinity;

  const watch = (interaction: EmulatedInteraction): EmulatedInteraction => {
    const { id, run } = interaction;
    if (id !== '') stored.set(id, interaction);
    running.add(run);
    const over = (): void => {
      running.delete(run);
      rememberSignatures(signatures, outputOf(interaction));
    };
    run.happened$.subscribe({ complete: over, error: over });
    return interaction;
  };

  /** Gives an interaction up whose client has left, if nobody can hear the rest of it. */
  const leave = (interaction: EmulatedInteraction): void => {
    const { id, background, run } = interaction;
    const isStored = stored.get(id) === interaction;
    if (run.isOver() || (isStored && (background || settings.onLeave === 'continue' || run.wasCut()))) return;
    if (isStored) stored.delete(id);
    run.stop();
  };

  const streamOf = (
    { run, background }: EmulatedInteraction,
    after: number,
    resumed: boolean,
  ): Observable<Uint8Array> =>
    deliver(run, { after, hasEventId: (position) => settings.eventIds({ background, resumed, position }) });

  /** An answer that is given as it happens; with whoever leaves it, its interaction is given up. */
  const streamed = (
    interaction: EmulatedInteraction,
    bytes$: Observable<Uint8Array>,
    answer: typeof eventStream,
  ): Observable<Answer> => {
    let isLost = false;
    const body = bytes$.pipe(
      finalize(() => {
        if (!isLost) leave(interaction);
      }),
    );
    return of(
      answer(body, () => {
        isLost = true;
      }),
    );
  };

  const answerTo = (
    interaction: EmulatedInteraction,
    { stream, background }: InteractionRequest,
  ): Observable<Answer> => {
    if (stream === true) return streamed(interaction, streamOf(interaction, 0, false), eventStream);
    if (background === true) return of(json(interaction.accepted));
    return whenOver(interaction).pipe(finalize(() => leave(interaction)));
  };

  return {
    create: (body, isEnterprise) => {
      const { request, input } = checkRequest(body, isEnterprise);
      expire();
      const continuation = leftovers.continuationOf(request, input);
      const previous = continuation ? undefined : previousOf(request);
      const open = previous ? [...previous.earlier, ...outputOf(previous)] : [];
      if (!continuation) checkResults(input, open);
      checkSignatures(input, signatures);
      const history = previous ? [...readBy(previous), ...outputOf(previous)] : [];
      const turn = continuation?.turn ?? turnOf(request, input, history);
      const whole = script.next(turn) ?? continuation?.rest ?? modelReplyTo(turn);
      const http = whole.find((part) => part.kind === 'http');
      if (http) return of(anyAnswer(http.status, http.body, http.headers));

      const { reply, rests } = inHops(whole, tokensFor(request), () => mint.continuationToken());
      const { origin, earlier } = continuation ?? { origin: turn, earlier: [] };
      const interaction = watch(startInteraction({ turn, origin, earlier, reply }, mint, settings));
      for (const [token, rest] of rests) leftovers.keep(token, { owner: interaction, rest });
      continuation?.spendAfter(interaction.run);
      return answerTo(interaction, request);
    },

    generate: (body, addressed, form) => {
      const { request, input } = checkGenerate(body, addressed);
      checkResults(input, []);
      checkSignatures(input, signatures);
      const turn = turnOf(request, input, []);
      const reply = script.next(turn) ?? modelReply(turn);
      const http = reply.find((part) => part.kind === 'http');
      if (http) return of(anyAnswer(http.status, http.body, http.headers));

      const interaction = watch(startInteraction({ turn, origin: turn, earlier: [], reply }, mint, settings));
      const identity = { model: addressed.model, isEarlier: isEarlierModel(turn), responseId: mint.callId() };
      const { run } = interaction;
      if (form === 'whole') {
        return whenOver(interaction, () => wholeResponse(run, identity)).pipe(finalize(() => leave(interaction)));
      }
      const isSse = form === 'sse';
      return streamed(interaction, deliverResponses(run, identity, isSse), isSse ? eventStream : jsonStream);
    },

    get: (id, query) => {
      const interaction = find(id);
      const lastEventId = query.get('last_event_id') ?? '';
      flagIn(query, 'include_input'); // of no effect (quirk Q17)
      if (flagIn(query, 'stream')) {
        const after = lastEventId === '' ? 0 : positionOf(interaction.run, lastEventId);
        return eventStream(streamOf(interaction, after, true));
      }
      if (lastEventId !== '') throw invalid("'last_event_id' requires 'stream' to be true.");
      return json(timelineOf(interaction));
    },

    cancel: (id) => {
      const interaction = find(id);
      if (!interaction.background) throw invalid('Only interactions in the background can be cancelled.');
      const status = statusOf(interaction);
      if (!isLive(status)) throw new Refusal(400, 'failed_precondition', `The interaction is ${status} already.`);
      interaction.run.cancel();
      return json(resourceOf(interaction));
    },

    remove: (id) => {
      forget(id, find(id));
      return json({});
    },

    stop: () => {
      for (const run of running) run.stop();
    },
  };
};
