import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import { lowerCaseSchema } from './lower-case-schema.js';
import {
  applyRules,
  type Draft,
  enumOf,
  itemsOf,
  type Members,
  membersOf,
  noteOthers,
  type Rule,
  type Rules,
  snakeCased,
  UNKNOWN,
} from './rules.js';

const as =
  (name: string): Rule =>
  (value, _path, { generation }) => {
    generation[name] = value;
  };

const THINKING_RULES: Rules = {
  includeThoughts: (value, _path, { generation }) => {
    generation['thinking_summaries'] = value === true ? 'auto' : 'none';
  },
  thinkingLevel: (value, _path, { generation }) => {
    const level = enumOf(value, 'thinking_level_');
    if (level !== undefined) generation['thinking_level'] = level;
  },
  thinkingBudget: 'there is no budget in tokens; choose generation_config.thinking_level',
};

const voiceIn = (value: unknown, path: string, draft: Draft): Members => {
  noteOthers(value, path, ['prebuiltVoiceConfig', 'voice'], draft, 'voices are chosen by name');
  const { prebuiltVoiceConfig, voice } = membersOf(value);
  return defined({ voice: membersOf(prebuiltVoiceConfig)['voiceName'] ?? voice });
};

const readSpeech: Rule = (value, path, draft) => {
  if (typeof value === 'string') {
    draft.generation['speech_config'] = [{ voice: value }];
    return;
  }
  noteOthers(value, path, ['voiceConfig', 'languageCode', 'multiSpeakerVoiceConfig'], draft, 'has no equivalent');
  const { voiceConfig, languageCode: language, multiSpeakerVoiceConfig } = membersOf(value);
  const { speakerVoiceConfigs } = membersOf(multiSpeakerVoiceConfig);
  const at = `${path}.multiSpeakerVoiceConfig.speakerVoiceConfigs`;
  const speakers = itemsOf(speakerVoiceConfigs ?? [], at).map(([speaker, place]) => {
    const { speaker: name, voiceConfig: voice } = membersOf(speaker);
    return defined({ speaker: name, ...voiceIn(voice, `${place}.voiceConfig`, draft), language });
  });
  const alone = { ...voiceIn(voiceConfig, `${path}.voiceConfig`, draft), ...defined({ language }) };
  draft.generation['speech_config'] = speakers.length > 0 ? speakers : [alone];
};

const readImage: Rule = (value, path, { output, ...draft }) => {
  noteOthers(value, path, ['aspectRatio', 'imageSize', 'outputMimeType'], { output, ...draft }, 'has no equivalent');
  const { aspectRatio, imageSize, outputMimeType } = membersOf(value);
  output.image = defined({ mime_type: outputMimeType, aspect_ratio: aspectRatio, image_size: imageSize });
  output.said.push({ of: 'image', path });
};

const readSchema: Rule = (value, path, { output, note }) => {
  const schema = lowerCaseSchema(value);
  if (!isRecord(schema)) {
    note(path, 'not a schema');
    return;
  }
  output.schema = schema;
  output.said.push({ of: 'text', path });
};

const NUMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ one: 1, two: 2, three: 3, four: 4, five: 5, eight: 8, nine: 9, sixteen: 16, twenty_one: 21 }).map(
    ([word, number]) => [word, String(number)],
  ),
);

/** `ASPECT_RATIO_SIXTEEN_BY_NINE` is `16:9`. */
const ratioOf = (value: unknown): unknown => {
  const name = enumOf(value, 'aspect_ratio_');
  if (typeof name !== 'string') return name;
  return name
    .split('_by_')
    .map((word) => NUMBERS.get(word) ?? word)
    .join(':');
};

const SIZES: ReadonlyMap<unknown, string | undefined> = new Map([
  ['IMAGE_SIZE_UNSPECIFIED', undefined],
  ['IMAGE_SIZE_FIVE_TWELVE', '512'],
  ['IMAGE_SIZE_ONE_K', '1K'],
  ['IMAGE_SIZE_TWO_K', '2K'],
  ['IMAGE_SIZE_FOUR_K', '4K'],
]);

const formatMember = (key: string, value: unknown): unknown => {
  switch (key) {
    case 'schema':
      return lowerCaseSchema(value);
    case 'aspectRatio':
      return ratioOf(value);
    case 'imageSize':
      return SIZES.has(value) ? SIZES.get(value) : value;
    case 'delivery':
      return enumOf(value);
    default:
      return value;
  }
};

const formatOf = (type: unknown, members: Members): Members =>
  defined({
    type,
    ...Object.fromEntries(
      Object.entries(members).map(([key, value]) => [snakeCased(key), formatMember(key, value)] as const),
    ),
  });

const MODALITIES = ['text', 'image', 'audio', 'video'];

/** The format of the newer endpoint, which this one takes, too: with its `type`, or under the name of it, as the SDK has it. */
const readFormats: Rule = (value, path, draft) => {
  draft.output.formats = itemsOf(value, path).flatMap(([entry, at]) => {
    const { type, ...members } = membersOf(entry);
    if (type !== undefined) return [formatOf(enumOf(type), members)];
    noteOthers(entry, at, MODALITIES, draft, UNKNOWN);
    return MODALITIES.flatMap((modality) => {
      const given = members[modality];
      return given === undefined ? [] : [formatOf(modality, membersOf(given))];
    });
  });
};

const JSON_TYPE = 'application/json';
const NO_LOGPROBS = 'there are no log probabilities';
const NO_PENALTY = 'there are no penalties';

export const GENERATION_RULES: Rules = {
  maxOutputTokens: as('max_output_tokens'),
  seed: as('seed'),
  stopSequences: as('stop_sequences'),
  temperature: as('temperature'),
  topP: as('top_p'),
  topK: as('top_k'),
  thinkingConfig: (value, path, draft) => applyRules(value, path, THINKING_RULES, draft),
  speechConfig: readSpeech,
  imageConfig: readImage,
  responseMimeType: (value, path, { output, note }) => {
    if (value === 'text/x.enum') note(path, 'the answer is JSON: the value comes in quotes');
    else if (value !== JSON_TYPE && value !== 'text/plain') note(path, 'answers are plain text or JSON');
    output.isJson = value === JSON_TYPE || value === 'text/x.enum';
    if (output.isJson) output.said.push({ of: 'text', path });
  },
  responseSchema: readSchema,
  responseJsonSchema: readSchema,
  responseFormat: readFormats,
  responseModalities: (value, path, { output }) => {
    output.modalities = itemsOf(value, path).flatMap(([modality]) => {
      const name = enumOf(modality);
      return typeof name === 'string' ? name : [];
    });
    output.said.push({ of: 'all', path });
  },
  candidateCount: (value, path, { note }) => {
    if (value !== 1) note(path, 'an interaction has one answer');
  },
  presencePenalty: NO_PENALTY,
  frequencyPenalty: NO_PENALTY,
  responseLogprobs: NO_LOGPROBS,
  logprobs: NO_LOGPROBS,
  mediaResolution: "blocks have a 'resolution' of their own",
  audioTimestamp: 'has no equivalent',
  audioTranscriptionConfig: 'described in another way: generation_config.transcription_config',
  enableAffectiveDialog: 'has no equivalent',
  enableEnhancedCivicAnswers: 'has no equivalent',
  routingConfig: 'name a model',
  modelSelectionConfig: 'name a model',
  modelConfig: 'name a model',
  generationOutputConfig: 'has no equivalent',
};

/** What is asked for, of all that says so: an entry for each modality, but none for plain text alone (wire-format 2.5). */
export const writeFormats = ({ request, output, note }: Draft): void => {
  const { schema, modalities = [], image, formats = [], said } = output;
  const isJson = output.isJson === true || schema !== undefined;
  const text = { type: 'text', ...(isJson && { mime_type: JSON_TYPE }), ...(schema && { schema }) };
  const wanted = modalities.length > 0 ? modalities : image ? ['text', 'image'] : ['text'];
  const entries = wanted.map((type) => (type === 'text' ? text : type === 'image' ? { type, ...image } : { type }));
  for (const { of, path } of said) {
    if (formats.length > 0) note(path, "'responseFormat' says what is asked for");
    else if (of !== 'all' && !wanted.includes(of)) note(path, `no ${of} is asked for`);
  }
  const all = formats.length > 0 ? formats : entries;
  const isPlain = formats.length === 0 && entries.every((entry) => entry === text) && !isJson;
  if (!isPlain) request['response_format'] = all.length === 1 ? all[0] : all;
};
