import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { encodeEvents, type InteractionEvent } from 'rx-interactions';
import { createEmulator, reply } from 'rx-interactions/emulator';
import {
  argumentsDelta,
  completed,
  created,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
  thoughtSummary,
} from 'rx-interactions/testing';
import { from } from 'rxjs';

import { closeAll, listen } from '../emulator/support/api.js';
import { buildCopy, ROOT } from '../package/support/build-copy.js';
import { valuesOf } from '../support/outcome.js';

const ARGUMENTS = { city: 'Zürich', days: [1, 2, 3] };
const PIECES = ['{"city":"Zü', 'rich","da', 'ys":[1,2,', '3]}'];
const IMAGE = 'iVBORw0KGgo=';

const events: readonly InteractionEvent[] = [
  created(),
  ...[stepStart(0, 'thought'), thoughtSummary(0, 'Well 🙂.'), thoughtSignature(0, 'c2ln'), stepStop(0)],
  ...[stepStart(1, 'model_output'), textDelta(1, 'Grüezi '), textDelta(1, '👋🏽')],
  ...[stepDelta(1, { type: 'image', mime_type: 'image/png', data: IMAGE }), stepStop(1)],
  stepStart(2, { type: 'function_call', id: 'a', name: 'get_weather', arguments: {} }),
  ...PIECES.map((piece) => argumentsDelta(2, piece)),
  stepStop(2),
  { event_type: 'unknown', received: { event_type: 'x.new' } },
  completed(),
];
const TEXT = 'Grüezi 👋🏽';
const THOUGHT = 'Well 🙂.';
const told = [
  `thought ${THOUGHT}`,
  ...['text Grüezi ', 'text 👋🏽', `data ${IMAGE}`],
  ...PIECES.map((piece) => `args ${piece}`),
];
const partials = [
  { city: 'Zü' },
  { city: 'Zürich' },
  { city: 'Zürich', days: [1, 2] },
  { city: 'Zürich', days: [1, 2, 3] },
];

/** As the server sends them. */
const wire = events.map((event) => (event.event_type === 'unknown' ? (event.received as object) : event));

/** The stream, cut behind every third byte: inside characters, too. */
const chunks = ((bytes) =>
  Array.from({ length: Math.ceil(bytes.length / 3) }, (_, at) => [...bytes.subarray(3 * at, 3 * at + 3)]))(
  Buffer.concat(valuesOf(from(events).pipe(encodeEvents()))),
);

// The package is built first: on a busy machine that takes its time.
jest.setTimeout(300_000);

describe('the adapter by which a harness drives the library', () => {
  let work: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'bench-'));
    buildCopy(join(work, 'built'));
    addBench(join(work, 'built'));
  });

  afterAll(async () => {
    await closeAll();
    rmSync(work, { recursive: true, force: true });
  });

  it('counts the events of a stream, and the characters of each kind', async () => {
    const result = await inHarness(`subject.drain(chunks, 'events')`);

    expect(result).toEqual({
      ...{ events: events.length, textChars: TEXT.length, thoughtChars: THOUGHT.length },
      ...{ argsChars: PIECES.join('').length, dataChars: IMAGE.length },
    });
  });

  it.each(['assembled', 'snapshots'])('gives the whole interaction, %s', async (mode) => {
    const result = await inHarness(`subject.drain(chunks, '${mode}')`);

    expect(result).toMatchObject({
      ...{ events: events.length, textChars: TEXT.length, thoughtChars: THOUGHT.length, dataChars: IMAGE.length },
      interaction: {
        status: 'completed',
        steps: [
          { type: 'thought', summary: [{ type: 'text', text: THOUGHT }] },
          {
            type: 'model_output',
            content: [
              { type: 'text', text: TEXT },
              { type: 'image', data: IMAGE },
            ],
          },
          { type: 'function_call', name: 'get_weather', arguments: ARGUMENTS },
        ],
      },
    });
  });

  it('reads the arguments of a call', async () => {
    const result = await inHarness(`subject.drain(chunks, 'args')`);

    expect(result).toMatchObject({ events: events.length, argsChars: PIECES.join('').length, args: ARGUMENTS });
  });

  it.each([
    { mode: 'events', seen: [] },
    { mode: 'assembled', seen: [] },
    { mode: 'snapshots', seen: [] },
    { mode: 'args', seen: partials },
  ])('shows a probe each piece, and with args the value after each: $mode', async ({ mode, seen }) => {
    const result = await inHarness(`(async () => {
      const told = [];
      const partials = [];
      const delta = (kind, piece) => told.push(kind + ' ' + piece);
      await subject.drain(chunks, '${mode}', { delta, partial: (value) => partials.push(value) });
      return { told, partials };
    })()`);

    expect(result).toEqual({ told, partials: seen });
  });

  it('rejects a stream that is malformed, and a mode there is not', async () => {
    const malformed = [...Buffer.from('data: {"event_type":"step.stop"}\n\n')];
    const result = await inHarness(`Promise.allSettled([
      subject.drain([Uint8Array.from(${JSON.stringify(malformed)})], 'events'),
      subject.drain(chunks, 'all'),
    ]).then((all) => all.map(({ reason }) => reason.name))`);

    expect(result).toEqual(['DecodeError', 'TypeError']);
  });

  it.each(['{ baseUrl }', '{ baseUrl, fetch }'])('reads a stream over HTTP: %s', async (config) => {
    const emulator = createEmulator();
    emulator.script({ reply: [reply.events(wire)] });
    const { url } = await listen(emulator);
    const result = await inHarness(
      `(async () => {
        const baseUrl = '${url}';
        const told = [];
        let count = 0;
        const tell = (kind) => (piece) => told.push(kind + ' ' + piece);
        const [text, thought, args, data] = ['text', 'thought', 'args', 'data'].map(tell);
        await subject.stream(${config}, { event: () => (count += 1), text, thought, args, data });
        return { told, count };
      })()`,
    );

    expect(result).toEqual({ told, count: events.length });
    expect(emulator.requests).toHaveLength(1);
  });

  it('reads JSON piece by piece', async () => {
    const result = await inHarness(`(() => {
      const reader = subject.partial();
      return { partials: ${JSON.stringify(PIECES)}.map(reader.push), whole: reader.end() };
    })()`);

    expect(result).toEqual({ partials, whole: ARGUMENTS });
  });

  it('throws where JSON is none, and where it is cut', async () => {
    const result = await inHarness(`[['[1', 'x'], ['[1']].map((pieces) => {
      const reader = subject.partial();
      try {
        pieces.forEach(reader.push);
        return reader.end();
      } catch ({ name }) {
        return name;
      }
    })`);

    expect(result).toEqual(['OutputError', 'OutputError']);
  });

  it('tells events from what is none', async () => {
    const candidates = JSON.stringify([...wire, { event_type: 'step.stop' }, 7]);
    const result = await inHarness(`${candidates}.map(subject.decode)`);

    expect(result).toEqual([...wire.map(() => true), false, false]);
  });

  it('has a module that bundles for a browser', async () => {
    const entry = await inHarness('subject.bundle');
    const { outputFiles, metafile } = await build({
      ...{ entryPoints: [String(entry)], bundle: true, minify: true, format: 'esm', platform: 'browser' },
      ...{ write: false, metafile: true, logLevel: 'silent' },
    });

    expect(Object.values(metafile.outputs).flatMap(({ imports, exports }) => [...imports, ...exports])).toEqual(
      expect.arrayContaining(['createClient', 'scanInteraction']),
    );
    expect(Object.keys(metafile.inputs).filter((file) => file.includes('undici'))).toEqual([]);
    expect(outputFiles).toHaveLength(1);
  });

  it('says so where there is no build', async () => {
    const bare = join(work, 'bare');
    mkdirSync(bare);
    symlinkSync(join(ROOT, 'node_modules'), join(bare, 'node_modules'), 'junction');
    addBench(bare);

    await expect(inHarness('0', bare)).rejects.toThrow('npm run build first');
  });

  /** What an expression comes to in a process that has loaded the adapter. */
  async function inHarness(expression: string, checkout = join(work, 'built')): Promise<unknown> {
    const program = `
      const subject = await import(${JSON.stringify(join(checkout, 'bench', 'subject.mjs'))});
      const chunks = ${JSON.stringify(chunks)}.map((bytes) => Uint8Array.from(bytes));
      console.log(JSON.stringify(await ${expression}));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: work });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (stderr !== '') throw new Error(stderr);
    return JSON.parse(stdout);
  }
});

/** Puts what a harness needs of `bench` into a checkout. */
function addBench(checkout: string): void {
  const folder = join(checkout, 'bench');
  mkdirSync(folder);
  for (const file of ['package.json', 'subject.mjs', 'bundle-entry.mjs']) {
    cpSync(resolve(ROOT, 'bench', file), join(folder, file));
  }
}
