/** The emulator that scripts/soak/streams.ts talks to: a process of its own, whose memory is not measured. */
import { createEmulator, type Emulator, fault, type FaultEntry, type Listening } from 'rx-interactions/emulator';

import { createRandom } from '../../bench/random.js';
import type { ServerMessage } from './streams.js';

const random = createRandom(20260520);
const chance = (): number => random.between(0, 999_999) / 1_000_000;

/** The part of requests that each kind of fault hits. */
const SHARE = 0.02;

/** Nobody can connect at first; then a part of all requests goes wrong, each kind in so many. */
const faults = (): readonly FaultEntry[] => [
  { fault: fault.refuse(100) },
  ...[
    fault.reset(),
    fault.status(503, { retryAfterMs: 5 }),
    fault.status(429, { shape: 'rpc', retryAfterMs: 5 }),
    fault.status(500, { shape: 'html' }),
    fault.status(400, { shape: 'array' }),
    fault.page(),
    fault.redirect(),
    fault.slowHeaders(50),
    fault.cut({ events: random.between(1, 9) }, 'end'),
    fault.cut({ events: random.between(1, 9) }, 'reset'),
    fault.cut({ bytes: random.between(0, 900) }, 'reset'),
    fault.stall({ events: 3 }),
    fault.drip(),
    fault.split(),
    fault.duplicate(2),
    fault.eventIds(3),
    fault.eventIds(),
    fault.malformed(4),
    fault.oversized(50_000, 3),
    fault.errorEvent(4, 'internal', 'Something broke'),
    fault.emptyErrorEvent(4),
    fault.rawError(4),
    fault.noDone(),
    fault.noBlankLine(),
    fault.contentType('text/plain'),
    fault.json(),
  ].map((each): FaultEntry => ({ when: () => chance() < SHARE, times: Infinity, fault: each })),
];

let emulator: Emulator | undefined;
let listening: Listening | undefined;

const tell = (message: ServerMessage): void => {
  process.send?.(message);
};

const open = async (): Promise<void> => {
  await listening?.close();
  emulator = createEmulator({ pace: 1, random: chance });
  listening = await emulator.listen();
  emulator.faults(...faults());
  tell({ kind: 'open', url: listening.url });
};

/** Says how many requests there were, once none is answered any more. */
const count = async (): Promise<void> => {
  const requests = emulator?.requests ?? [];
  await Promise.all(requests.map(({ ended }) => ended));
  const hit = requests.filter((request) => request.fault !== undefined);
  tell({ kind: 'idle', requests: requests.length, faults: hit.length });
};

process.on('message', (what: 'open' | 'count') => {
  void (what === 'open' ? open() : count());
});
process.on('disconnect', () => {
  process.exit();
});
