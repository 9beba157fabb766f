import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { Count, either, JsonObject, listOf, openEnum, string } from './primitives.js';
import { shape } from './shape.js';
import { ToolChoice } from './tool.js';

const speechVoice = shape('SpeechVoice', {}, { voice: string, language: string, speaker: string });
/** A voice, for speech output. */
export interface SpeechVoice extends t.TypeOf<typeof speechVoice> {}
export const SpeechVoice: Codec<SpeechVoice> = speechVoice;

const generationConfig = shape(
  'GenerationConfig',
  {},
  {
    /** A limit in tokens; reaching it ends the interaction as `incomplete`. */
    max_output_tokens: Count,
    seed: Count,
    stop_sequences: listOf(string),
    thinking_level: openEnum('ThinkingLevel', ['minimal', 'low', 'medium', 'high']),
    /** `auto` fills the summaries of thoughts. */
    thinking_summaries: openEnum('ThinkingSummaries', ['auto', 'none']),
    tool_choice: ToolChoice,
    speech_config: either(listOf(SpeechVoice), JsonObject),
    transcription_config: JsonObject,
    video_config: JsonObject,
    temperature: Count,
    top_p: Count,
    top_k: Count,
    image_config: JsonObject,
  },
);
/** How the model generates (wire-format 2.3). For model interactions only; agents have `agent_config`. */
export interface GenerationConfig extends t.TypeOf<typeof generationConfig> {}
export const GenerationConfig: Codec<GenerationConfig> = generationConfig;
