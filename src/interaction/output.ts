import type {
  AudioContent,
  Content,
  ImageContent,
  Interaction,
  MediaContent,
  Step,
  VideoContent,
} from '../protocol/index.js';

type Timeline = Pick<Interaction, 'steps'>;

/** The steps after the latest `user_input`, last first. */
const latestFirst = ({ steps }: Timeline): readonly Step[] =>
  steps.slice(steps.map(({ type }) => type).lastIndexOf('user_input') + 1).reverse();

/**
 * The text of the answer, by the rule of the official SDK (wire-format 3.5): the last run of text, joined without a
 * separator. Thoughts do not interrupt the run; media and other steps end it. `undefined` where there is no text.
 *
 * So the text before a trailing function call counts, and of `[text, image, text]` only the last one does. For all the
 * text of an interaction, join its text blocks.
 */
export const outputText = (interaction: Timeline): string | undefined => {
  const texts: string[] = [];
  walk: for (const step of latestFirst(interaction)) {
    if (step.type === 'thought') continue;
    if (step.type !== 'model_output') {
      if (texts.length > 0) break;
      continue;
    }
    for (const block of [...(step.content ?? [])].reverse()) {
      if (block.type === 'text') texts.push(block.text);
      else if (texts.length > 0) break walk;
    }
  }
  return texts.reverse().join('') || undefined;
};

const lastMedia = <Type extends MediaContent['type']>(
  interaction: Timeline,
  type: Type,
): Extract<Content, { readonly type: Type }> | undefined =>
  latestFirst(interaction)
    .flatMap((step) => (step.type === 'model_output' ? [...(step.content ?? [])].reverse() : []))
    .find((block): block is Extract<Content, { readonly type: Type }> => block.type === type);

/** The last image of the answer: of any `model_output` after the latest `user_input` (wire-format 3.5). */
export const outputImage = (interaction: Timeline): ImageContent | undefined => lastMedia(interaction, 'image');

/** The last sound of the answer: of any `model_output` after the latest `user_input` (wire-format 3.5). */
export const outputAudio = (interaction: Timeline): AudioContent | undefined => lastMedia(interaction, 'audio');

/** The last video of the answer: of any `model_output` after the latest `user_input` (wire-format 3.5). */
export const outputVideo = (interaction: Timeline): VideoContent | undefined => lastMedia(interaction, 'video');
