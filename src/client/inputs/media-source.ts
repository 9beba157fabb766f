import { RequestError } from '../../errors/index.js';

/**
 * Where an image, sound, video or document is.
 *
 * - **Bytes**: an `ArrayBuffer`, a `Uint8Array` or any other view of one, a `Blob`, a `File`. They are sent inline.
 * - **A uri**: a `URL`, or text that begins with a scheme (`https:`, `gs:`, the address that the Files API gave). The server
 *   fetches it. A `data:` URL is sent inline.
 * - **A path**, in Node: any other text, or a `file:` URL. The file is read and sent inline. A path whose first part has a
 *   colon in it needs a `./` before it; `C:\…` does not.
 */
export type MediaSource = ArrayBuffer | ArrayBufferView | Blob | URL | string;

/** A source, by what has to be done with it. */
export type ClassifiedSource =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'blob'; readonly blob: Blob }
  | { readonly is: 'file'; readonly path: string | URL }
  | { readonly is: 'data'; readonly url: string }
  | { readonly is: 'uri'; readonly uri: string };

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice('[object '.length, -1);

const isBuffer = (value: unknown): value is ArrayBuffer => /^(?:Shared)?ArrayBuffer$/.test(tagOf(value));

const isBlob = (value: unknown): value is Blob => /^(?:Blob|File)$/.test(tagOf(value));

const isUrl = (value: unknown): value is URL => tagOf(value) === 'URL';

/** One letter is a drive. */
const schemeOf = (text: string): string | undefined => /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();

const classifyText = (text: string): ClassifiedSource => {
  switch (schemeOf(text)) {
    case undefined:
      return { is: 'file', path: text };
    case 'file':
      return { is: 'file', path: new URL(text) };
    case 'data':
      return { is: 'data', url: text };
    case 'blob':
      throw new RequestError(['source'], 'Nobody but this page knows a blob: URL; pass the Blob that it was made of');
    default:
      return { is: 'uri', uri: text };
  }
};

const refused = (what: string): RequestError =>
  new RequestError(['source'], `The source is ${what}; pass bytes, a Blob, a URL, a uri or, in Node, a path`);

/** Says what a source is. By its tag and not by `instanceof`, which fails for what another realm has made. */
export const classifySource = (source: MediaSource): ClassifiedSource => {
  if (source === '') throw refused('empty');
  if (typeof source === 'string') return classifyText(source);
  if (isUrl(source)) return classifyText(source.href);
  if (isBlob(source)) return { is: 'blob', blob: source };
  if (isBuffer(source)) return { is: 'bytes', bytes: new Uint8Array(source) };
  if (ArrayBuffer.isView(source)) {
    return { is: 'bytes', bytes: new Uint8Array(source.buffer, source.byteOffset, source.byteLength) };
  }
  throw refused(tagOf(source));
};
