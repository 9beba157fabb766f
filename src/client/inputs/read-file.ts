import { type Observable, throwError } from 'rxjs';

import { RequestError } from '../../errors/index.js';

/** Reads a file, where there is no Node: says that there are no files there. */
export const readFile = (path: string | URL): Observable<Uint8Array> =>
  throwError(
    () =>
      new RequestError(
        ['source'],
        `${JSON.stringify(String(path))} names a file, and there are none to be read here; pass a Blob or File, bytes, or a whole uri (https://…)`,
      ),
  );
