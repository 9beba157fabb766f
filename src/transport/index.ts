export { type FetchLike, fetchTransport, type FetchTransportConfig } from './fetch-transport.js';
export { wasNeverSent } from './never-sent.js';
export type { Transport, TransportRequest, TransportResponse } from './transport.js';
export { withTypedErrors } from './typed-errors.js';
