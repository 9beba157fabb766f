import { reply, type Reply, type ThoughtPart } from '../reply.js';
import type { Turn } from '../turn.js';

/** Something the model can do: an answer to the turns it is about. */
export type Behaviour = (turn: Turn) => Reply | undefined;

/** Whether summaries of thoughts are asked for: of a model or of an agent. */
export const showsThoughts = ({ request: { generation_config, agent_config } }: Turn): boolean =>
  (generation_config?.thinking_summaries ?? agent_config?.['thinking_summaries']) === 'auto';

/** A thought. Its summary is shown to those who asked for summaries: a title with the first paragraph, then the others. */
export const think = (turn: Turn, title: string, ...paragraphs: readonly string[]): ThoughtPart => {
  if (!showsThoughts(turn)) return reply.thought();
  const [first = '', ...others] = paragraphs;
  return reply.thought(
    ...[`**${title}**\n\n${first}`, ...others].map(
      (paragraph, at) => `${paragraph}\n\n${at === others.length ? '\n' : ''}`,
    ),
  );
};
