import type { Step } from '../protocol/index.js';
import { assemble } from './assemble.js';
import { compileReply } from './compile-reply.js';
import type { Settings } from './config.js';
import { type EmulatedInteraction, readBy } from './emulated-interaction.js';
import type { Mint } from './mint.js';
import type { Reply } from './reply.js';
import { startRun } from './run.js';
import type { Turn } from './turn.js';
import { usageOf } from './usage-of.js';

/** A background run settles within two seconds; the rest of them is for machines that are busy. */
const BACKGROUND_MS = 1500;
const MOST_QUEUED_MS = 1000;

/** What an interaction is made of. */
export interface Beginning {
  readonly turn: Turn;
  /** The turn that it began with, and what has been made of it before: where it is a further hop. */
  readonly origin: Pick<Turn, 'history' | 'input'>;
  readonly earlier: readonly Step[];
  readonly reply: Reply;
}

/** The id that raw events bring along, if they do. */
const idIn = (reply: Reply): string | undefined => {
  const { head } = assemble(reply.flatMap((part) => (part.kind === 'events' ? part.events : [])));
  return typeof head['id'] === 'string' ? head['id'] : undefined;
};

/** The sandbox that is asked for. What is called `env_…` is none that there is, and makes another one (quirk Q27). */
const environmentIdOf = ({ request: { environment } }: Turn, mint: Mint): { readonly environment_id?: string } => {
  if (environment === undefined) return {};
  const named = typeof environment === 'string' ? environment : environment['environment_id'];
  const isKnown = typeof named === 'string' && named !== '' && named !== 'remote' && !named.startsWith('env_');
  return { environment_id: isKnown ? named : mint.environmentId() };
};

const echoOf = ({ request: { previous_interaction_id: id } }: Turn): { readonly previous_interaction_id?: string } =>
  id === undefined || id === '' ? {} : { previous_interaction_id: id };

/** Lets an interaction begin: what it is called, and what happens in it. */
export const startInteraction = (
  { turn, origin, earlier, reply }: Beginning,
  mint: Mint,
  { pace, queued, scheduler, now }: Pick<Settings, 'pace' | 'queued' | 'scheduler' | 'now'>,
): EmulatedInteraction => {
  const { request } = turn;
  const { model, agent, store = true, background = false, service_tier = 'standard' } = request;
  const id = store ? (idIn(reply) ?? mint.interactionId()) : ''; // quirk Q1
  const createdAt = now();
  const created = mint.timestamp();
  const waiting = background ? Math.min(queued, MOST_QUEUED_MS) : 0;
  const status = waiting > 0 ? 'queued' : 'in_progress';
  const subject = { object: 'interaction', ...(model === undefined ? { agent } : { model }) };
  const circumstances = { service_tier, ...environmentIdOf(turn, mint), ...echoOf(turn) };
  const entries = compileReply(reply, { id, created: { id, status, ...subject }, queued: waiting, mint });
  const read = readBy({ origin, earlier });

  const run = startRun(entries, {
    pace: background ? Math.min(pace, (BACKGROUND_MS - waiting) / entries.length) : pace,
    isPunctual: background || pace < 1,
    scheduler,
    finalEvent: ({ status, members }, events) => ({
      interaction: {
        id,
        status,
        usage: usageOf(read, assemble(events).steps),
        created,
        updated: mint.timestamp(),
        ...circumstances,
        ...subject,
        ...members,
      },
      event_type: 'interaction.completed',
    }),
  });

  const identity = store ? { id } : {};
  return {
    id,
    background,
    turn,
    origin,
    earlier,
    createdAt,
    run,
    head: { ...identity, status, created, updated: created, ...circumstances, ...subject },
    accepted: { ...identity, status, ...subject },
  };
};
