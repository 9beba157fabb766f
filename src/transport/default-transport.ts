import { fetchTransport } from './fetch-transport.js';
import type { Transport } from './transport.js';

/** The transport of a client that was not given one, wherever there is no Node: `fetch`. */
export const defaultTransport = (): Transport => fetchTransport();
