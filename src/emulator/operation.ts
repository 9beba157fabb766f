/**
 * What a request asks of the API.
 *
 * `create` and `stream` start an interaction, answered in JSON or as a stream; `get` and `resume` (`?stream=true`) look at one
 * in these two ways. What is asked of the older endpoint is a `stream` where it is answered in messages, and else a `create`.
 */
export type Operation = 'create' | 'stream' | 'get' | 'resume' | 'cancel' | 'delete';

export const OPERATIONS: readonly Operation[] = ['create', 'stream', 'get', 'resume', 'cancel', 'delete'];
