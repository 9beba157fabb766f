/**
 * What a request asks of the API.
 *
 * `create` and `stream` start an interaction, answered in JSON or as a stream; `get` and `resume` (`?stream=true`) look at one
 * in these two ways.
 */
export type Operation = 'create' | 'stream' | 'get' | 'resume' | 'cancel' | 'delete';

export const OPERATIONS: readonly Operation[] = ['create', 'stream', 'get', 'resume', 'cancel', 'delete'];
