/** The names of places in tables of where something goes, time or bytes. */
import type { Runtime } from 'node:inspector';

/** Modules that are told apart from their rooms: what is no more than a function of the engine, what a value costs when read. */
const APART: readonly (readonly [source: RegExp, place: string])[] = [
  [/src\/internal\/parse-json\.ts$/, 'JSON.parse'],
  [/src\/json\/(?:containers|json-value|lazy-json|set-member)\.ts$/, 'json/, values that are read'],
];

/** The room of a source file: its folder below `src`, or the package. */
export const roomOf = (source: string): string => {
  const path = source.replaceAll('\\', '/');
  const [, name] = /(?:.*\/|^)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (name !== undefined) return name;
  const [, room] = /(?:^|\/)(?:src|dist\/esm)\/([^/]+)\//.exec(path) ?? [];
  return room === undefined ? 'the benchmark' : `${room}/`;
};

const apartFrom = (source: string): string | undefined => APART.find(([pattern]) => pattern.test(source))?.[1];

/** Where a sample was taken; `undefined` where nothing ran. */
export const placeOf = (
  { functionName, url }: Pick<Runtime.CallFrame, 'functionName' | 'url' | 'lineNumber' | 'columnNumber'>,
  source: string,
): string | undefined => {
  if (functionName === '(idle)' || functionName === '(root)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  // Without a URL it is native: for the most part the decoder of UTF-8.
  return url === '' || url.startsWith('node:') ? 'Node' : (apartFrom(source) ?? roomOf(source));
};
