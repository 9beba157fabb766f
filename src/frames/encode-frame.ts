import type { SseFrame } from './sse-frame.js';

const encoder = new TextEncoder();

/** Writes one message of an event stream, with the blank line that ends it. */
export const encodeFrame = ({ data, event, id }: SseFrame): Uint8Array => {
  const head = (event === undefined ? '' : `event: ${event}\n`) + (id === undefined ? '' : `id: ${id}\n`);
  return encoder.encode(`${head}data: ${data.replace(/\r\n|\r|\n/g, '\ndata: ')}\n\n`);
};
