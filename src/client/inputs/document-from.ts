import { map, type Observable, type SchedulerLike } from 'rxjs';

import type { DocumentContent } from '../../protocol/index.js';
import { locateMedia } from './locate-media.js';
import type { MediaSource } from './media-source.js';

export interface DocumentFromConfig {
  /**
   * What kind of document it is, like `application/pdf`. Sent as it is.
   *
   * @defaultValue what a Blob says of itself, else what the first bytes say, else the name
   */
  readonly mime_type?: string | undefined;
  /** What gives other work its turn while a large document is encoded. @defaultValue a message to itself */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Makes a block of a document: bytes, a Blob or File, a URL or uri, and in Node a path (see {@link MediaSource}).
 *
 * Reads, encodes and errors as `imageFrom` does. Of the formats only PDF can be told from its first bytes; bytes of any other
 * need a name or `mime_type`.
 *
 * ```text
 * report.pdf                  -x-y-z|
 * documentFrom('report.pdf')  ------(d|)     d: { type: 'document', mime_type: 'application/pdf', data: '…' }
 * ```
 *
 * @example A table
 * ```ts
 * documentFrom(new TextEncoder().encode('city,celsius\nParis,21'), { mime_type: 'text/csv' })
 *   .pipe(switchMap((table) => client.stream({ model, input: [table, text('Where is it warm?')] })))
 *   .subscribe();
 * ```
 */
export function documentFrom(
  source: MediaSource,
  { scheduler, ...members }: DocumentFromConfig = {},
): Observable<DocumentContent> {
  return locateMedia('document', source, { mimeType: members.mime_type, scheduler }).pipe(
    map((media): DocumentContent => ({ type: 'document', ...members, ...media })),
  );
}
