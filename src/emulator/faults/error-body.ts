import { codeOfStatus } from '../../protocol/index.js';

/**
 * The shapes in which errors have been answered (wire-format 12.1). `code`: an error with a code that is a word. `rpc`: with
 * a number and a status, as Google's other services do. `array`: that in an array. `empty`: no body. `html`, `text`: what
 * proxies say.
 */
export type ErrorShape = 'code' | 'rpc' | 'array' | 'empty' | 'html' | 'text';

/** Which shape, and what stands in it. */
export interface ErrorBodyConfig {
  readonly shape: ErrorShape;
  readonly code?: string | undefined;
  readonly message: string;
}

/** A body, and what it is. */
export interface TypedBody {
  readonly body: string;
  readonly contentType: string | undefined;
}

const RPC_STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const JSON_TYPE = 'application/json; charset=UTF-8';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An error of that status, in that shape. */
export const errorBody = (status: number, { shape, code, message }: ErrorBodyConfig): TypedBody => {
  const json = (value: unknown): TypedBody => ({ body: JSON.stringify(value), contentType: JSON_TYPE });
  const word = code ?? codeOfStatus(status);
  const rpc = { code: status, message, status: code ?? RPC_STATUSES[status] ?? word.toUpperCase(), details: [] };
  switch (shape) {
    case 'code':
      return json({ error: { code: word, message } });
    case 'rpc':
      return json({ error: rpc });
    case 'array':
      return json([{ error: rpc }]);
    case 'empty':
      return { body: '', contentType: undefined };
    case 'html':
      return {
        body: `<!doctype html><html><head><title>${status}</title></head><body><h1>${escaped(message)}</h1></body></html>`,
        contentType: 'text/html; charset=UTF-8',
      };
    case 'text':
      return { body: message, contentType: 'text/plain; charset=UTF-8' };
  }
};
