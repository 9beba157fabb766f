import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';

import { bundle } from '../../bench/sizes.js';
import { buildCopy, npm, ROOT } from './support/build-copy.js';

/** Each entry with a few of the names it is known for. */
const ENTRIES = {
  'rx-interactions': ['createClient', 'fetchTransport', 'decodeEvents', 'ofEventType', 'scanInteraction', 'runTools'],
  'rx-interactions/node': ['undiciTransport', 'applicationDefault'],
  'rx-interactions/emulator': ['createEmulator'],
  'rx-interactions/testing': ['textDelta'],
};

// Processes are started and packages installed: on a busy machine that takes its time.
jest.setTimeout(300_000);

describe('the packed package', () => {
  let work: string;
  /** A project of its own, with nothing in it but the package, RxJS, and what they bring. */
  let project: string;
  let installed: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'pack-'));
    project = join(work, 'project');
    installed = join(project, 'node_modules', 'rx-interactions');
    install(pack(join(work, 'checkout')), project);
  });

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  it('holds the build, its sources and the documents, and nothing else', () => {
    expect(readdirSync(installed).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'src'].sort(),
    );
    expect(filesOf(join(installed, 'dist')).filter((file) => !/\.(js|cjs|d\.ts|d\.cts)(\.map)?$/.test(file))).toEqual(
      [],
    );
    expect(filesOf(join(installed, 'src')).filter((file) => !file.endsWith('.ts'))).toEqual([]);
  });

  it('maps every module and declaration to a source that is there', () => {
    const maps = filesOf(join(installed, 'dist')).filter((file) => file.endsWith('.map'));
    const missing = maps.flatMap((file) => {
      const path = join(installed, 'dist', file);
      const { sources } = JSON.parse(readFileSync(path, 'utf8')) as { readonly sources: readonly string[] };
      return sources.map((source) => resolve(dirname(path), source)).filter((source) => !isFile(source));
    });

    expect(maps.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  describe.each(Object.entries(ENTRIES))('%s', (entry, names) => {
    it.each(['import', 'require'] as const)('loads with %s, changes nothing, and lets the process end', (how) => {
      const { status, stdout, stderr } = load(how, entry);

      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const { exported, globals } = JSON.parse(stdout) as Record<'exported' | 'globals', readonly string[]>;
      expect(exported).toEqual(expect.arrayContaining(names));
      expect(globals).toEqual([]);
    });
  });

  it('offers the same names to import and to require', () => {
    const exported = (how: 'import' | 'require') =>
      Object.keys(ENTRIES).map((entry) => (JSON.parse(load(how, entry).stdout) as { exported: unknown }).exported);

    expect(exported('require')).toEqual(exported('import'));
  });

  it('type-checks, as a module and as CommonJS, for a user whose compiler checks libraries and knows no DOM', () => {
    const uses = Object.entries(ENTRIES).map(
      ([entry, [name = '']], at) => `import { ${name} as name${at} } from '${entry}';\nvoid name${at};`,
    );
    const files = ['consumer.mts', 'consumer.cts'];
    for (const file of files) writeFileSync(join(project, file), uses.join('\n'));
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'NodeNext', '--lib', 'ES2022'];
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules', '@types')];
    const { stdout } = spawnSync(process.execPath, [tsc, ...flags, ...types, ...files], {
      cwd: project,
      encoding: 'utf8',
    });

    expect(stdout).toBe('');
  });

  it('brings nothing of Node into a browser bundle', async () => {
    const { modules, imports } = await bundle(`export * from 'rx-interactions'`, { root: project });
    const packages = modules.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);

    expect(imports).toEqual([]);
    expect([...new Set(packages)].sort()).toEqual(['eventsource-parser', 'rx-interactions', 'rxjs', 'tslib']);
  });

  function load(how: 'import' | 'require', entry: string) {
    const expression = how === 'import' ? `await import('${entry}')` : `require('${entry}')`;
    const program = `
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const exported = Object.keys(${expression}).sort();
      const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
      console.log(JSON.stringify({ exported, globals }));`;
    const type = how === 'import' ? 'module' : 'commonjs';
    return spawnSync(process.execPath, [`--input-type=${type}`, '--eval', program], {
      cwd: project,
      encoding: 'utf8',
      timeout: 30_000,
    });
  }
});

/** Builds a copy of the checkout and packs it. */
function pack(checkout: string): string {
  buildCopy(checkout);
  npm(checkout, 'pack', '--ignore-scripts', '--pack-destination', '..');
  const tarball = readdirSync(dirname(checkout)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return join(dirname(checkout), tarball);
}

/** Installs it at the versions this checkout has, which are in the npm cache; a user's npm may choose newer ones. */
function install(tarball: string, project: string): void {
  const versionOf = (name: string) =>
    (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  mkdirSync(project);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { 'rx-interactions': `file:${tarball}`, rxjs: versionOf('rxjs') },
      overrides: Object.fromEntries(Object.keys(dependencies).map((name) => [name, versionOf(name)])),
    }),
  );
  npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund');
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => isFile(join(folder, file)))
    .map((file) => file.split(sep).join('/'));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
