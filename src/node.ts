export { undiciTransport, type UndiciTransportConfig } from './transport/undici-transport.js';
