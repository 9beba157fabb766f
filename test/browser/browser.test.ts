import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createEmulator } from 'rx-interactions/emulator';
import { startRelay, type Relay } from './relay.js';

const ROOT = resolve(__dirname, '../..');

const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether less than three pieces of text went through. Held back then, the browser is in mid-stream. */
const atTheBeginning = (response: string) => response.split(/"type":\s*"text"/).length <= 3;

let metafile: Metafile;
let pageServer: Server;
let browser: Browser;
let server: { readonly url: string; close(): Promise<void> };
let relay: Relay;
let page: Page;

/** What has been opened and is to be closed again, last first. */
const open: (() => unknown)[] = [];

beforeAll(async () => {
  const bundle = await bundlePage();
  metafile = bundle.metafile;
  pageServer = await servePage(bundle.code);
  open.push(() => pageServer.close().closeAllConnections());
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  open.push(() => browser.close());
  server = await createEmulator().listen();
  open.push(() => server.close());
});

afterAll(async () => {
  for (const close of open.reverse()) await close();
});

/** A page on an origin of its own, and a relay to the emulator that holds back all but the beginning of an answer. */
beforeEach(async () => {
  relay = await startRelay(server.url, atTheBeginning);
  open.push(relay.close);
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(pageServer.address() as AddressInfo).port}/`);
});

it('is bundled without anything of Node', () => {
  const inputs = Object.keys(metafile.inputs);

  expect(inputs.filter((input) => /undici|\.node\.js$|^node:/.test(input))).toEqual([]);
  expect(inputs).toContain('dist/esm/transport/default-transport.js');
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
});

it('streams text piece by piece from another origin', async () => {
  const firstPiece = page.waitForEvent('console');
  const all = page.evaluate((url) => window.streamText(url), relay.url);
  await firstPiece; // only then is the rest of the answer let through
  expect(relay.connections.some(({ response }) => response.includes('interaction.completed'))).toBe(false);
  relay.release();

  const text = await all;
  expect(text.length).toBeGreaterThan(3);
  expect(text.join('')).toMatch(/\b1\b[^]*\b13\b[^]*\b25\b/);
  expect(relay.connections.some(({ request }) => request.includes('OPTIONS /'))).toBe(true);
});

it('ends the request when the page unsubscribes half way', async () => {
  const some = await page.evaluate((url) => window.streamText(url, 2), relay.url);
  const posts = relay.connections.filter(({ request }) => request.includes('POST /'));
  await Promise.all(posts.map(({ closed }) => closed));

  expect(some).toHaveLength(2);
  expect(posts).toHaveLength(1);
  expect(posts[0]?.response).not.toContain('interaction.completed');
});

async function bundlePage(): Promise<{ code: string; metafile: Metafile }> {
  const result = await build({
    entryPoints: [join(__dirname, 'page.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: '{}', // without the paths of tsconfig.json, so that `rx-interactions` is the built package
    metafile: true,
    write: false,
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw new Error(String(error)); // its message says it all; its other members are long
  });
  return { code: result.outputFiles[0]?.text ?? '', metafile: result.metafile };
}

async function servePage(code: string): Promise<Server> {
  const serving = createServer(({ url }, response) => {
    const [type, body] =
      url === '/page.js'
        ? ['text/javascript', code]
        : [
            'text/html',
            '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="page.js"></script>',
          ];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => serving.listen(0, '127.0.0.1', resolve));
  return serving;
}

function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [process.env['CHROMIUM_PATH'] ?? [], candidates].flat().find((path) => existsSync(path));
  if (found === undefined) throw new Error('No Chromium found. Install it, or set CHROMIUM_PATH to its executable.');
  return found;
}
