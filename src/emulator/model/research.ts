import { reply, type ThoughtPart } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, showsThoughts, think } from './behaviour.js';
import { citeText, type Passage } from './cite-text.js';
import { inPieces } from './in-pieces.js';
import { imageOf, pictureOf } from './pictures.js';
import { planFor, type Research, researchInto } from './texts/research.js';

const TASK = /^(?:please\s+)?(?:research|investigate|write a report (?:on|about)|find out about)\s+/i;
const FILLER =
  /^(?:the\s+)?(?:latest|recent|newest)\s+(?:advances|developments|progress|news|trends)\s+(?:in|on|of)\s+/i;

const topicOf = (prompt: string): string =>
  prompt
    .trim()
    .replace(TASK, '')
    .replace(FILLER, '')
    .replace(/[.?!]+$/, '') || 'this topic';

/** How it goes about it, told bit by bit. With `visualization` the last bit is a picture. */
const progress = (turn: Turn, { progress: steps }: Research): ThoughtPart => {
  if (!showsThoughts(turn)) return reply.thought();
  const pictures =
    turn.request.agent_config?.['visualization'] === 'auto' ? [imageOf(turn, pictureOf(turn.prompt))] : [];
  return reply.thought(...steps.map(([title, text]) => `***${title}***\n\n${text}\n\n`), ...pictures);
};

/** Deep research: progress as the summary of a thought, then a report with its sources; a plan first where it is asked for. */
export const research: Behaviour = (turn) => {
  const { agent = '', agent_config } = turn.request;
  if (!agent.startsWith('deep-research')) return undefined;
  const topic = topicOf(turn.prompt);
  if (agent_config?.['collaborative_planning'] === true) {
    return [think(turn, 'Generating research plan', 'The plan comes first.'), reply.text(...inPieces(planFor(topic)))];
  }
  const found = researchInto(topic);
  return [
    progress(turn, found),
    citeText(
      `# ${found.title}`,
      ...found.sections.flatMap(([heading, text, site]): readonly Passage[] => [
        `\n\n## ${heading}\n\n`,
        { text, sources: [{ type: 'url_citation', url: `https://${site}/`, title: site }] },
      ]),
    ),
  ];
};
