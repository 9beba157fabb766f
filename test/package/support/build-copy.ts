import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../../..');

const FILES = ['package.json', 'tsconfig.json', 'rollup.config.mjs', 'src', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/**
 * Makes a copy of the checkout and builds it, so that neither `dist` nor another test is in the way.
 *
 * @param flags - For rollup: `--configModulesOnly` makes nothing but the ES modules, in a third of the time.
 */
export function buildCopy(checkout: string, ...flags: readonly string[]): void {
  mkdirSync(checkout);
  for (const file of FILES) cpSync(join(ROOT, file), join(checkout, file), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'), 'junction');
  npm(checkout, 'run', 'build', '--', ...flags);
}

export function npm(cwd: string, ...args: readonly string[]): void {
  execFileSync('npm', args, { cwd, stdio: 'pipe', shell: process.platform === 'win32' });
}
