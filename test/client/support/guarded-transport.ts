import { fetchTransport, type Transport } from 'rx-interactions';
import type { Emulator } from 'rx-interactions/emulator';

/** A request as the guard saw it. */
export interface GuardedRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly userProject: string | undefined;
}

const REFUSAL = {
  error: {
    code: 401,
    status: 'AUTHENTICATION',
    message: 'Request had invalid authentication credentials. Expected OAuth 2 access token.',
  },
};

/** An emulator behind a guard who lets in only those with one of the bearer tokens, which may change meanwhile. */
export const guardedTransport = (
  emulator: Emulator,
  valid: ReadonlySet<string>,
): { readonly transport: Transport; readonly requests: readonly GuardedRequest[] } => {
  const requests: GuardedRequest[] = [];
  const transport = fetchTransport({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
      requests.push({
        method: request.method,
        path: new URL(request.url).pathname,
        token,
        userProject: request.headers.get('x-goog-user-project') ?? undefined,
      });
      return token !== undefined && valid.has(token)
        ? emulator.fetch(request)
        : Response.json(REFUSAL, { status: 401 });
    },
  });
  return { transport, requests };
};
