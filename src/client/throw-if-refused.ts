import { catchError, map, mergeMap, type MonoTypeOperatorFunction, type Observable, of } from 'rxjs';

import { HttpError } from '../errors/index.js';
import { codeOfStatus, serverFaultOf } from '../protocol/index.js';
import type { TransportResponse } from '../transport/index.js';
import { presence } from './environment.js';
import { firstCharacters, parseJson, readText } from './read-body.js';

/** How long the server asks to wait, in ms: `retry-after-ms`, else `retry-after` in seconds or as a date (wire-format 12.3). */
const retryAfterOf = (headers: Headers): number | undefined => {
  const ms = Number(presence(headers.get('retry-after-ms')));
  if (ms >= 0) return ms;
  const text = presence(headers.get('retry-after'));
  const seconds = Number(text);
  if (seconds >= 0) return seconds * 1000;
  const wait = Date.parse(text ?? '') - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};

/** The end of an answer with a status of 400 or more: the error that it is. A body that cannot be read to its end is no worse than none. */
const refusal = ({ status, headers, body }: TransportResponse): Observable<never> =>
  readText(body).pipe(
    catchError(() => of('')),
    map((text) => {
      const json = parseJson(text);
      const fault = serverFaultOf(json?.value);
      const code = fault?.code ?? codeOfStatus(status);
      const said = fault?.message ?? (text.trim() === '' ? 'no message' : firstCharacters(text));
      throw new HttpError(code, `The server answered ${status} ${code}: ${said}`, {
        status,
        body: json ? json.value : text,
        retryAfter: retryAfterOf(headers),
        requestId: headers.get('x-request-id') ?? undefined,
      });
    }),
  );

/** Makes an answer that is no success an error: reading why ends the request. */
export const throwIfRefused = (): MonoTypeOperatorFunction<TransportResponse> =>
  mergeMap((response) => (response.status >= 400 ? refusal(response) : of(response)));
