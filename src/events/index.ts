export { attempt } from './attempt.js';
export { decodeEvent, issuesOf } from './decode-event.js';
export { decodeEvents, type DecodeEventsConfig } from './decode-events.js';
export { encodeEvent, encodeEvents } from './encode-events.js';
export { fromSdkStream, type SdkStream } from './from-sdk-stream.js';
export { ofEventType } from './of-event-type.js';
export { takeUntilSettled } from './take-until-settled.js';
export { throwOnErrorEvent } from './throw-on-error-event.js';
export { unknownEvents } from './unknown-events.js';
