import type { Observable } from 'rxjs';

import type { Refusal } from './refusal.js';

/** What is answered to a request, before it is a `Response`. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** All at once, or as it happens. */
  readonly body: string | Observable<Uint8Array> | null;
  /** Says that the connection is about to be lost rather than left: what is answered about goes on without it. */
  readonly goOn?: (() => void) | undefined;
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(value),
});

/** An event stream: every chunk is one message. */
export const eventStream = (body: Observable<Uint8Array>, goOn?: () => void): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
  body,
  goOn,
});

/** JSON that is written as it comes. */
export const jsonStream = (body: Observable<Uint8Array>, goOn?: () => void): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=UTF-8' },
  body,
  goOn,
});

export const refused = ({ status, code, message }: Refusal, headers?: Readonly<Record<string, string>>): Answer =>
  json({ error: { code, message } }, status, headers);

const typeOfText = (text: string): string => (text.trimStart().startsWith('<') ? 'text/html' : 'text/plain');

/** Another answer than an interaction. */
export const anyAnswer = (status: number, body: unknown, headers: Readonly<Record<string, string>>): Answer => {
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (body === undefined) return { status, headers: lowerCase, body: null };
  if (typeof body !== 'string') return json(body, status, lowerCase);
  return { status, headers: { 'content-type': `${typeOfText(body)}; charset=UTF-8`, ...lowerCase }, body };
};
