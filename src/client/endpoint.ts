import { CredentialsError, RequestError } from '../errors/index.js';
import type { ClientConfig } from './client-config.js';
import { environment, presence } from './environment.js';
import { hasCredentials, type HeaderMap } from './headers.js';

const DEFAULT_BASE_URL = 'https://generativelanguage.googleapis.com';

const versionOf = ({ apiVersion }: ClientConfig): string => {
  const version = presence(apiVersion) ?? environment('GOOGLE_GENAI_API_VERSION') ?? 'v1beta';
  return version === 'beta' ? 'v1beta' : version;
};

/** The base as an absolute address: against the page in a browser, where it may be relative. */
const baseOf = ({ baseUrl }: ClientConfig): URL => {
  const base = presence(baseUrl) ?? environment('GOOGLE_GEMINI_BASE_URL') ?? DEFAULT_BASE_URL;
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  try {
    return new URL(base, location?.href);
  } catch (cause) {
    throw new RequestError(
      ['baseUrl'],
      `baseUrl is no address: ${JSON.stringify(base)}; outside a browser it must be absolute`,
      { cause },
    );
  }
};

/** One segment of a path. An empty id names nothing: interactions that are not stored have none (wire-format 3.2). */
const segment = (id: string): string => {
  if (id === '') {
    throw new RequestError(['id'], 'The id is empty; an interaction that is not stored (store: false) has none');
  }
  // The two that mean another place, and what UTF-8 cannot hold: nothing that a server has ever called an interaction.
  if (id === '.' || id === '..' || /\p{Surrogate}/u.test(id)) {
    throw new RequestError(['id'], `${JSON.stringify(id)} is not the id of an interaction`);
  }
  return encodeURIComponent(id);
};

export interface Place {
  readonly id?: string;
  readonly action?: 'cancel';
  readonly query?: Readonly<Record<string, string>>;
}

/** The address of the collection, of one interaction, or of what can be done to it (wire-format 1.1). */
export const endpoint = (config: ClientConfig, { id, action, query = {} }: Place): URL => {
  const base = baseOf(config);
  const path = [
    versionOf(config),
    'interactions',
    ...(id === undefined ? [] : [segment(id)]),
    ...(action ? [action] : []),
  ];
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/${path.join('/')}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
};

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(hostname);

/** Credentials travel encrypted, or not further than this machine. */
export const refuseInsecure = (url: URL, headers: HeaderMap): void => {
  if (hasCredentials(headers) && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new CredentialsError(
      'insecure',
      `Credentials would go to ${url.origin} unencrypted; use https:, a loopback address, or apiKey: null`,
    );
  }
};
