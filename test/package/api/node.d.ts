// What index.d.ts declares is not repeated here.

import { Dispatcher } from 'undici';

import { Observable } from 'rxjs';

interface UndiciTransportConfig {
  readonly dispatcher?: Dispatcher;
}

declare const undiciTransport: ({ dispatcher }?: UndiciTransportConfig) => Transport;

export { undiciTransport };

export type { UndiciTransportConfig };
