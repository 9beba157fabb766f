import { DecodeError } from '../errors/index.js';
import { bytesOfBase64 } from './join-base64.js';

/** The bytes of base64 text. Throws `DecodeError` where it is not base64, or ends within a byte. */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = bytesOfBase64(text);
  if (binary === undefined) {
    throw new DecodeError('malformed', text.slice(0, 100), [{ path: 'delta.data', expected: 'base64' }]);
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

/** How many bytes become text at once: arguments are limited. */
const SLICE = 8192;

/** Bytes as base64 text. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.byteLength; at += SLICE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  }
  return btoa(binary);
};
