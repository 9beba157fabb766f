import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { MediaBlock } from 'rx-interactions';
import { defer, map, type Observable, of } from 'rxjs';

/** A new folder among the temporary ones, which stays. */
export const makeFolder = (): Observable<string> => defer(() => mkdtemp(path.join(tmpdir(), 'rx-interactions-')));

/** `image/jpeg` → `jpeg`. */
const endingOf = (mimeType: string | undefined): string => /^\w+\/(\w+)/.exec(mimeType ?? '')?.[1] ?? 'bin';

/** Writes a block into a folder, named for its place in the answer; emits the file, or where to fetch what came by reference. */
export const saveMedia = (
  folder: string,
  { position, block, mimeType, bytes, uri = '' }: MediaBlock,
): Observable<string> => {
  if (bytes === undefined) return of(uri);
  const file = path.join(folder, `${position}-${block}.${endingOf(mimeType)}`);
  return defer(() => writeFile(file, bytes)).pipe(map(() => file));
};
