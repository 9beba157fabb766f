import { map, type Observable, type SchedulerLike } from 'rxjs';

import type { VideoContent } from '../../protocol/index.js';
import { locateMedia } from './locate-media.js';
import type { MediaSource } from './media-source.js';

export interface VideoFromConfig {
  /**
   * What kind of video it is, like `video/mp4`. Sent as it is.
   *
   * @defaultValue what a Blob says of itself, else what the first bytes say, else the name
   */
  readonly mime_type?: string | undefined;
  /** How closely the model looks at its frames. @defaultValue left to the server */
  readonly resolution?: VideoContent['resolution'];
  /** What it is called. @defaultValue not sent */
  readonly name?: string | undefined;
  /** How it is watched: which part, how many frames per second (wire-format 6.4). @defaultValue left to the server */
  readonly processing?: VideoContent['processing'];
  /** What gives other work its turn while a large video is encoded. @defaultValue a message to itself */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Makes a block of a video: bytes, a Blob or File, a URL or uri, and in Node a path (see {@link MediaSource}).
 *
 * Reads, encodes and errors as `imageFrom` does. Videos are large, and a request is limited: what is longer than a few
 * seconds is better uploaded first, and passed by its uri.
 *
 * ```text
 * clip.mp4                    -x-y-z|
 * videoFrom('clip.mp4')       ------(v|)     v: { type: 'video', mime_type: 'video/mp4', data: '…' }
 * ```
 *
 * @example The part of a video that matters
 * ```ts
 * videoFrom('https://example.com/talk.mp4', { processing: { type: 'static', start_offset: '60s', end_offset: '90s' } })
 *   .pipe(switchMap((video) => client.stream({ model, input: [video, text('What is on the slide?')] })))
 *   .subscribe();
 * ```
 */
export function videoFrom(
  source: MediaSource,
  { scheduler, ...members }: VideoFromConfig = {},
): Observable<VideoContent> {
  return locateMedia('video', source, { mimeType: members.mime_type, scheduler }).pipe(
    map((media): VideoContent => ({ type: 'video', ...members, ...media })),
  );
}
