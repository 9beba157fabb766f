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
  /** The HTTP status that was answered; `undefined` before. */
  readonly status: number | undefined;
  /** Whether it is still being answered. */
  readonly open: boolean;
  /** Whether the client left before the answer was complete. */
  readonly aborted: boolean;
  /** Resolves when the answer is complete or given up, or the client has left. */
  readonly ended: Promise<void>;
}

/** A request in the log while it is worked on. */
export interface LogLine {
  readonly body: (value: unknown) => void;
  readonly answered: (status: number) => void;
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

/** Opens a line for a request. */
export const logRequest = (log: LoggedRequest[], { method, headers }: Request, url: URL): LogLine => {
  let end: () => void = () => undefined;
  const entry = {
    method,
    path: url.pathname,
    query: withoutSecrets(url.searchParams),
    headers: withoutSecrets(headers),
    body: undefined as unknown,
    status: undefined as number | undefined,
    open: true,
    aborted: false,
    ended: new Promise<void>((resolve) => {
      end = resolve;
    }),
  };
  log.push(entry);
  return {
    body: (value) => {
      entry.body = value;
    },
    answered: (status) => {
      entry.status = status;
    },
    end: (how) => {
      if (!entry.open) return;
      entry.open = false;
      entry.aborted = how === 'aborted';
      end();
    },
  };
};
