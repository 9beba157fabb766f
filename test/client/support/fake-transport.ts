import type { Transport, TransportRequest } from 'rx-interactions';
import { concat, defer, from, map, type Observable, of, throwError } from 'rxjs';

/** An answer that is there at once. */
export interface Answer {
  /** @defaultValue 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The pieces of the body as text; or a value, to be sent as JSON. */
  readonly body?: readonly string[] | object;
  /** How the body ends, where it does not just end. */
  readonly fault?: unknown;
}

const encoder = new TextEncoder();

const bytesOf = ({ body = [], fault }: Answer): Observable<Uint8Array> => {
  const pieces: readonly string[] = Array.isArray(body) ? (body as readonly string[]) : [JSON.stringify(body)];
  return concat(
    from(pieces).pipe(map((piece) => encoder.encode(piece))),
    fault === undefined ? [] : throwError(() => fault),
  );
};

/** A transport that answers in the same tick, without any network, and keeps the requests it was given. */
export const fakeTransport = (
  answer: Answer | ((request: TransportRequest, place: number) => Answer) = { body: {} },
): { readonly transport: Transport; readonly requests: readonly TransportRequest[] } => {
  const requests: TransportRequest[] = [];
  const transport: Transport = (request) =>
    defer(() => {
      const given = typeof answer === 'function' ? answer(request, requests.length) : answer;
      requests.push(request);
      const { status = 200, headers = {} } = given;
      return of({
        status,
        headers: new Headers({ 'content-type': 'application/json', ...headers }),
        body: bytesOf(given),
      });
    });
  return { transport, requests };
};

/** What a request asks for, as JSON. */
export const bodyOf = ({ body = '{}' }: TransportRequest): unknown => JSON.parse(body);

/** A message of an event stream: of an event, or of text that is not even JSON. */
export const frame = (data: object | string): string => {
  if (typeof data === 'string') return `data: ${data}\n\n`;
  const name = 'event_type' in data ? `event: ${String(data.event_type)}\n` : '';
  return `${name}data: ${JSON.stringify(data)}\n\n`;
};

export const DONE = 'event: done\ndata: [DONE]\n\n';

/** An event stream: each message a piece of its own. Text is put there as it is. */
export const eventStream = (...messages: readonly (object | string)[]): Answer => ({
  headers: { 'content-type': 'text/event-stream' },
  body: messages.map((message) => (typeof message === 'string' ? message : frame(message))),
});
