import { map, type Observable, type SchedulerLike } from 'rxjs';

import type { AudioContent } from '../../protocol/index.js';
import { locateMedia } from './locate-media.js';
import type { MediaSource } from './media-source.js';

export interface AudioFromConfig {
  /**
   * What kind of sound it is, like `audio/wav`. Sent as it is. Samples without a header have to say it: `audio/l16`.
   *
   * @defaultValue what a Blob says of itself, else what the first bytes say, else the name
   */
  readonly mime_type?: string | undefined;
  /** Samples per second, in Hz, where no header says it. @defaultValue not sent */
  readonly sample_rate?: number | undefined;
  /** How many channels there are, where no header says it. @defaultValue not sent */
  readonly channels?: number | undefined;
  /** What gives other work its turn while a large sound is encoded. @defaultValue a message to itself */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Makes a block of sound: bytes, a Blob or File, a URL or uri, and in Node a path (see {@link MediaSource}).
 *
 * Reads, encodes and errors as `imageFrom` does. What a browser's recorder gives can be passed as it is: the type of its Blob
 * is spelled as the API does (`audio/webm;codecs=opus` becomes `audio/webm`).
 *
 * ```text
 * voice.wav                   -x-y-z|
 * audioFrom('voice.wav')      ------(a|)     a: { type: 'audio', mime_type: 'audio/wav', data: '…' }
 * ```
 *
 * @example Samples without a header
 * ```ts
 * audioFrom(new Int16Array(24_000), { mime_type: 'audio/l16', sample_rate: 24_000, channels: 1 })
 *   .pipe(switchMap((sound) => client.stream({ model, input: [text('What do you hear?'), sound] })))
 *   .subscribe();
 * ```
 */
export function audioFrom(
  source: MediaSource,
  { scheduler, ...members }: AudioFromConfig = {},
): Observable<AudioContent> {
  return locateMedia('audio', source, { mimeType: members.mime_type, scheduler }).pipe(
    map((media): AudioContent => ({ type: 'audio', ...members, ...media })),
  );
}
