import { defined } from '../../internal/defined.js';
import { jsonEqual } from '../../internal/json-equal.js';
import type { GenerateContentCandidate, GroundingChunk, GroundingMetadata } from './response.js';

type Members = Readonly<Record<string, unknown>>;

/** An annotation whose range counts from the start of the whole text, in UTF-8 bytes. */
export interface Citation {
  readonly annotation: Members;
  readonly start: number;
  /** `undefined` where nothing says what it is about. */
  readonly end: number | undefined;
}

/** A tool that the server has run: what it was asked, and what it gave. */
export interface ServerTool {
  readonly name: 'google_search' | 'google_maps' | 'url_context' | 'file_search' | 'retrieval';
  readonly call: Members;
  readonly result: Members;
}

/** What an answer rests on, as far as it has been told. Chunks may repeat what earlier ones said. */
export interface Grounding {
  readonly citations: readonly Citation[];
  readonly metadata: readonly GroundingMetadata[];
  readonly pages: NonNullable<NonNullable<GenerateContentCandidate['urlContextMetadata']>['urlMetadata']>;
}

export const NO_GROUNDING: Grounding = { citations: [], metadata: [], pages: [] };

/** Each value once, by what it says. */
const unique = <A>(values: readonly A[]): readonly A[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

type Metadata = NonNullable<NonNullable<GroundingChunk['retrievedContext']>['customMetadata']>;

/** Metadata of a file: a list of keys, each with a value of one of three kinds. */
const metadataOf = (list: Metadata): Members =>
  Object.fromEntries(
    list.map(({ key, stringValue, numericValue, stringListValue }) => [
      String(key),
      stringValue ?? numericValue ?? stringListValue?.values,
    ]),
  );

type Place = NonNullable<GroundingChunk['maps']>;

const snippetsOf = ({ placeAnswerSources }: Place): readonly Members[] | undefined =>
  placeAnswerSources?.reviewSnippets?.map(({ reviewId, title, googleMapsUri }) =>
    defined({ review_id: reviewId, title, url: googleMapsUri }),
  );

/** A source as the annotation that cites it (wire-format 6.5). */
const annotationOf = ({ web, image, maps, retrievedContext }: GroundingChunk): Members | undefined => {
  if (web) return { type: 'url_citation', ...defined({ url: web.uri, title: web.title }) };
  if (image) return { type: 'url_citation', ...defined({ url: image.sourceUri, title: image.title }) };
  if (maps) {
    const { placeId, title, uri } = maps;
    const members = { place_id: placeId, name: title, url: uri, review_snippets: snippetsOf(maps) };
    return { type: 'place_citation', ...defined(members) };
  }
  if (!retrievedContext) return undefined;
  const { uri, title, pageNumber, mediaId, customMetadata } = retrievedContext;
  return {
    type: 'file_citation',
    ...defined({
      document_uri: uri,
      file_name: title,
      page_number: pageNumber,
      media_id: mediaId,
      custom_metadata: customMetadata && metadataOf(customMetadata),
    }),
  };
};

const citationsOf = (
  { groundingSupports = [] }: GroundingMetadata,
  chunks: readonly GroundingChunk[],
  startOfPart: (partIndex: number) => number,
): readonly Citation[] =>
  groundingSupports.flatMap(({ segment, groundingChunkIndices = [] }) => {
    const base = startOfPart(segment?.partIndex ?? 0);
    const start = base + (segment?.startIndex ?? 0);
    const end = segment?.endIndex === undefined ? undefined : base + segment.endIndex;
    return groundingChunkIndices.flatMap((at) => {
      const chunk = chunks[at];
      const annotation = chunk && annotationOf(chunk);
      return annotation ? [{ annotation, start, end }] : [];
    });
  });

/** What the model quoted at length, and from where. */
const quotationsOf = ({ citationMetadata }: GenerateContentCandidate): readonly Citation[] =>
  (citationMetadata?.citations ?? []).map(({ uri, title, startIndex = 0, endIndex }) => ({
    annotation: { type: 'url_citation', ...defined({ url: uri, title }) },
    start: startIndex,
    end: endIndex,
  }));

/** Adds what a chunk says of sources. */
export const addGrounding = (
  grounding: Grounding,
  candidate: GenerateContentCandidate,
  startOfPart: (partIndex: number) => number,
): Grounding => {
  const { groundingMetadata = {}, urlContextMetadata, citationMetadata } = candidate;
  // Some models repeat it in every chunk.
  const isNew = Object.keys(groundingMetadata).length > 0 && !jsonEqual(groundingMetadata, grounding.metadata.at(-1));
  if (!isNew && urlContextMetadata === undefined && citationMetadata === undefined) return grounding;
  const metadata = isNew ? [...grounding.metadata, groundingMetadata] : grounding.metadata;
  // Places are places in the list beside them; a chunk without one means the latest.
  const chunks =
    metadata
      .map(({ groundingChunks }) => groundingChunks)
      .filter((list) => list !== undefined)
      .at(-1) ?? [];
  return {
    citations: [
      ...grounding.citations,
      ...(isNew ? citationsOf(groundingMetadata, chunks, startOfPart) : []),
      ...quotationsOf(candidate),
    ],
    metadata,
    pages: [...grounding.pages, ...(urlContextMetadata?.urlMetadata ?? [])],
  };
};

/** The annotations of the text from `from` to `to`, with ranges in that text. */
export const annotationsIn = (
  { citations }: Grounding,
  { from, to, isLast }: { readonly from: number; readonly to: number; readonly isLast: boolean },
): readonly Members[] =>
  unique(
    citations
      .filter(({ start, end }) => (end === undefined ? isLast : start >= from && (start < to || isLast)))
      .map(({ annotation, start, end }) => ({
        ...annotation,
        ...(end !== undefined && { start_index: start - from, end_index: Math.min(end, to) - from }),
      })),
  );

const searches = ({ metadata, pages: read }: Grounding): readonly ServerTool[] => {
  const queries = unique(metadata.flatMap(({ webSearchQueries = [] }) => webSearchQueries));
  const imageQueries = unique(metadata.flatMap(({ imageSearchQueries = [] }) => imageSearchQueries));
  const suggestions = unique(metadata.flatMap(({ searchEntryPoint }) => searchEntryPoint?.renderedContent ?? []));
  const chunks = metadata.flatMap(({ groundingChunks = [] }) => groundingChunks);
  const found = (pages: readonly Members[]): readonly Members[] => unique(pages.map(defined));
  // Pages that were read because their addresses were in the prompt are cited, too, without any search.
  const isSearched = queries.length + suggestions.length > 0;
  const isRead = (uri: string | undefined): boolean => read.some(({ retrievedUrl }) => retrievedUrl === uri);
  const pages = found(
    chunks.flatMap(({ web }) => (web && (isSearched || !isRead(web.uri)) ? { title: web.title, url: web.uri } : [])),
  );
  const images = found(chunks.flatMap(({ image }) => (image ? { title: image.title, url: image.sourceUri } : [])));
  const result = [...suggestions.map((search_suggestions) => ({ search_suggestions })), ...pages];
  return [
    ...(queries.length + result.length > 0
      ? [{ name: 'google_search', call: { arguments: { queries } }, result: { result } } as const]
      : []),
    ...(imageQueries.length + images.length > 0
      ? [
          {
            name: 'google_search',
            call: { arguments: { queries: imageQueries }, search_type: 'image_search' },
            result: { result: images },
          } as const,
        ]
      : []),
  ];
};

const placesFound = (metadata: readonly GroundingMetadata[]): readonly ServerTool[] => {
  const places = unique(
    metadata.flatMap(({ groundingChunks = [] }) =>
      groundingChunks.flatMap(({ maps }) => {
        if (!maps) return [];
        const { title, placeId, uri } = maps;
        return [defined({ name: title, place_id: placeId, url: uri, review_snippets: snippetsOf(maps) })];
      }),
    ),
  );
  const token = metadata.flatMap(({ googleMapsWidgetContextToken }) => googleMapsWidgetContextToken ?? []).at(-1);
  if (places.length === 0 && token === undefined) return [];
  const widget = defined({ widget_context_token: token });
  return [{ name: 'google_maps', call: {}, result: { result: [{ places, ...widget }] } }];
};

const filesFound = (metadata: readonly GroundingMetadata[]): readonly ServerTool[] => {
  const queries = unique(metadata.flatMap(({ retrievalQueries = [] }) => retrievalQueries));
  if (queries.length > 0) return [{ name: 'retrieval', call: { arguments: { queries } }, result: {} }];
  const result = unique(
    metadata.flatMap(({ groundingChunks = [] }) =>
      groundingChunks.flatMap(({ retrievedContext: file }) =>
        file ? [defined({ file_name: file.title, document_uri: file.uri, text: file.text })] : [],
      ),
    ),
  );
  return result.length === 0 ? [] : [{ name: 'file_search', call: {}, result: { result } }];
};

const STATUS = /^URL_RETRIEVAL_STATUS_/;

const pagesRead = ({ pages }: Grounding): readonly ServerTool[] => {
  const result = unique(
    pages.map(({ retrievedUrl, urlRetrievalStatus }) =>
      defined({ url: retrievedUrl, status: urlRetrievalStatus?.replace(STATUS, '').toLowerCase() }),
    ),
  );
  if (result.length === 0) return [];
  const urls = result.flatMap(({ url }) => url ?? []);
  return [{ name: 'url_context', call: { arguments: { urls } }, result: { result } }];
};

/** The tools that the server has run, by what they have left behind. */
export const toolsIn = (grounding: Grounding): readonly ServerTool[] => [
  ...searches(grounding),
  ...placesFound(grounding.metadata),
  ...filesFound(grounding.metadata),
  ...pagesRead(grounding),
];
