import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { pathToFileURL } from 'node:url';

import { placeOf } from './place-of.js';
import type { Work } from './work.js';

/** Shares of the processor time, by the name of the place; together 1. */
export type Shares = Readonly<Record<string, number>>;

/** µs between two samples, and ms for which samples are taken. */
const INTERVAL = 100;
const LONG_ENOUGH = 3000;

/** Does the work for a while, and tells where in the code the time went: what each place spent itself, without its callees. */
export const sharesOf = async ({ run }: Work): Promise<Shares> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await session.post('Profiler.start');
  for (const start = performance.now(); performance.now() - start < LONG_ENOUGH;) await run();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();

  const sourceOf = createSourceFinder();
  const places = new Map(profile.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame, sourceOf(callFrame))]));
  const times = new Map<string, number>();
  let total = 0;
  profile.samples?.forEach((id, at) => {
    const place = places.get(id);
    const time = profile.timeDeltas?.[at] ?? 0;
    if (place === undefined) return;
    times.set(place, (times.get(place) ?? 0) + time);
    total += time;
  });
  return Object.fromEntries([...times].map(([place, time]) => [place, time / total]));
};

/** Finds the file that a place in this program comes from, by the program's map; packages are loaded as they are. */
const createSourceFinder = () => {
  const program = process.argv[1] ?? '';
  const url = pathToFileURL(program).href;
  // Safe: the bundler wrote it.
  const map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, 'utf8')) as SourceMapPayload);
  return (frame: CallFrame): string => {
    if (frame.url !== url) return frame.url;
    const { originalSource }: { readonly originalSource?: string } = map.findEntry(
      frame.lineNumber,
      frame.columnNumber,
    );
    return originalSource ?? '';
  };
};

type CallFrame = Parameters<typeof placeOf>[0];
