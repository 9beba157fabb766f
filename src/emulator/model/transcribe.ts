import { isRecord } from '../../internal/is-record.js';
import type { Turn } from '../turn.js';
import type { Behaviour } from './behaviour.js';
import { citeText, type Passage, type Source } from './cite-text.js';
import { mediaIn } from './media-in.js';

/** What is heard in every recording. */
const SPEECH: readonly (readonly [speaker: string, style: string, text: string])[] = [
  ['spk_1', 'cheerful', 'Good morning and welcome – schön, dass ihr da seid!'],
  ['spk_2', 'calm', 'Thank you. Shall we begin?'],
];

/** Seconds that every word takes. */
const PACE = 0.4;
const seconds = (words: number): string => `${(words * PACE).toFixed(1)}s`;

interface Wanted {
  readonly words: boolean;
  readonly speakers: boolean;
}

/** Whether words have times and speakers names: options of the verbatim mode (wire-format 2.3). */
const wantedIn = ({ request: { generation_config } }: Turn): Wanted => {
  const { mode, ...options } = generation_config?.transcription_config ?? {};
  const settings: Readonly<Record<string, unknown>> = isRecord(mode) ? mode : options;
  const granularities = settings['timestamp_granularities'];
  return {
    words: Array.isArray(granularities) && granularities.length > 0,
    speakers: settings['diarization_mode'] !== undefined,
  };
};

const passagesFor = ({ words, speakers }: Wanted): readonly Passage[] => {
  let heard = 0;
  return SPEECH.flatMap(([speaker, style, text], at): readonly Passage[] => {
    const who = speakers ? { speaker } : {};
    const parts = text.split(/( )/).map((part): Passage => {
      if (part === ' ' || part === '–') return part;
      const offsets = { start_offset: seconds(heard), end_offset: seconds((heard += 1)) };
      return { text: part, sources: words ? [{ type: 'word_info', text: part, ...who, ...offsets }] : [] };
    });
    const sources: readonly Source[] = speakers ? [{ type: 'speech_metadata', speaker, style }] : [];
    return [...(at === 0 ? [] : ['\n']), { text: parts, sources }];
  });
};

/** Writes down what is said in a recording: it is the same in all of them. For models that transcribe, and prompts that ask. */
export const transcribe: Behaviour = (turn) => {
  const hasSound = mediaIn(turn).some(({ type }) => type === 'audio');
  if (!hasSound || !/transcri(?:be|pt)/i.test(`${turn.request.model ?? ''} ${turn.prompt}`)) return undefined;
  return [citeText(...passagesFor(wantedIn(turn)))];
};
