export { type FetchLike, fetchTransport, type FetchTransportConfig } from './fetch-transport.js';
export type { Transport, TransportRequest, TransportResponse } from './transport.js';
export { withTypedErrors } from './typed-errors.js';
