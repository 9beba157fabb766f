import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';
import * as library from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import * as kit from 'rx-interactions/testing';

import { commentSnippets, pageSnippets, ROOT, type Snippet } from './snippets.js';

const run = promisify(execFile);

// Beside node_modules, so that bare imports resolve as they do for users; ignored by git.
const FOLDER = path.join(ROOT, 'node_modules', '.cache', 'rx-interactions-snippets');

const snippets: readonly Snippet[] = [...pageSnippets(), ...commentSnippets(Object.keys(library), Object.keys(kit))];
const fileOf = (snippet: Snippet): string => `${snippet.place.replace(/[^a-z0-9]+/gi, '-')}.ts`;

const emulator = createEmulator();
let server: Awaited<ReturnType<typeof emulator.listen>>;

beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const snippet of snippets) writeFileSync(path.join(FOLDER, fileOf(snippet)), snippet.code);
  await build({
    entryPoints: snippets.map((snippet) => path.join(FOLDER, fileOf(snippet))),
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    alias: Object.fromEntries(
      ['node', 'emulator/index', 'testing/index', 'index'].map((entry) => [
        `rx-interactions/${entry}`.replace(/\/?index$/, ''),
        path.join(ROOT, 'src', `${entry}.ts`),
      ]),
    ),
    external: [
      '@ai-sdk/google',
      '@angular/core',
      '@google/genai',
      'ai',
      'ajv',
      'eventsource-parser',
      'fp-ts',
      'google-auth-library',
      'io-ts',
      'rxjs',
      'undici',
      'zod',
    ],
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    logLevel: 'silent',
  });
  server = await emulator.listen();
});

afterAll(async () => {
  await server.close();
});

it('finds what the documentation shows', () => {
  expect(snippets.filter(({ place }) => place.startsWith('README.md')).length).toBeGreaterThanOrEqual(5);
  expect(snippets.filter(({ place }) => place.startsWith('docs/emulator.md')).length).toBeGreaterThanOrEqual(10);
  expect(snippets.filter(({ place }) => place.startsWith('src/')).length).toBeGreaterThanOrEqual(10);
});

it('type-checks every snippet', async () => {
  const config = {
    extends: path.join(ROOT, 'tsconfig.json'),
    compilerOptions: { rootDir: ROOT, types: ['node'], typeRoots: [path.join(ROOT, 'node_modules/@types')] },
    include: [path.join(FOLDER, '*.ts')],
    exclude: [],
  };
  writeFileSync(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(path.join(FOLDER, 'package.json'), '{"type":"module"}');
  const { stdout } = await run(process.execPath, [
    path.join(ROOT, 'node_modules/typescript/bin/tsc'),
    '-p',
    FOLDER,
  ]).catch((error: unknown) => error as { stdout: string });
  expect(stdout).toBe('');
}, 60_000);

it.each(snippets.map((snippet) => [snippet.place, snippet] as const))(
  'runs %s',
  async (_place, snippet) => {
    const { stdout } = await run(process.execPath, [path.join(FOLDER, fileOf(snippet).replace(/\.ts$/, '.mjs'))], {
      env: { ...process.env, GEMINI_API_KEY: 'test', GOOGLE_API_KEY: '', GOOGLE_GEMINI_BASE_URL: server.url },
      timeout: 20_000,
    });
    for (const line of snippet.prints) expect(stdout).toContain(line);
  },
  30_000,
);
