/**
 * A JSON text read while it arrives: `(state, piece) → state`, with the value so far at any time.
 *
 * Own code, because no parser we know gives snapshots: `@streamparser/json` is fast, but goes on writing to the partial
 * values that it has handed out, and `partial-json` reads everything again for every value.
 */
export { accumulateJson, finishJson } from './accumulate-json.js';
export { type JsonPath, type JsonPathSegment, parseJsonPath } from './json-path.js';
export { initialJson, type JsonFault, type JsonState, watchJson } from './json-state.js';
export { jsonValue } from './json-value.js';
export { LazyJson } from './lazy-json.js';
export { setMember } from './set-member.js';
