import { map, type Observable, toArray } from 'rxjs';

import { parseJson as readJson } from '../internal/parse-json.js';

/** The whole of a body as text. */
export const readText = (body: Observable<Uint8Array>): Observable<string> =>
  body.pipe(
    toArray(),
    map((chunks) => {
      const decoder = new TextDecoder();
      return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
    }),
  );

/** JSON, or nothing where a text is none, or is nested too deep. */
export const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: readJson(text) };
  } catch {
    return undefined;
  }
};

/** The beginning of a text, on one line, for a message. */
export const firstCharacters = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > 120 ? `${line.slice(0, 120)}…` : line);
};
