import { isRecord } from '../../internal/is-record.js';

const decoder = new TextDecoder();

const FIELD = /^(event|data): ?(.*)$/gm;

/** A message of an event stream of ours, taken apart. */
export interface Message {
  readonly event: string | undefined;
  readonly data: string;
}

/** The message that a chunk of a stream is; `undefined` if it is something else (scripts write what they like). */
export const messageIn = (chunk: Uint8Array): Message | undefined => {
  const fields = [...decoder.decode(chunk).matchAll(FIELD)];
  const valuesOf = (name: string): readonly string[] =>
    fields.flatMap(([, field, value = '']) => (field === name ? value : []));
  const data = valuesOf('data');
  return data.length === 0 ? undefined : { event: valuesOf('event')[0], data: data.join('\n') };
};

/** The event that a message's data are the JSON of. */
export const eventIn = (chunk: Uint8Array): Readonly<Record<string, unknown>> | undefined => {
  try {
    const event: unknown = JSON.parse(messageIn(chunk)?.data ?? '');
    return isRecord(event) ? event : undefined;
  } catch {
    return undefined;
  }
};
