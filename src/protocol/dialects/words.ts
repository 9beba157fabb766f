import { InteractionEvent } from '../event.js';

/** What is read of a codec: what it is made of, and the values that an enum lists. */
interface Parts {
  readonly name: string;
  readonly required?: Readonly<Record<string, Parts>>;
  readonly optional?: Readonly<Record<string, Parts>>;
  readonly cases?: Readonly<Record<string, Parts>>;
  readonly item?: Parts;
  readonly choices?: readonly Parts[];
  readonly known?: readonly string[];
}

/** The members that no codec of an event has: those of a request, which answers may repeat, and older ones. */
const OTHERS =
  'generation_config agent_config response_format response_modalities safety_settings webhook_config cached_content ' +
  'max_output_tokens stop_sequences top_p top_k speech_config transcription_config video_config image_config ' +
  'partial_arguments tool_calls step_list prompt_tokens completion_tokens';

/** The values that no codec of an event lists, by the member that holds them. */
const OTHER_VALUES = {
  status: 'created done waiting',
  thinking_level: 'minimal low medium high',
  thinking_summaries: 'auto none',
  tool_choice: 'auto any none validated',
};

/** The members of a codec, and of all that is in it, with the values that those which hold enums may have. */
const wordsOf = (whole: Parts): ReadonlyMap<string, ReadonlySet<string>> => {
  const words = new Map<string, Set<string>>(OTHERS.split(' ').map((member) => [member, new Set()]));
  for (const [member, values] of Object.entries(OTHER_VALUES)) words.set(member, new Set(values.split(' ')));
  const seen = new Set<Parts>(); // most are part of several
  const visit = (member: string, codec: Parts): void => {
    const { known = [], required, optional, cases = {}, item = [], choices = [] } = codec;
    for (const value of known) words.get(member)?.add(value);
    if (seen.has(codec)) return;
    seen.add(codec);
    for (const part of [Object.values(cases), item, choices].flat()) visit(member, part);
    for (const [name, part] of Object.entries({ ...required, ...optional })) {
      if (!words.has(name)) words.set(name, new Set());
      visit(name, part);
    }
  };
  visit('', whole);
  return words;
};

/** Every member of the canonical dialect, with the values that are known of it, if it holds an enum. */
export const WORDS = wordsOf(InteractionEvent);
