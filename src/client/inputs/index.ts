/*
 * What goes into a request beside text. Reading and encoding are work like any other: they begin when somebody subscribes,
 * and end when they leave.
 */
export { text } from './text.js';
export { imageFrom, type ImageFromConfig } from './image-from.js';
export { audioFrom, type AudioFromConfig } from './audio-from.js';
export { videoFrom, type VideoFromConfig } from './video-from.js';
export { documentFrom, type DocumentFromConfig } from './document-from.js';
export { contentFrom, type ContentPart } from './content-from.js';
export type { MediaSource } from './media-source.js';
