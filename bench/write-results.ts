import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { relative, resolve } from 'node:path';
import { format } from 'prettier';

import { candidates } from './candidates.js';
import type { Compared } from './compare.js';
import { jsonCandidates } from './json-candidates.js';
import type { LoopbackFigure } from './loopback/measure.js';
import { matrix, table } from './markdown.js';
import { peerVersions } from './peer-packages.js';
import { SIZE_AT_MOST } from './plan.js';
import { isKept, type Promised, promisesOf } from './promises.js';
import type { Results } from './results.js';
import { largestPart, type Size, sizes } from './sizes.js';

const ROOT = resolve(import.meta.dirname, '..');
const FILE = resolve(import.meta.dirname, 'RESULTS.md');

const HEAD = `# What it costs, beside what others cost

\`npm run build && npm run bench -- --write\` writes this file; \`npm run bench -- text\` measures one scenario, and
[index.ts](index.ts) says what else there is. It takes about eight minutes on a machine that does nothing else.

Every candidate runs in a process of its own, its output is checked before it is timed, the rounds are interleaved, and the
best of at least nine counts, in processor time. Ratios are much the same on any machine; times are this machine's.`;

const WHO = `- **floor**: \`TextDecoder\`, eventsource-parser and \`JSON.parse\`, and nothing else. For JSON, one \`JSON.parse\` of all of it.
- **decoded**: typed, validated events (\`decodeFrames\`, \`decodeEvents\`). What follows includes that.
- **reduce**, **scan**: \`reduceInteraction\`; \`scanInteraction\`, a snapshot after every event.
- **steps**, **strands**, **arguments**: \`groupByStep\` with \`reduceStep\`; \`partitionByModality\`, all of it; \`scanArguments\`,
  its value read every time.
- **client**: \`createClient\`, with a \`fetch\` that answers from memory, as have all below it.
- **sdk**, **vercel**, **streamText**: \`@google/genai\`; \`@ai-sdk/google\`, the model's own stream; the same through \`ai\`.
- **unread**, **read**, **scanJson**: the incremental JSON reader without looking at values, with, and as an operator;
  **stream-p.**, **partial-j.**: \`@streamparser/json\`, \`partial-json\`.`;

const WHERE = `What costs more than was promised, looked into: samples of its processor time, by room of the library or by package, each
without what it calls; \`JSON.parse\` is that of the messages.

- **mixed, decoded**: \`JSON.parse\`, eventsource-parser and Node (the decoder of UTF-8) are the floor itself. Only what is
  left can be saved.
- **values that are read**: a value must not change when the next one is made, so each is a copy of every container that is
  still open; \`JSON.parse\` makes each container once. In these texts that is up to 1,000 elements, 100 keys or 60 levels for
  every 40 characters. The copies are most of the garbage, too.`;

const WHERE_BYTES = `The bytes of client + operators, by room. _gzipped_ is how much less it is without the room, so the sum is less than the
whole. No room alone is what is too much: what is promised besides the events (resuming, hops, all dialects, incremental JSON,
credentials, errors that say what to do) is needed by \`createClient\` whoever calls it, and falls away only from those who
import operators without it.`;

const ORDER: readonly string[] = Object.keys({ ...candidates, ...jsonCandidates });

/** In the order of the tables of candidates, in which each adds to the one before. */
const inOrder = <T extends { readonly candidate: string }>(all: readonly T[]): readonly T[] =>
  [...all].sort((a, b) => ORDER.indexOf(a.candidate) - ORDER.indexOf(b.candidate));

const isJson = ({ scenario }: Compared): boolean => scenario.startsWith('json-');

const byScenario = (
  corner: string,
  compared: readonly Compared[],
  figureOf: (one: Compared) => number,
  digits: number,
) =>
  matrix(corner, compared, {
    row: ({ candidate }) => candidate,
    column: ({ scenario }) => scenario,
    cell: (one) => (one.best === undefined ? 'not installed' : figureOf(one).toFixed(digits)),
  });

const promised = (promises: readonly Promised[]): string =>
  table(
    ['What was promised', 'measured', 'promised', ''],
    promises.map((one) => [
      one.what,
      one.measured.toFixed(2),
      `${one.at === 'least' ? '≥' : '≤'} ${one.limit.toFixed(1)}`,
      isKept(one) ? 'kept' : '**not kept**',
    ]),
  );

const microseconds = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));

const loopback = (figures: readonly LoopbackFigure[]): string =>
  matrix(
    'Over loopback, µs (times raw)',
    figures.flatMap(({ route, reader, best, ratios }) =>
      Object.entries(best ?? {}).map(([name, value]) => ({
        reader,
        what: `${route}, ${name}`,
        value,
        ratio: ratios[name],
      })),
    ),
    {
      row: ({ reader }) => reader,
      column: ({ what }) => what,
      cell: ({ value, ratio = NaN }) => `${microseconds(value)} (${ratio.toFixed(2)})`,
    },
  );

const sizeRow = ({ what, minified, gzip }: Size): readonly string[] => [
  what,
  String(minified),
  String(gzip),
  SIZE_AT_MOST[what] === undefined
    ? ''
    : `${SIZE_AT_MOST[what]} ${gzip <= SIZE_AT_MOST[what] ? 'kept' : '**not kept**'}`,
];

const machine = (): string =>
  `${cpus()[0]?.model ?? 'an unknown processor'}, ${cpus().length} of them, ${platform()} ${arch()}, Node ${process.versions.node}`;

/** Writes bench/RESULTS.md: what was promised first, then all that was measured. */
export const writeResults = async (results: Results, file = FILE): Promise<void> => {
  const streams = inOrder(results.compared.filter((one) => !isJson(one)));
  const json = inOrder(results.compared.filter(isJson));
  const taken = inOrder(results.taken);
  const text = [
    HEAD,
    `Measured on ${machine()}, with ${peerVersions().join(', ')}.`,
    '## What was promised',
    promised(promisesOf(results)),
    '## Who is compared',
    WHO,
    '## Streams',
    byScenario('Times the floor', streams, ({ ratio }) => ratio, 2),
    byScenario('ns per event', streams, ({ nsPerEvent }) => nsPerEvent, 0),
    '## JSON that arrives in pieces',
    byScenario('Times one `JSON.parse`', json, ({ ratio }) => ratio, 2),
    '## Memory',
    'Bytes that one event allocates, and how much more the process had at its peak than with nothing but the stream in it.',
    matrix('Bytes per event', taken, {
      row: ({ candidate }) => candidate,
      column: ({ scenario }) => scenario,
      cell: ({ perEvent }) => (Number.isNaN(perEvent) ? 'not known' : perEvent.toFixed(0)),
    }),
    matrix('Peak, MB', taken, {
      row: ({ candidate }) => candidate,
      column: ({ scenario }) => scenario,
      cell: ({ peak }) => (peak / 1e6).toFixed(1),
    }),
    '## Over sockets',
    `The server is a process of its own. *throughput*: per event of a long stream, by the clock and in processor time;
*latency*: from the write to the callback; *first*: from the call to the first delta; *together*: per event, 500 streams at
once. **raw** is \`fetch\` and what the floor does; **client** is \`createClient\` as Node gets it, on undici.`,
    loopback(results.loopback),
    '## Where the time goes',
    WHERE,
    matrix('%', results.profiled, {
      row: ({ place }) => place,
      column: ({ scenario, candidate }) => `${scenario}, ${candidate}`,
      cell: ({ share }) => (100 * share).toFixed(0),
    }),
    '## Size',
    'Bytes, minified by esbuild, and gzipped. RxJS is not counted unless it says so.',
    table(['What', 'minified', 'gzipped', 'promised'], (await sizes(ROOT)).map(sizeRow)),
    '## Where the bytes are',
    WHERE_BYTES,
    table(
      ['Room', 'minified', 'gzipped'],
      (await largestPart(ROOT)).map(({ room, minified, gzip }) => [room, String(minified), String(gzip)]),
    ),
  ];
  writeFileSync(file, await format(text.join('\n\n'), { parser: 'markdown' }));
  console.log(`\n${relative(process.cwd(), file)} is written.`);
};
