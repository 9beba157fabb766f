import { createReadStream } from 'node:fs';
import type { Observable } from 'rxjs';

import { abortable } from '../../internal/abortable.js';
import { SLICE } from './encode-slices.js';

/** Reads a file, in Node, slice by slice; leaving it closes the file. */
export const readFile = (path: string | URL): Observable<Uint8Array> =>
  abortable(
    // Safe: a stream without an encoding reads bytes.
    (signal) => createReadStream(path, { signal, highWaterMark: SLICE }) as AsyncIterable<Uint8Array>,
  );
