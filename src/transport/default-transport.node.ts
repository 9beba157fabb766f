import type { Transport } from './transport.js';
import { undiciTransport } from './undici-transport.js';

/** The transport of a client that was not given one, in Node: undici. */
export const defaultTransport = (): Transport => undiciTransport();
