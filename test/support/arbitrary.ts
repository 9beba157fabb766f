import fc from 'fast-check';

type Arb<T = unknown> = fc.Arbitrary<T>;
type Members = Readonly<Record<string, Arb>>;

/** Any JSON value that survives being written and read. */
export const json: Arb = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

/** Text with characters of one to four bytes. */
export const text: Arb<string> = fc.string({ unit: 'grapheme', maxLength: 8 });

const jsonObject = fc.dictionary(fc.string({ maxLength: 5 }), json, { maxKeys: 3, noNullPrototype: true });
const list = (item: Arb): Arb<unknown[]> => fc.array(item, { maxLength: 3 });
const count = fc.nat({ max: 1000 });
const string = fc.oneof(text, fc.constant(''));
const base64 = fc.oneof(fc.base64String({ maxLength: 12 }), text);

/** Members that this version does not know; their names are never those of known ones. */
const extras = fc.dictionary(fc.constantFrom('x_note', 'x_more', 'x_list'), json, {
  maxKeys: 2,
  noNullPrototype: true,
});

const object = (required: Members, optional: Members = {}): Arb<Record<string, unknown>> =>
  fc
    .tuple(
      fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required), noNullPrototype: true }),
      fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: extras }),
    )
    .map(([known, more]) => ({ ...known, ...more }));

const tagged = (type: string, required: Members = {}, optional: Members = {}) =>
  object({ type: fc.constant(type), ...required }, optional);

const modalityTokens = list(object({}, { modality: fc.constantFrom('text', 'image', 'audio'), tokens: count }));

export const usage = object(
  {},
  {
    total_input_tokens: count,
    total_output_tokens: count,
    total_thought_tokens: count,
    total_tool_use_tokens: count,
    total_cached_tokens: count,
    total_tokens: count,
    initial_input_tokens: count,
    input_tokens_by_modality: modalityTokens,
    output_tokens_by_modality: modalityTokens,
    cached_tokens_by_modality: modalityTokens,
    tool_use_tokens_by_modality: modalityTokens,
    grounding_tool_count: list(object({}, { type: fc.constantFrom('google_search', 'google_maps'), count })),
  },
);

/** Arbitrary values of the protocol. */
export interface Wire {
  readonly annotation: Arb<object>;
  readonly content: Arb<object>;
  readonly step: Arb<object>;
  readonly delta: Arb<object>;
  readonly resource: Arb<object>;
  readonly event: Arb<object>;
}

/** @param unknown - How a thing of a kind that this version does not know is written. */
const wireOf = (unknown: (tag: 'type' | 'event_type', received: object) => object): Wire => {
  const unknownOf = (tag: 'type' | 'event_type') =>
    object({ [tag]: fc.constantFrom('x_new', 'x_other', 'completed') }, { index: count, text, content: json }).map(
      (received) => unknown(tag, received),
    );

  const range = { start_index: count, end_index: count };
  const annotation = fc.oneof(
    tagged('url_citation', {}, { url: string, title: string, ...range }),
    tagged('file_citation', {}, { document_uri: string, page_number: count, custom_metadata: jsonObject, ...range }),
    tagged('place_citation', {}, { place_id: string, name: string, review_snippets: list(jsonObject), ...range }),
    tagged('word_info', {}, { text: string, speaker: string, start_offset: string, ...range }),
    tagged('speech_metadata', {}, { speaker: string, style: string, ...range }),
    unknownOf('type'),
  );

  const media = { data: base64, uri: string, mime_type: fc.constantFrom('image/png', 'audio/l16', 'video/mp4', '') };
  const rate = fc.constantFrom(16_000, 24_000);
  const kindsOfMedia = {
    image: { ...media, resolution: string },
    audio: { ...media, sample_rate: rate, channels: fc.constantFrom(1, 2) },
    video: { ...media, resolution: string, name: string, processing: fc.oneof(string, jsonObject) },
    document: media,
  };
  const mediaOf = (more: Members) =>
    Object.entries(kindsOfMedia).map(([type, members]) => tagged(type, {}, { ...members, ...more }));

  const textBlock = tagged('text', { text }, { annotations: list(annotation) });
  const content = fc.oneof({ weight: 4, arbitrary: textBlock }, ...mediaOf({}), unknownOf('type'));

  const signature = { signature: fc.constantFrom('sig-1', 'sig-2', '') };
  const call = { id: fc.constantFrom('c1', 'c2', ''), ...signature };
  const result = { call_id: fc.constantFrom('c1', 'c2', ''), is_error: fc.boolean(), ...signature };
  const queries = { arguments: object({}, { queries: list(string) }) };
  const mcp = { name: string, server_name: string };
  /** What the steps of tools and the deltas that fill them have in common. */
  const tools: Readonly<Record<string, Members>> = {
    google_search_call: { ...call, ...queries, search_type: string },
    google_search_result: { ...result, result: list(object({}, { search_suggestions: string, url: string })) },
    url_context_call: { ...call, arguments: object({}, { urls: list(string) }) },
    url_context_result: { ...result, result: list(object({}, { url: string, status: string })) },
    code_execution_call: { ...call, arguments: object({}, { code: string, language: string }) },
    code_execution_result: { ...result, result: fc.oneof(string, list(content)) },
    google_maps_call: { ...call, ...queries },
    google_maps_result: { ...result, result: list(object({}, { places: list(jsonObject) })) },
    file_search_call: call,
    file_search_result: { ...result, result: list(jsonObject) },
    retrieval_call: { ...call, ...queries, retrieval_type: string },
    retrieval_result: result,
    mcp_server_tool_call: { ...call, ...mcp, arguments: jsonObject },
    mcp_server_tool_result: { ...result, ...mcp, result: json },
    processing_call: call,
    processing_result: { call_id: string, ...signature },
    function_call: { ...call, name: string, arguments: jsonObject },
    function_result: { ...result, name: string, result: json },
  };
  const toolsOf = () => Object.entries(tools).map(([type, members]) => tagged(type, {}, members));

  const contentList = list(content);
  const step = fc.oneof(
    { weight: 2, arbitrary: tagged('user_input', {}, { content: contentList }) },
    {
      weight: 8,
      arbitrary: tagged(
        'model_output',
        {},
        { content: contentList, error: object({}, { code: count, message: string }), ...signature },
      ),
    },
    { weight: 4, arbitrary: tagged('thought', {}, { summary: contentList, ...signature }) },
    { weight: 4, arbitrary: tagged('function_call', {}, { ...tools['function_call'] }) },
    ...toolsOf(),
    unknownOf('type'),
  );

  const delta = fc.oneof(
    { weight: 8, arbitrary: tagged('text', { text }, { annotations: list(annotation), ...signature }) },
    { weight: 4, arbitrary: fc.oneof(...mediaOf({ rate, ...signature })) },
    { weight: 2, arbitrary: tagged('text_annotation_delta', {}, { annotations: list(annotation), ...signature }) },
    { weight: 2, arbitrary: tagged('thought_summary', {}, { content, ...signature }) },
    { weight: 2, arbitrary: tagged('thought_signature', {}, signature) },
    {
      weight: 4,
      arbitrary: tagged(
        'arguments_delta',
        {},
        { arguments: fc.constantFrom('{"a":', '1', '}', '{}', '[1]', ' ', ''), id: string, name: string, ...signature },
      ),
    },
    ...toolsOf(),
    unknownOf('type'),
  );

  const status = fc.constantFrom('queued', 'in_progress', 'requires_action', 'requires_continuation', 'completed', 'x');
  const resource = object(
    {},
    {
      id: fc.constantFrom('v1_a', 'v1_b', 'v1_c', ''),
      object: fc.constant('interaction'),
      status,
      model: string,
      agent: string,
      created: string,
      updated: string,
      steps: list(step),
      usage,
      service_tier: string,
      previous_interaction_id: string,
      continuation_token: string,
      environment_id: string,
      errors: list(object({}, { code: string, message: string })),
      system_instruction: string,
      labels: jsonObject,
    },
  );

  const common = { event_id: string, metadata: object({}, { total_usage: usage }) };
  const index = fc.nat({ max: 3 });
  const eventOf = (event_type: string, required: Members, optional: Members = {}) =>
    object({ event_type: fc.constant(event_type), ...required }, { ...optional, ...common });
  const event = fc.oneof(
    { weight: 2, arbitrary: eventOf('interaction.created', { interaction: resource }) },
    {
      weight: 1,
      arbitrary: eventOf(
        'interaction.status_update',
        { status },
        { interaction_id: fc.constantFrom('v1_a', 'v1_b', ''), usage, continuation_token: string },
      ),
    },
    { weight: 6, arbitrary: eventOf('step.start', { index, step }) },
    { weight: 12, arbitrary: eventOf('step.delta', { index, delta }) },
    { weight: 4, arbitrary: eventOf('step.stop', { index }, { usage, step_usage: usage }) },
    { weight: 1, arbitrary: eventOf('interaction.completed', { interaction: resource }) },
    { weight: 1, arbitrary: eventOf('error', {}, { error: object({}, { code: string, message: string }) }) },
    { weight: 1, arbitrary: unknownOf('event_type') },
  );

  return { annotation, content, step, delta, resource, event };
};

/** As a server would write it: what this version does not know stands there bare. */
export const received = wireOf((_tag, value) => value);

/** As the library's types have it: what this version does not know is wrapped. */
export const canonical = wireOf((tag, value) => ({ [tag]: 'unknown', received: value }));

/** A value with some of its members, at any depth, replaced by anything or left out: nearly right, or not at all. */
export const spoiled = (value: Arb): Arb =>
  value.chain((whole) => {
    const places = placesIn(whole);
    return places.length === 0
      ? fc.constant(whole)
      : fc
          .array(
            fc.tuple(fc.constantFrom(...places), fc.option(fc.oneof(json, fc.constant(null)), { nil: undefined })),
            {
              maxLength: 3,
            },
          )
          .map((changes) => changes.reduce((spoilt, [place, other]) => replaced(spoilt, place, other), whole));
  });

type Place = readonly string[];

const placesIn = (value: unknown, place: Place = []): readonly Place[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => [[...place, key], ...placesIn(member, [...place, key])])
    : [];

const replaced = (value: unknown, [key, ...rest]: Place, other: unknown): unknown => {
  if (typeof value !== 'object' || value === null || key === undefined || !Object.hasOwn(value, key)) return value;
  const members = Object.entries(value)
    .map(([name, member]): readonly [string, unknown] => [
      name,
      name !== key ? member : rest.length === 0 ? other : replaced(member, rest, other),
    ])
    .filter(([, member]) => member !== undefined);
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
};
