/**
 * What the package weighs in a bundle: each function of the index alone, the client with all operators, each subpath.
 *
 *     npm run build && npx tsx bench/sizes.ts
 */
import { builtinModules, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

import { bytesByRoom, type RoomBytes } from './bytes-by-room.js';

/** A program and everything it needs, in one minified module. */
export interface Bundle {
  /** Bytes. */
  readonly minified: number;
  /** Bytes, at gzip's level 9. */
  readonly gzip: number;
  /** The files of which something is left in it. */
  readonly modules: readonly string[];
  /** What it imports at run time. */
  readonly imports: readonly string[];
  readonly exports: readonly string[];
}

export interface Size extends Bundle {
  /** The function, the subpath, or what else was imported. */
  readonly what: string;
}

interface BundleConfig {
  /** The package, built. */
  readonly root: string;
  /** Packages that are left out. */
  readonly external?: readonly string[];
  /** @defaultValue `'browser'` */
  readonly platform?: 'browser' | 'node';
}

/** The functions that are made before a request, or of several, or from another API: used by those who need them. */
const BESIDES: ReadonlySet<string> = new Set(
  [
    'audioFrom contentFrom documentFrom imageFrom text videoFrom', // what is sent: content
    'customAgent deepResearch environmentOf managedAgent runBackground', // what is sent: agents
    'codeExecution continueWith converse createConversation defineTool described followUp functionCallsOf', // turns
    'functionResult googleMaps googleSearch responseFormat resultEvents runTools urlContext',
    'decodeGenerateContent fromGenerateContent toInteractionRequest', // the older endpoint
  ].flatMap((names) => names.split(' ')),
);

const RXJS = ['rxjs'];

/** Everything on the way of a stream, with and without RxJS: what architecture section 7 sets limits for. */
const PARTS = [
  { what: 'createClient', isIn: (name: string) => name === 'createClient', external: RXJS },
  { what: 'client + operators', isIn: (name: string) => !BESIDES.has(name), external: RXJS },
  { what: 'client + operators, with RxJS', isIn: (name: string) => !BESIDES.has(name), external: [] },
] as const;

const SUBPATHS = [
  { what: 'rx-interactions', platform: 'browser', external: RXJS },
  { what: 'rx-interactions/testing', platform: 'browser', external: RXJS },
  { what: 'rx-interactions/node', platform: 'node', external: ['rxjs', 'undici', 'google-auth-library'] },
  { what: 'rx-interactions/emulator', platform: 'node', external: ['rxjs', 'undici'] },
] as const;

/**
 * Measures the build below `root`: the parts and subpaths first, then each function of the index, RxJS not counted.
 *
 * @param root - The package. @defaultValue the working directory
 */
export async function sizes(root: string = process.cwd()): Promise<readonly Size[]> {
  const names = await functionsOf(root);
  return Promise.all([
    ...PARTS.map(({ what, isIn, external }) => sizeOf(what, exporting(names.filter(isIn)), { root, external })),
    ...SUBPATHS.map(({ what, ...config }) => sizeOf(what, `export * from '${what}'`, { root, ...config })),
    ...names
      .filter((name) => name !== 'createClient')
      .map((name) => sizeOf(name, exporting([name]), { root, external: RXJS })),
  ]);
}

/** Of what the client with all operators consists, without RxJS. */
export async function largestPart(root: string = process.cwd()): Promise<readonly RoomBytes[]> {
  const whole = PARTS[1];
  const names = await functionsOf(root);
  const { code, map } = await built(exporting(names.filter(whole.isIn)), { root, external: whole.external });
  return bytesByRoom(new TextDecoder().decode(code), JSON.parse(map) as SourceMapPayload); // safe: the bundler wrote it
}

/** The functions and operators of the index; not the errors, which are classes. */
async function functionsOf(root: string): Promise<readonly string[]> {
  const { exports } = await bundle(`export * from 'rx-interactions'`, { root }).catch((cause: unknown) => {
    throw new Error(`There is no build in ${root}: run "npm run build" first`, { cause });
  });
  return exports.filter((name) => /^[a-z]/.test(name)).sort();
}

const exporting = (names: readonly string[]): string => `export { ${names.join(', ')} } from 'rx-interactions'`;

const sizeOf = async (what: string, program: string, config: BundleConfig): Promise<Size> => ({
  what,
  ...(await bundle(program, config)),
});

/** Bundles a program that imports the package by its name, as esbuild does for an application. */
export async function bundle(program: string, config: BundleConfig): Promise<Bundle> {
  const { code, metafile } = await built(program, config);
  const outputs = Object.values(metafile.outputs).filter(({ inputs }) => Object.keys(inputs).length > 0);
  return {
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    modules: outputs.flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput === 0 ? [] : path)),
    ),
    imports: [...new Set(outputs.flatMap(({ imports }) => imports.map(({ path }) => path)))],
    exports: outputs.flatMap(({ exports }) => exports),
  };
}

/** The code of a bundle, and the map that leads from it to the sources. */
async function built(program: string, { root, external = [], platform = 'browser' }: BundleConfig) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    target: 'es2022',
    external: [...external, 'node:*', ...builtinModules],
    tsconfigRaw: '{}', // ours leads the package's name to its sources
    outfile: 'bundle.js',
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end));
  return { code: ending('.js')?.contents ?? new Uint8Array(), map: ending('.map')?.text ?? '', metafile };
}

const print = (measured: readonly Size[]): void => {
  for (const { what, minified, gzip } of measured) {
    console.log(what.padEnd(30), String(minified).padStart(8), String(gzip).padStart(8));
  }
};

if (basename(process.argv[1] ?? '') === 'sizes.ts') void sizes().then(print);
