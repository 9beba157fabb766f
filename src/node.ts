export {
  applicationDefault,
  type ApplicationDefaultConfig,
  type GoogleAuthLike,
} from './client/application-default.js';
export { undiciTransport, type UndiciTransportConfig } from './transport/undici-transport.js';
