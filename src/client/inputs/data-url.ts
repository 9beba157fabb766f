import { RequestError } from '../../errors/index.js';

/** What a `data:` URL holds. */
export interface DataUrl {
  /** As it stands there; empty where there is none. */
  readonly mimeType: string;
  /** What comes as base64 is passed on as it is, with the padding it lacks; anything else is bytes. */
  readonly content: { readonly base64: string } | { readonly bytes: Uint8Array };
}

const percentDecoded = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text);
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const hex =
      bytes[at] === 0x25 ? /^[\da-f]{2}$/i.exec(String.fromCharCode(...bytes.subarray(at + 1, at + 3))) : null;
    decoded.push(hex ? Number.parseInt(hex[0], 16) : (bytes[at] ?? 0));
    if (hex) at += 2;
  }
  return Uint8Array.from(decoded);
};

/** Base64 as it may stand in a URL: with white space, escapes, the URL's alphabet, and no padding. */
const asStandardBase64 = (text: string): string => {
  const plain = (text.includes('%') ? decodeURIComponent(text) : text).replace(/[\s=]+/g, '');
  const letters = plain.replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]*$/.test(letters) || letters.length % 4 === 1) {
    throw new RequestError(['source'], 'The data: URL says that it is base64, and is not');
  }
  return letters + '='.repeat((4 - (letters.length % 4)) % 4);
};

/** Reads a `data:` URL. Throws `RequestError` where it is none. */
export const readDataUrl = (url: string): DataUrl => {
  const comma = url.indexOf(',');
  const head = /^data:([^;,]*)((?:;[^,]*)?)$/i.exec(url.slice(0, Math.max(comma, 0)));
  if (!head) throw new RequestError(['source'], 'The data: URL lacks the comma before its data');
  const [, mimeType = '', parameters = ''] = head;
  const data = url.slice(comma + 1);
  return {
    mimeType,
    content: /;\s*base64\s*$/i.test(parameters) ? { base64: asStandardBase64(data) } : { bytes: percentDecoded(data) },
  };
};
