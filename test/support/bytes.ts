const encoder = new TextEncoder();

/** Text as the bytes of UTF-8. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** The text of a chunk. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Bytes in pieces, cut before each of these places, in whatever order and however often they are named. */
export const cutAt = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
  const edges = [...new Set(places)].filter((place) => place > 0 && place < bytes.length).sort((a, b) => a - b);
  return [0, ...edges].map((start, at) => bytes.subarray(start, edges[at] ?? bytes.length));
};

/** Bytes in pieces of one length. */
export const inPiecesOf = (length: number, bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) => bytes.subarray(at * length, (at + 1) * length));

/** Messages as the server frames them: `event:`, `data:`, a blank line, and `[DONE]` at the end. */
export const eventStream = (messages: readonly object[]): Uint8Array =>
  utf8(
    [
      ...messages.map((message) => {
        const name = 'event_type' in message ? `event: ${String(message.event_type)}\n` : '';
        return `${name}data: ${JSON.stringify(message)}\n\n`;
      }),
      'event: done\ndata: [DONE]\n\n',
    ].join(''),
  );
