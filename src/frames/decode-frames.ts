import { createParser } from 'eventsource-parser';
import type { OperatorFunction } from 'rxjs';

import { FrameError } from '../errors/index.js';
import { mapMulti, type Multi } from '../internal/map-multi.js';
import { createUtf8Decoder } from './decode-utf8.js';
import type { SseFrame } from './sse-frame.js';

export interface DecodeFramesConfig {
  /** How large one message may be, in bytes of UTF-8. @defaultValue 64 MiB */
  readonly maxFrameBytes?: number;
}

/** How error JSON begins that is written into a stream without any field name. */
const ERROR_JSON = /^\s*\[?\s*\{\s*"error"/;

/** How much of it is kept, in UTF-16 units: an error is short. */
const MAX_STRAY = 64 * 1024;

/** Pushes the frames that chunks complete, and at the end what is left. */
const createFrameDecoder = (maxFrameBytes: number, push: (frame: SseFrame) => void): Multi<Uint8Array> => {
  let ready: SseFrame[] = [];
  let pushed = 0; // of those that are ready
  let isPushing = false;
  let fault: FrameError | undefined;
  let atEnd = false;
  let stray = ''; // lines of no message since the last one
  const decode = createUtf8Decoder();
  const parser = createParser({
    // Counts UTF-16 units: never more than the bytes, so a frame is not refused too early while it is still arriving.
    maxBufferSize: maxFrameBytes,
    onEvent: (frame) => {
      if (fault) return; // nothing behind a message that was refused
      stray = '';
      if (exceeds(frame.data, maxFrameBytes)) fault ??= new FrameError(maxFrameBytes);
      else ready.push(atEnd ? { ...frame, unterminated: true } : frame);
    },
    onError: ({ type, line }) => {
      if (type === 'max-buffer-size-exceeded') fault ??= new FrameError(maxFrameBytes);
      // Unknown fields are for the standard to ignore; but they may be an error that was never meant to be an event.
      if (type === 'unknown-field' && line !== undefined && stray.length + line.length < MAX_STRAY)
        stray += `${line}\n`;
    },
  });

  let endsLine = true;
  const feed = (piece: string): void => {
    if (piece !== '') endsLine = piece.endsWith('\n');
    if (fault === undefined) parser.feed(piece);
  };

  const pushReady = (): void => {
    isPushing = true;
    for (let frame = ready[pushed]; frame !== undefined; frame = ready[pushed]) {
      pushed += 1;
      push(frame);
    }
    ready = [];
    pushed = 0;
    isPushing = false;
    if (fault) throw fault;
  };

  return {
    next: (chunk) => {
      feed(decode(chunk));
      if (!isPushing) pushReady(); // what makes the source emit more hears it after the frames before it
    },
    complete: () => {
      const rest = decode();
      // Ends the last line: one that nothing ended, or one whose CR the parser holds back because an LF might follow.
      if (rest !== '' || !endsLine) feed(`${rest}\n`);
      atEnd = true;
      feed('\n');
      pushReady();
      if (ERROR_JSON.test(stray)) push({ data: stray, stray: true });
    },
  };
};

/** Whether a text takes more bytes than that in UTF-8; counts them only where it may. */
const exceeds = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && new TextEncoder().encode(text).byteLength > bytes);

/**
 * Splits bytes into the messages of an event stream, however they are cut.
 *
 * `decodeEvents` comes behind it and says what the messages mean; `encodeEvents` is the way back. Line ends of every kind,
 * comments, several `data:` lines and a byte-order mark are the standard's (wire-format 5.1). A message that the stream
 * ends in the middle of is emitted too, marked {@link SseFrame.unterminated}: it may be the whole of the last one.
 *
 * ```text
 * source          -b---b------b--|      bytes
 * decodeFrames()  -f---(ff)---f--(f|)   the last one unterminated
 * ```
 *
 * Errors with {@link FrameError} when a message is larger than `maxFrameBytes`; the messages before it are emitted.
 *
 * @example However the bytes are cut
 * ```ts
 * from(['event: step.stop\nda', 'ta: {}\n', '\n'])
 *   .pipe(
 *     map((text) => new TextEncoder().encode(text)),
 *     decodeFrames(),
 *   )
 *   .subscribe(({ event, data }) => {
 *     console.log(event, data); // step.stop {}
 *   });
 * ```
 */
export function decodeFrames({ maxFrameBytes = 64 * 1024 * 1024 }: DecodeFramesConfig = {}): OperatorFunction<
  Uint8Array,
  SseFrame
> {
  return mapMulti((push) => createFrameDecoder(maxFrameBytes, push));
}
