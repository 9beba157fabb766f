import { catchError, map, type Observable, of } from 'rxjs';

import { HttpError } from '../errors/index.js';
import { codeOfStatus, serverFaultOf } from '../protocol/index.js';
import type { TransportResponse } from '../transport/index.js';
import { presence } from './environment.js';
import { firstCharacters, parseJson, readText } from './read-body.js';

/** How long the server asks to wait, in ms: `retry-after-ms`, else `retry-after` in seconds or as a date (wire-format 12.3). */
const retryAfterOf = (headers: Headers): number | undefined => {
  const ms = Number(presence(headers.get('retry-after-ms')) ?? Number.NaN);
  if (ms >= 0) return ms;
  const text = presence(headers.get('retry-after'));
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (seconds >= 0) return seconds * 1000;
  const wait = Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};

/** The error that an answer with a status of 400 or more is. A body that cannot be read to its end is no worse than none. */
export const httpErrorOf = ({ status, headers, body }: TransportResponse): Observable<HttpError> =>
  readText(body).pipe(
    catchError(() => of('')),
    map((text) => {
      const json = parseJson(text);
      const fault = serverFaultOf(json?.value);
      const code = fault?.code ?? codeOfStatus(status);
      const said = fault?.message ?? (text.trim() === '' ? 'no message' : firstCharacters(text));
      return new HttpError(code, `The server answered ${String(status)} ${code}: ${said}`, {
        status,
        body: json ? json.value : text,
        retryAfter: retryAfterOf(headers),
        requestId: headers.get('x-request-id') ?? undefined,
      });
    }),
  );
