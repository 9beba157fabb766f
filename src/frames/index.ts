export { decodeFrames, type DecodeFramesConfig } from './decode-frames.js';
export { encodeFrame } from './encode-frame.js';
export type { SseFrame } from './sse-frame.js';
