import { catchError, defer, map, type Observable, of, reduce, type SchedulerLike, throwError } from 'rxjs';

import { readFile } from '#read-file';

import { InteractionError, RequestError } from '../../errors/index.js';
import { describeError } from '../../internal/error-like.js';
import { decodeBase64 } from '../../steps/index.js';
import { readDataUrl } from './data-url.js';
import { encodeSlices, slicesOfBlob, slicesOfBytes } from './encode-slices.js';
import { classifySource, type ClassifiedSource, type MediaSource } from './media-source.js';
import { asSpelled, type MediaKind, mimeTypesOfName, sniffMimeTypes } from './mime-types.js';

/** Media as a block holds them (wire-format 6.4): inline, or by reference. */
export type LocatedMedia =
  { readonly data: string; readonly mime_type: string } | { readonly uri: string; readonly mime_type?: string };

export interface LocateMediaConfig {
  /** What it is, where the caller knows. */
  readonly mimeType: string | undefined;
  readonly scheduler: SchedulerLike | undefined;
}

/** What is known of a source beside its bytes. */
interface Hints {
  readonly given: string | undefined;
  /** What the platform says of it. */
  readonly said?: string | undefined;
  readonly name?: string | undefined;
}

/** Letters of base64 that hold at least as many bytes as {@link sniffMimeTypes} looks at. */
const HEAD_LETTERS = 24;

const kindOf = (mimeType: string): MediaKind => {
  const [top = ''] = mimeType.split('/', 1);
  return top === 'image' || top === 'audio' || top === 'video' ? top : 'document';
};

const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';

/** What inline data are: by what the caller says, the platform, the first bytes, the name; in this order. */
const mimeTypeOf = (kind: MediaKind, { given, said = '', name = '' }: Hints, data: string): string => {
  const spelled = asSpelled(said);
  if (isSet(given)) return given;
  if (spelled !== undefined && kindOf(spelled) === kind) return spelled;
  const known = sniffMimeTypes(decodeBase64(data.slice(0, HEAD_LETTERS))) ?? mimeTypesOfName(name);
  const mimeType = known?.[kind];
  if (mimeType !== undefined) return mimeType;
  const [other = spelled] = Object.values(known ?? {});
  throw new RequestError(
    ['mime_type'],
    other === undefined
      ? `${kind}From cannot tell the format, neither from the first bytes nor from a name; say it: ${kind}From(source, { mime_type: '…' })`
      : `${kind}From was given ${other}; use ${kindOf(other)}From, or say what it is: ${kind}From(source, { mime_type: '…' })`,
  );
};

const inline = (
  slices$: Observable<Uint8Array>,
  kind: MediaKind,
  hints: Hints,
  scheduler: SchedulerLike | undefined,
): Observable<LocatedMedia> =>
  slices$.pipe(
    encodeSlices(scheduler),
    reduce((data, piece) => data + piece, ''),
    map((data) => ({ data, mime_type: mimeTypeOf(kind, hints, data) })),
  );

const locate = (
  kind: MediaKind,
  source: ClassifiedSource,
  { mimeType: given, scheduler }: LocateMediaConfig,
): Observable<LocatedMedia> => {
  switch (source.is) {
    case 'bytes':
      return inline(slicesOfBytes(source.bytes), kind, { given }, scheduler);
    case 'blob': {
      const { blob } = source;
      const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : undefined;
      return inline(slicesOfBlob(blob), kind, { given, said: blob.type, name }, scheduler);
    }
    case 'file':
      return inline(readFile(source.path), kind, { given, name: String(source.path) }, scheduler);
    case 'data': {
      const { mimeType: said, content } = readDataUrl(source.url);
      const hints = { given, said };
      if ('bytes' in content) return inline(slicesOfBytes(content.bytes), kind, hints, scheduler);
      return of({ data: content.base64, mime_type: mimeTypeOf(kind, hints, content.base64) });
    }
    case 'uri': {
      const mime_type = isSet(given) ? given : mimeTypesOfName(source.uri)?.[kind];
      return of({ uri: source.uri, ...(mime_type === undefined ? {} : { mime_type }) });
    }
  }
};

/**
 * Where media are, for a block: reads and encodes what has to go inline. Errors with `RequestError` where a source cannot be
 * read, or its format cannot be told.
 */
export const locateMedia = (
  kind: MediaKind,
  source: MediaSource,
  config: LocateMediaConfig,
): Observable<LocatedMedia> =>
  defer(() => locate(kind, classifySource(source), config)).pipe(
    catchError((cause: unknown) =>
      throwError(() =>
        InteractionError.is(cause)
          ? cause
          : new RequestError(['source'], `The source cannot be read: ${describeError(cause)}`, { cause }),
      ),
    ),
  );
