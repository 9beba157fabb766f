import { reply, type Reply, type ThoughtPart } from '../reply.js';
import type { Turn } from '../turn.js';

/** Something the model can do: an answer to the turns it is about. */
export type Behaviour = (turn: Turn) => Reply | undefined;

/** A thought. Its summary is shown to those who asked for summaries. */
export const think = ({ request }: Turn, title: string, ...paragraphs: readonly string[]): ThoughtPart => {
  const shown = request.generation_config?.thinking_summaries ?? request.agent_config?.['thinking_summaries'];
  return shown === 'auto'
    ? reply.thought(`**${title}**\n\n`, ...paragraphs.map((paragraph) => `${paragraph}\n\n`), '\n')
    : reply.thought();
};
