import { map, type Observable, type SchedulerLike } from 'rxjs';

import type { ImageContent } from '../../protocol/index.js';
import { locateMedia } from './locate-media.js';
import type { MediaSource } from './media-source.js';

export interface ImageFromConfig {
  /**
   * What kind of image it is, like `image/png`. Sent as it is.
   *
   * @defaultValue what a Blob says of itself, else what the first bytes say, else the name
   */
  readonly mime_type?: string | undefined;
  /** How closely the model looks at it. @defaultValue left to the server */
  readonly resolution?: ImageContent['resolution'];
  /** What gives other work its turn while a large image is encoded. @defaultValue a message to itself */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Makes a block of an image: bytes, a Blob or File, a URL or uri, and in Node a path (see {@link MediaSource}).
 *
 * `audioFrom`, `videoFrom` and `documentFrom` do the same for other media; `contentFrom` puts blocks and text together.
 * Files are read, and bytes encoded, slice by slice: other work has its turn in between, and unsubscribing stops it. A uri
 * is passed on, and not looked at.
 *
 * ```text
 * a.png                       -x-y-z|
 * imageFrom('a.png')          ------(i|)     i: { type: 'image', mime_type: 'image/png', data: '…' }
 *
 * imageFrom('https://a/b')    (i|)           i: { type: 'image', uri: 'https://a/b' }
 * ```
 *
 * Errors with `RequestError` where the source cannot be read, or where nothing tells what kind of image it is.
 *
 * @example A question about an image
 * ```ts
 * const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
 * imageFrom(png)
 *   .pipe(switchMap((image) => client.stream({ model, input: [image, text('What is this?')] })))
 *   .subscribe();
 * ```
 *
 * @example Wherever a promise is more convenient
 * ```ts
 * const image = await firstValueFrom(imageFrom('https://example.com/cat.png'));
 * console.log(image.uri); // https://example.com/cat.png
 * ```
 */
export function imageFrom(
  source: MediaSource,
  { scheduler, ...members }: ImageFromConfig = {},
): Observable<ImageContent> {
  return locateMedia('image', source, { mimeType: members.mime_type, scheduler }).pipe(
    map((media): ImageContent => ({ type: 'image', ...members, ...media })),
  );
}
