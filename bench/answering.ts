/** What is asked for wherever a request is made. */
export const REQUEST = { model: 'gemini-3-flash-preview', input: 'Count.' } as const;

/** A `fetch` that answers each request with this stream, from memory, a chunk whenever one is asked for. */
export const answering = (chunks: readonly Uint8Array[]): typeof fetch => {
  const bodyOf = (): ReadableStream<Uint8Array> => {
    let at = 0;
    return new ReadableStream({
      pull: (controller) => {
        const chunk = chunks[at];
        at += 1;
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    });
  };
  return () => Promise.resolve(new Response(bodyOf(), { headers: { 'content-type': 'text/event-stream' } }));
};
