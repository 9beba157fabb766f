import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import type { Members } from './part-of.js';

/** What an answer rests on, as it becomes known. Grows in place: it is one answer's own. */
export interface Grounding {
  /** Adds a step of a tool that the server ran. */
  readonly addTool: (step: Members) => void;
  /** Adds what is said of a text that begins so many bytes into the whole. */
  readonly addAnnotations: (annotations: unknown, from: number) => void;
  /** What the candidate says of it, once the text is whole. */
  readonly toMembers: (text: string) => Members;
}

interface Support {
  readonly start: number;
  readonly end: number;
  readonly chunk: number;
}

const itemsIn = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.filter(isRecord) : []);

const customMetadataOf = (metadata: unknown): readonly Members[] | undefined =>
  isRecord(metadata)
    ? Object.entries(metadata).map(([key, value]) => {
        if (Array.isArray(value)) return { key, stringListValue: { values: value.map(String) } };
        return typeof value === 'number' ? { key, numericValue: value } : { key, stringValue: String(value) };
      })
    : undefined;

const reviewsOf = (snippets: unknown): Members | undefined => {
  const reviewSnippets = itemsIn(snippets).map(({ review_id: reviewId, title, url: googleMapsUri }) =>
    defined({ reviewId, title, googleMapsUri }),
  );
  return reviewSnippets.length > 0 ? { reviewSnippets } : undefined;
};

/** A source: its kind, what tells it from others of the kind, and what is known of it. */
interface Source {
  readonly kind: 'web' | 'maps' | 'retrievedContext';
  readonly key: unknown;
  readonly members: Members;
}

const page = ({ url: uri, title }: Members): Source => ({ kind: 'web', key: uri, members: { uri, title } });

const place = ({ name: title, place_id: placeId, url: uri, review_snippets }: Members): Source => ({
  kind: 'maps',
  key: placeId,
  members: { uri, title, placeId, placeAnswerSources: reviewsOf(review_snippets) },
});

const file = (members: Members, title: unknown): Source => ({ kind: 'retrievedContext', key: title, members });

const fileCited = ({ document_uri: uri, file_name: title, ...cited }: Members): Source =>
  file(
    {
      uri,
      title,
      text: cited['source'],
      pageNumber: cited['page_number'],
      mediaId: cited['media_id'],
      customMetadata: customMetadataOf(cited['custom_metadata']),
    },
    title,
  );

const fileFound = ({ title, text, file_search_store: fileSearchStore }: Members): Source =>
  file({ title, text, fileSearchStore }, title);

/** The source that an annotation cites; `undefined` for what is said of a text without citing anything. */
const sourceOf = (annotation: Members): Source | undefined => {
  switch (annotation['type']) {
    case 'url_citation':
      return page(annotation);
    case 'place_citation':
      return place(annotation);
    case 'file_citation':
      return fileCited(annotation);
    default:
      return undefined;
  }
};

const queriesIn = ({ arguments: args }: Members): readonly unknown[] => {
  const queries = isRecord(args) ? args['queries'] : undefined;
  return Array.isArray(queries) ? queries : [];
};

const slice = (bytes: Uint8Array, start: number, end: number): string =>
  new TextDecoder().decode(bytes.subarray(start, end));

export const createGrounding = (): Grounding => {
  const chunks: { readonly kind: Source['kind']; readonly key: unknown; members: Members }[] = [];
  const supports: Support[] = [];
  const queries: Record<'webSearchQueries' | 'imageSearchQueries' | 'retrievalQueries', unknown[]> = {
    webSearchQueries: [],
    imageSearchQueries: [],
    retrievalQueries: [],
  };
  const pages: Members[] = [];
  let entryPoint: unknown;
  let widgetToken: unknown;

  /** The place of a source in the list. It is there once, with everything that was said of it. */
  const add = ({ kind, key, members }: Source): number => {
    const at = chunks.findIndex((chunk) => chunk.kind === kind && chunk.key === key);
    const known = chunks[at];
    if (!known) return chunks.push({ kind, key, members: defined(members) }) - 1;
    known.members = { ...known.members, ...defined(members) };
    return at;
  };

  const addResults: Readonly<Record<string, (item: Members) => void>> = {
    google_search_result: (item) => {
      entryPoint ??= item['search_suggestions'] ?? item['rendered_content'];
      if (item['url'] !== undefined) add(page(item));
    },
    google_maps_result: (item) => {
      widgetToken ??= item['widget_context_token'];
      itemsIn(item['places']).forEach((each) => add(place(each)));
    },
    file_search_result: (item) => add(fileFound(item)),
    url_context_result: ({ url, status }) =>
      pages.push({
        retrievedUrl: url,
        urlRetrievalStatus: `URL_RETRIEVAL_STATUS_${String(status).toUpperCase()}`,
      }),
  };

  /** Spans in order, each with its sources. */
  const supportsIn = (bytes: Uint8Array): readonly Members[] => {
    const spans = new Map<string, { readonly segment: Members; readonly groundingChunkIndices: number[] }>();
    for (const { start, end, chunk } of supports) {
      const key = `${String(start)}-${String(end)}`;
      const span = spans.get(key) ?? {
        segment: { startIndex: start, endIndex: end, text: slice(bytes, start, end) },
        groundingChunkIndices: [],
      };
      span.groundingChunkIndices.push(chunk);
      spans.set(key, span);
    }
    return [...spans.values()];
  };

  return {
    addTool: (step) => {
      const type = String(step['type']);
      if (type === 'google_search_call') {
        const name = step['search_type'] === 'image_search' ? 'imageSearchQueries' : 'webSearchQueries';
        queries[name].push(...queriesIn(step));
      }
      if (type === 'retrieval_call') queries.retrievalQueries.push(...queriesIn(step));
      if (Object.hasOwn(addResults, type)) itemsIn(step['result']).forEach((item) => addResults[type]?.(item));
    },
    addAnnotations: (annotations, from) => {
      for (const annotation of itemsIn(annotations)) {
        const source = sourceOf(annotation);
        if (!source) continue;
        const { start_index: start = 0, end_index: end = start } = annotation;
        supports.push({ start: from + Number(start), end: from + Number(end), chunk: add(source) });
      }
    },
    toMembers: (text) => {
      const metadata = {
        ...Object.fromEntries(Object.entries(queries).filter(([, list]) => list.length > 0)),
        ...(entryPoint !== undefined && { searchEntryPoint: { renderedContent: entryPoint } }),
        ...(widgetToken !== undefined && { googleMapsWidgetContextToken: widgetToken }),
        ...(chunks.length > 0 && { groundingChunks: chunks.map(({ kind, members }) => ({ [kind]: members })) }),
        ...(supports.length > 0 && { groundingSupports: supportsIn(new TextEncoder().encode(text)) }),
      };
      return {
        ...(Object.keys(metadata).length > 0 && { groundingMetadata: metadata }),
        ...(pages.length > 0 && { urlContextMetadata: { urlMetadata: pages } }),
      };
    },
  };
};
