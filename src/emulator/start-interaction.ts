import { assemble } from './assemble.js';
import { compileReply } from './compile-reply.js';
import type { Settings } from './config.js';
import type { EmulatedInteraction } from './emulated-interaction.js';
import type { Mint } from './mint.js';
import type { Reply } from './reply.js';
import { startRun } from './run.js';
import type { Turn } from './turn.js';
import { usageOf } from './usage-of.js';

/** A background run settles within two seconds; the rest of them is for machines that are busy. */
const BACKGROUND_MS = 1500;

/** The id that raw events bring along, if they do. */
const idIn = (reply: Reply): string | undefined => {
  const { head } = assemble(reply.flatMap((part) => (part.kind === 'events' ? part.events : [])));
  return typeof head['id'] === 'string' ? head['id'] : undefined;
};

const environmentIdOf = ({ request: { environment } }: Turn, mint: Mint): { readonly environment_id?: string } => {
  if (environment === undefined) return {};
  return {
    environment_id: typeof environment === 'string' && environment !== 'remote' ? environment : mint.environmentId(),
  };
};

/** Lets an interaction begin: what it is called, and what happens in it. */
export const startInteraction = (
  turn: Turn,
  reply: Reply,
  mint: Mint,
  { pace, scheduler }: Pick<Settings, 'pace' | 'scheduler'>,
): EmulatedInteraction => {
  const { request, history, input } = turn;
  const { model, agent, store = true, background = false, service_tier = 'standard' } = request;
  const id = store ? (idIn(reply) ?? mint.interactionId()) : ''; // quirk Q1
  const created = mint.timestamp();
  const subject = { object: 'interaction', ...(model === undefined ? { agent } : { model }) };
  const circumstances = { service_tier, ...environmentIdOf(turn, mint) };
  const entries = compileReply(reply, { id, created: { id, status: 'in_progress', ...subject }, mint });

  const run = startRun(entries, {
    pace: background ? Math.min(pace, BACKGROUND_MS / entries.length) : pace,
    scheduler,
    finalEvent: ({ status, members }, events) => ({
      interaction: {
        id,
        status,
        usage: usageOf([...history, ...input], assemble(events).steps),
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
    run,
    head: { ...identity, status: 'in_progress', created, updated: created, ...circumstances, ...subject },
    accepted: { ...identity, status: 'in_progress', ...subject },
  };
};
