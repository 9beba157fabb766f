import { InteractionError } from './interaction-error.js';

/** One message of the event stream is larger than `maxFrameBytes`. */
export class FrameError extends InteractionError {
  override readonly name = 'FrameError';
  /** The limit, in bytes. */
  readonly maxFrameBytes: number;

  constructor(maxFrameBytes: number) {
    super(
      'frame_too_large',
      `A message of the event stream is larger than ${maxFrameBytes} bytes; raise limits.maxFrameBytes if that is expected`,
    );
    this.maxFrameBytes = maxFrameBytes;
  }
}
