import { isInstalled } from '../peer-packages.js';
import { bundled, messageOf, startProcess } from '../runner-process.js';
import { type ReaderName, readers } from './readers.js';
import type { Round } from './rounds.js';
import type { ServerMessage } from './server.js';
import type { Route, Sizes } from './streams.js';

/** The best of what a reader has shown over sockets. */
export interface LoopbackFigure {
  readonly route: Route;
  readonly reader: string;
  /** In µs, by name; `undefined` for a peer that is not installed. */
  readonly best: Round | undefined;
  /** Each as many times what the raw reader takes. */
  readonly ratios: Round;
}

const ROUNDS = 9;
const WARM_UPS = 1;

const ROUTES = ['throughput', 'latency', 'first', 'together'] as const satisfies readonly Route[];

/** 500 streams at once are asked of those whose processor time is compared. */
const takesPart = (route: Route, reader: string): boolean => route !== 'together' || reader !== 'vercel';

const sizesOf = (isQuick: boolean): Sizes =>
  isQuick
    ? { throughput: 2_000, latency: 50, together: { streams: 50, events: 5 } }
    : { throughput: 50_000, latency: 300, together: { streams: 500, events: 40 } };

const least = (a: Round | undefined, b: Round): Round =>
  Object.fromEntries(Object.entries(b).map(([name, value]) => [name, Math.min(a?.[name] ?? Infinity, value)]));

const ratiosOf = (best: Round | undefined, raw: Round | undefined): Round =>
  Object.fromEntries(Object.entries(best ?? {}).map(([name, value]) => [name, value / (raw?.[name] ?? NaN)]));

/** Lets all readers read from a server of its own, in turns, and tells what each has shown at best. */
export const measureLoopback = async (
  isQuick: boolean,
  tell: (figure: LoopbackFigure) => void,
): Promise<readonly LoopbackFigure[]> => {
  const sizes = JSON.stringify(sizesOf(isQuick));
  const server = startProcess(await bundled('loopback/server.ts'), [sizes]);
  const { url } = await messageOf<ServerMessage>(server);
  const program = await bundled('loopback/reader.ts');
  const names = Object.keys(readers) as readonly ReaderName[];
  const entries = names
    .filter(isInstalled)
    .map((reader) => ({ reader, process: startProcess(program, [reader, url, sizes]) }));

  const all: LoopbackFigure[] = [];
  for (const route of ROUTES) {
    const best = new Map<string, Round>();
    for (let round = -WARM_UPS; round < (isQuick ? 1 : ROUNDS); round += 1) {
      for (const entry of entries.filter(({ reader }) => takesPart(route, reader))) {
        entry.process.send(route);
        const shown = await messageOf<Round>(entry.process);
        if (round >= 0) best.set(entry.reader, least(best.get(entry.reader), shown));
      }
    }
    for (const reader of names.filter((name) => takesPart(route, name))) {
      const figure = { route, reader, best: best.get(reader), ratios: ratiosOf(best.get(reader), best.get('raw')) };
      tell(figure);
      all.push(figure);
    }
  }
  for (const { process } of [...entries, { process: server }]) process.disconnect();
  return all;
};
