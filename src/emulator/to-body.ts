import type { Observable } from 'rxjs';

/** What becomes of a body. */
export interface BodyConfig {
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  readonly onEnd: (how: 'complete' | 'aborted') => void;
  /** Is told of what is read. */
  readonly onBytes: (bytes: number) => void;
}

const joined = (chunks: readonly Uint8Array[]): Uint8Array => {
  const [first = new Uint8Array()] = chunks;
  if (chunks.length <= 1) return first;
  const bytes = new Uint8Array(chunks.reduce((size, { byteLength }) => size + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
};

/**
 * A body that is written as its source emits; what nobody has read yet is given as one chunk. Whoever cancels it, or aborts
 * its signal, unsubscribes from the source before that call returns.
 */
export const toBody = (
  source: Observable<Uint8Array>,
  { signal, onEnd, onBytes }: BodyConfig,
): ReadableStream<Uint8Array> => {
  // Kept here and not in the queue of the stream, which takes quadratic time when it gets long.
  let unread: Uint8Array[] = [];
  let finish: (() => void) | undefined;
  let leave: () => void = () => undefined;

  const flush = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    if ((controller.desiredSize ?? 0) <= 0) return;
    if (unread.length > 0) {
      const bytes = joined(unread);
      unread = []; // first: giving it may make the reader ask for more at once
      onBytes(bytes.byteLength);
      controller.enqueue(bytes);
    } else {
      finish?.(); // only when all has been read: an error would throw away what has not
    }
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const abort = (): void => {
        leave();
        controller.error(signal.reason);
      };
      const end = (how: 'complete' | 'aborted'): void => {
        signal.removeEventListener('abort', abort);
        onEnd(how);
      };
      const finishWith = (last: () => void): void => {
        end('complete');
        finish = last;
        flush(controller);
      };
      signal.addEventListener('abort', abort);
      const subscription = source.subscribe({
        next: (bytes) => {
          unread.push(bytes);
          flush(controller);
        },
        error: (error: unknown) => {
          finishWith(() => {
            controller.error(error);
          });
        },
        complete: () => {
          finishWith(() => {
            controller.close();
          });
        },
      });
      leave = () => {
        if (subscription.closed) return;
        subscription.unsubscribe();
        end('aborted');
      };
    },
    pull: flush,
    cancel() {
      leave();
    },
  });
};
