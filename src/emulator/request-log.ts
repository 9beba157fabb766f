import type { AnswerFault } from './fault.js';

/** A request that came, and what became of it. */
export interface LoggedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. Credentials are there, but not their value. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the body is the JSON of; its text if it is no JSON; `undefined` if there is none. */
  readonly body: unknown;
  /** What `faults()` did to it. */
  readonly fault?: AnswerFault | undefined;
  /** The HTTP status that was answered; `undefined` before, and where the connection was lost before there was one. */
  readonly status: number | undefined;
  /** How much of the body of the answer there has been. */
  readonly bytes: number;
  /** Whether it is still being answered. */
  readonly open: boolean;
  /** Whether the client left before the answer was complete. */
  readonly aborted: boolean;
  /** Resolves when the answer is complete or given up, or the client has left. */
  readonly ended: Promise<void>;
}

/** A request in the log while it is worked on. */
export interface LogLine {
  /** The line, as it is by now. */
  readonly request: LoggedRequest;
  readonly hit: (fault: AnswerFault) => void;
  readonly body: (value: unknown) => void;
  readonly answered: (status: number) => void;
  readonly sent: (bytes: number) => void;
  readonly end: (how: 'complete' | 'aborted') => void;
}

const SECRETS: ReadonlySet<string> = new Set([
  'x-goog-api-key',
  'authorization',
  'proxy-authorization',
  'cookie',
  'key',
]);

const withoutSecrets = (entries: Iterable<readonly [string, string]>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from(entries, ([name, value]) => [name, SECRETS.has(name) && value !== '' ? 'redacted' : value]),
  );

/** What is done with the lines. */
export interface LogConfig {
  readonly onRequest: (request: LoggedRequest) => void;
  readonly keptRequests: number;
}

/** Opens a line for a request. */
export const logRequest = (
  log: LoggedRequest[],
  { method, headers }: Request,
  url: URL,
  { onRequest, keptRequests }: LogConfig,
): LogLine => {
  let end: () => void = () => undefined;
  const entry = {
    method,
    path: url.pathname,
    query: withoutSecrets(url.searchParams),
    headers: withoutSecrets(headers),
    body: undefined as unknown,
    fault: undefined as AnswerFault | undefined,
    status: undefined as number | undefined,
    bytes: 0,
    open: true,
    aborted: false,
    ended: new Promise<void>((resolve) => {
      end = resolve;
    }),
  };
  log.push(entry);
  log.splice(0, log.length - keptRequests);
  try {
    onRequest(entry);
  } catch {
    // whoever listens does not decide what is answered
  }
  return {
    request: entry,
    hit: (fault) => {
      entry.fault = fault;
    },
    body: (value) => {
      entry.body = value;
    },
    answered: (status) => {
      entry.status = status;
    },
    sent: (bytes) => {
      entry.bytes += bytes;
    },
    end: (how) => {
      if (!entry.open) return;
      entry.open = false;
      entry.aborted = how === 'aborted';
      end();
    },
  };
};
