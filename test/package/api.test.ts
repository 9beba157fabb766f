import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

describe('the API report', () => {
  let fresh: string;

  beforeAll(() => {
    fresh = mkdtempSync(join(tmpdir(), 'api-'));
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/api.ts', fresh], { cwd: ROOT });
  }, 120_000);

  afterAll(() => {
    rmSync(fresh, { recursive: true, force: true });
  });

  // A difference is a change of the public types. If it is meant, `npm run api` writes it down.
  it.each(['index', 'node', 'emulator', 'testing'])('of %s is up to date (`npm run api` updates it)', (entry) => {
    const report = (folder: string) => readFileSync(join(folder, `${entry}.d.ts`), 'utf8');

    expect(report(fresh)).toBe(report(join(__dirname, 'api')));
  });
});
