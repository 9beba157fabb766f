import { CredentialsError } from '../errors/index.js';
import type { ClientConfig } from './client-config.js';
import { type EnterpriseConfig, enterpriseSite, type Site } from './enterprise.js';
import { environment, presence } from './environment.js';
import { hasCredentials, type HeaderMap } from './headers.js';
import { refuseRequest } from './refuse-request.js';

const DEFAULT_BASE_URL = 'https://generativelanguage.googleapis.com';

/** What comes before the version, and what comes between it and `interactions`. */
const siteOf = (config: ClientConfig, enterprise: EnterpriseConfig | undefined): Site => {
  const given = presence(config.baseUrl);
  return enterprise
    ? enterpriseSite(enterprise, given)
    : { baseUrl: given ?? environment('GOOGLE_GEMINI_BASE_URL') ?? DEFAULT_BASE_URL, parent: [] };
};

const versionOf = (config: ClientConfig, enterprise: EnterpriseConfig | undefined): string => {
  const beta = enterprise ? 'v1beta1' : 'v1beta';
  const version = presence(config.apiVersion) ?? environment('GOOGLE_GENAI_API_VERSION') ?? beta;
  return version === 'beta' ? beta : version;
};

/** The base as an absolute address: against the page in a browser, where it may be relative. */
const absolute = (baseUrl: string): URL => {
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  try {
    return new URL(baseUrl, location?.href);
  } catch (cause) {
    return refuseRequest(
      ['baseUrl'],
      `baseUrl is no address: ${JSON.stringify(baseUrl)}; outside a browser it must be absolute`,
      cause,
    );
  }
};

/** A name as one segment of a path. Refused are the two that mean another place, and what UTF-8 cannot hold. */
const segment = (name: string, field: string, what: string): string =>
  name === '.' || name === '..' || /\p{Surrogate}/u.test(name)
    ? refuseRequest([field], `${JSON.stringify(name)} is not ${what}`)
    : encodeURIComponent(name);

/** An empty id names nothing: interactions that are not stored have none (wire-format 3.2). */
const idSegment = (id: string): string =>
  id === ''
    ? refuseRequest(['id'], 'The id is empty; an interaction that is not stored (store: false) has none')
    : segment(id, 'id', 'the id of an interaction');

export interface Place {
  readonly id?: string;
  readonly action?: 'cancel';
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** The address of the collection, of one interaction, or of what can be done to it (wire-format 1.1, 1.4). */
export const endpoint = (
  config: ClientConfig,
  enterprise: EnterpriseConfig | undefined,
  { id, action, query = {} }: Place,
): URL => {
  const { baseUrl, parent } = siteOf(config, enterprise);
  const base = absolute(baseUrl);
  const path = [
    versionOf(config, enterprise),
    ...parent.map((name) => segment(name, 'enterprise', 'the name of a project or a location')),
    'interactions',
    ...(id === undefined ? [] : [idSegment(id)]),
    ...(action ? [action] : []),
  ];
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/${path.join('/')}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
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
