export * from './annotation.js';
export {
  AudioContent,
  Content,
  ContentList,
  DocumentContent,
  ImageContent,
  type MediaContent,
  TextContent,
  type UnknownContent,
  VideoContent,
} from './content.js';
export * from './delta.js';
export * from './event.js';
export * from './generation-config.js';
export * from './interaction.js';
export type { OpenEnum } from './primitives.js';
export * from './request.js';
export * from './response-format.js';
export { codeOfStatus, isFaultBody, type ServerFault, serverFaultOf } from './server-fault.js';
export { GoogleMapsResultItem, GoogleSearchResultItem, UrlContextResultItem } from './server-tool.js';
export type { Codec } from './codec.js';
export type { Cursor, CursorState, CursorStep } from './cursor.js';
export { Shape, type ShapeOf } from './shape.js';
export * from './status.js';
export * from './step.js';
export type { TaggedUnion, Unknown } from './tagged-union.js';
export * from './tool.js';
export type { TurnMark } from './turn-mark.js';
export * from './usage.js';
