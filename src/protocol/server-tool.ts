import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { ContentList } from './content.js';
import { boolean, either, JsonObject, listOf, openEnum, string, unknown } from './primitives.js';
import { shape } from './shape.js';

/*
 * What the steps of server-side tools and the deltas that fill them have in common (wire-format 6.2): a delta carries any
 * members of its step, so both are made from the same lists. Every member is optional, because a stream delivers them in parts.
 */

const call = { id: string, signature: string };
const result = { call_id: string, is_error: boolean, signature: string };
const queries = shape('Queries', {}, { queries: listOf(string) });

export const googleSearchCall = {
  ...call,
  arguments: queries,
  search_type: openEnum('SearchType', ['web_search', 'image_search', 'enterprise_web_search']),
};
const googleSearchResultItem = shape(
  'GoogleSearchResultItem',
  {},
  { search_suggestions: string, title: string, url: string, rendered_content: string },
);
/** One answer of Google Search; more members may be there. */
export interface GoogleSearchResultItem extends t.TypeOf<typeof googleSearchResultItem> {}
export const GoogleSearchResultItem: Codec<GoogleSearchResultItem> = googleSearchResultItem;
export const googleSearchResult = { ...result, result: listOf(GoogleSearchResultItem) };

export const urlContextCall = { ...call, arguments: shape('Urls', {}, { urls: listOf(string) }) };
const urlContextResultItem = shape(
  'UrlContextResultItem',
  {},
  { url: string, status: openEnum('UrlStatus', ['success', 'error', 'paywall', 'unsafe']) },
);
/** What became of one URL that was to be read. */
export interface UrlContextResultItem extends t.TypeOf<typeof urlContextResultItem> {}
export const UrlContextResultItem: Codec<UrlContextResultItem> = urlContextResultItem;
export const urlContextResult = { ...result, result: listOf(UrlContextResultItem) };

export const codeExecutionCall = {
  ...call,
  arguments: shape('Code', {}, { code: string, language: openEnum('Language', ['python', 'bash']) }),
};
export const codeExecutionResult = { ...result, result: either(string, ContentList) };

export const googleMapsCall = { ...call, arguments: queries };
const googleMapsResultItem = shape(
  'GoogleMapsResultItem',
  {},
  { places: listOf(JsonObject), widget_context_token: string },
);
/** One answer of Google Maps; more members may be there. */
export interface GoogleMapsResultItem extends t.TypeOf<typeof googleMapsResultItem> {}
export const GoogleMapsResultItem: Codec<GoogleMapsResultItem> = googleMapsResultItem;
export const googleMapsResult = { ...result, result: listOf(GoogleMapsResultItem) };

export const fileSearchCall = call;
export const fileSearchResult = { ...result, result: listOf(JsonObject) };

export const retrievalCall = {
  ...call,
  arguments: queries,
  retrieval_type: openEnum('RetrievalType', ['vertex_ai_search', 'rag_store', 'exa_ai_search', 'parallel_ai_search']),
};
export const retrievalResult = result;

const mcpServerTool = { name: string, server_name: string };
export const mcpServerToolCall = { ...call, ...mcpServerTool, arguments: JsonObject };
/** `result` is text, an object, or content blocks. */
export const mcpServerToolResult = { ...result, ...mcpServerTool, result: unknown };

export const processingCall = call;
export const processingResult = { call_id: string, signature: string };
