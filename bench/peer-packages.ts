import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { isPeer, PACKAGES } from './peers.js';

/** Where packages are looked for: those of this folder, and those that the library's own tests need. */
const FOLDERS = [import.meta.dirname, resolve(import.meta.dirname, '..')];

const manifestOf = (name: string): string | undefined =>
  FOLDERS.map((folder) => resolve(folder, 'node_modules', name, 'package.json')).find((path) => existsSync(path));

/** Installs this folder's packages, unless they are there. What fails is told; the peers are then missing, or others. */
export const installPeers = (): void => {
  if (existsSync(resolve(import.meta.dirname, 'node_modules/ai'))) return;
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: import.meta.dirname, stdio: 'inherit' });
  } catch {
    console.error('The packages of bench/ could not be installed.');
  }
};

/** Whether whoever is measured is there: a peer is, if its packages are. */
export const isInstalled = (candidate: string): boolean =>
  !isPeer(candidate) || PACKAGES[candidate].every((name) => manifestOf(name) !== undefined);

/** The packages of the peers that are there, with their versions. */
export const peerVersions = (): readonly string[] =>
  [...new Set(Object.values(PACKAGES).flat())].flatMap((name) => {
    const manifest = manifestOf(name);
    if (manifest === undefined) return [];
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
    return [`${name} ${version}`];
  });
