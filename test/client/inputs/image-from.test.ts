import fs from 'node:fs';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

import fc from 'fast-check';
import {
  audioFrom,
  createClient,
  documentFrom,
  fetchTransport,
  imageFrom,
  type MediaSource,
  outputText,
  text,
  videoFrom,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { lastValueFrom, switchMap } from 'rxjs';

import { readFile as readFileElsewhere } from '../../../src/client/inputs/read-file.js';
import { errorOf, valuesOf } from '../../support/outcome.js';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const BASE64 = Buffer.from(PNG).toString('base64');
const INLINE = { type: 'image', data: BASE64, mime_type: 'image/png' };
const NOTHING_KNOWN = Uint8Array.of(1, 2, 3);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inputs-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fileWith = (name: string, bytes: Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

const blockOf = (source: MediaSource) => lastValueFrom(imageFrom(source));

describe('bytes', () => {
  it.each([
    ['a Uint8Array', PNG],
    ['a Buffer', Buffer.from(PNG)],
    ['an ArrayBuffer', PNG.slice().buffer],
    ['a view of a part of one', new DataView(Uint8Array.of(9, 9, ...PNG, 9).buffer, 2, PNG.length)],
    ['an ArrayBuffer of another realm', vm.runInNewContext(`Uint8Array.of(${PNG.join(', ')}).buffer`) as ArrayBuffer],
  ])('of %s go inline, at once', (_name, source) => {
    expect(valuesOf(imageFrom(source))).toEqual([INLINE]);
  });

  it('of a Blob or File go inline', async () => {
    expect(await blockOf(new Blob([PNG]))).toEqual(INLINE);
    expect(await blockOf(new File([PNG], 'x'))).toEqual(INLINE);
  });

  it('come as they were, however many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), fc.boolean(), async (bytes, isBlob) => {
        const source = isBlob ? new Blob([bytes]) : bytes;
        const { data } = await lastValueFrom(imageFrom(source, { mime_type: 'image/png' }));
        expect(data).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });
});

describe('a uri', () => {
  it.each([
    'https://example.com/cat',
    'https://generativelanguage.googleapis.com/v1beta/files/abc-123',
    'gs://bucket/cat',
    'HTTPS://EXAMPLE.COM/',
  ])('%s is passed on', (uri) => {
    expect(valuesOf(imageFrom(uri))).toEqual([{ type: 'image', uri }]);
  });

  it('may be a URL', () => {
    expect(valuesOf(imageFrom(new URL('https://example.com/cat')))).toEqual([
      { type: 'image', uri: 'https://example.com/cat' },
    ]);
  });

  it('gets the type that it is given, else that of its name, if that is an image', () => {
    expect(valuesOf(imageFrom('https://a/b.PNG?x=1#y'))).toEqual([
      { type: 'image', uri: 'https://a/b.PNG?x=1#y', mime_type: 'image/png' },
    ]);
    expect(valuesOf(imageFrom('https://a/b.png', { mime_type: 'image/webp' }))).toEqual([
      { type: 'image', uri: 'https://a/b.png', mime_type: 'image/webp' },
    ]);
    expect(valuesOf(imageFrom('https://a/b.pdf'))).toEqual([{ type: 'image', uri: 'https://a/b.pdf' }]);
  });

  it('that only a page knows is refused', () => {
    expect(errorOf(imageFrom('blob:https://example.com/1-2-3'))).toMatchObject({
      name: 'RequestError',
      fields: ['source'],
      message: expect.stringContaining('pass the Blob'),
    });
  });
});

describe('a data: URL', () => {
  it.each([
    `data:image/png;base64,${BASE64}`,
    `data:;base64,${BASE64}`,
    `DATA:application/octet-stream;name=x.png;base64,${BASE64.replace(/=+$/, '')}`,
    `data:image/png;base64,${encodeURIComponent(BASE64)}`,
    `data:image/png;base64,${BASE64.slice(0, 4)} \n${BASE64.slice(4)}`,
    `data:image/png,${[...PNG].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
  ])('%j goes inline', (url) => {
    expect(valuesOf(imageFrom(url))).toEqual([INLINE]);
  });

  it('may be of text', async () => {
    const block = await lastValueFrom(documentFrom('data:text/csv;charset=utf-8,city%2C%C2%B0C\nPariš,21 100%'));
    expect(block).toEqual({
      type: 'document',
      mime_type: 'text/csv',
      data: Buffer.from('city,°C\nPariš,21 100%').toString('base64'),
    });
  });

  it.each(['data:image/png;base64', 'data:image/png;base64,AAAAA', 'data:image/png;base64,A*==', 'data:'])(
    '%j is refused',
    (url) => {
      expect(errorOf(imageFrom(url))).toMatchObject({ name: 'RequestError', fields: ['source'] });
    },
  );
});

describe('a path', () => {
  it('is read', async () => {
    expect(await blockOf(fileWith('cat', PNG))).toEqual(INLINE);
    expect(await blockOf(pathToFileURL(fileWith('cät 1%.png', PNG)))).toEqual(INLINE);
    expect(await blockOf(pathToFileURL(fileWith('cat', PNG)).href)).toEqual(INLINE);
  });

  it.each(['C:\\cat.png', './a:b.png', 'a/b:c.png', 'cat.png', '10:30.png'])(
    'is what has no scheme, like %s: neither a drive nor what stands behind a slash is one',
    async (name) => {
      await expect(blockOf(name)).rejects.toMatchObject({ name: 'RequestError', cause: { code: 'ENOENT' } });
    },
  );

  it('may lead to much more than one slice', async () => {
    const bytes = Uint8Array.from({ length: 500_001 }, (_, at) => (at * 7919) >> 3);
    bytes.set(PNG);
    const { data } = await blockOf(fileWith('large', bytes));
    expect(data === Buffer.from(bytes).toString('base64')).toBe(true);
  });

  it('that leads nowhere is an error, which says where', async () => {
    const missing = path.join(folder, 'missing.png');
    await expect(blockOf(missing)).rejects.toMatchObject({
      name: 'RequestError',
      fields: ['source'],
      message: expect.stringContaining(missing),
      cause: { code: 'ENOENT' },
    });
    await expect(blockOf('file://elsewhere/cat.png')).rejects.toMatchObject({ name: 'RequestError' });
  });

  it('is closed when the reader leaves', async () => {
    const opened: fs.ReadStream[] = [];
    const { createReadStream } = fs;
    const spy = jest.spyOn(fs, 'createReadStream').mockImplementation((...args) => {
      const stream = createReadStream(...args);
      opened.push(stream);
      return stream;
    });
    try {
      const reading = imageFrom(fileWith('left', new Uint8Array(5_000_000))).subscribe();
      const [stream] = opened;
      await once(stream!, 'open');
      // Not `once`, which takes the error that an aborted stream ends with for its own.
      const closed = new Promise<void>((resolve) => stream!.once('close', () => resolve()));
      reading.unsubscribe();
      await closed;
      expect(stream!.bytesRead).toBeLessThan(5_000_000);
    } finally {
      spy.mockRestore();
    }
  });

  it('is nothing where there is no Node, and that is said', () => {
    for (const source of ['assets/cat.png', new URL('file:///cat.png')]) {
      expect(errorOf(readFileElsewhere(source))).toMatchObject({
        name: 'RequestError',
        fields: ['source'],
        message: expect.stringMatching(/cat\.png.*Blob/),
      });
    }
  });
});

it.each([
  ['nothing', ''],
  ['a number', 5 as unknown as string],
  ['nothing at all', undefined as unknown as string],
])('%s is refused when somebody subscribes, not before', (_name, source) => {
  expect(errorOf(imageFrom(source))).toMatchObject({ name: 'RequestError', fields: ['source'] });
});

describe('the type of inline data', () => {
  it('is the one that is given, whatever they are', async () => {
    const image = imageFrom(new Blob([PNG], { type: 'image/gif' }), { mime_type: 'image/x-of-mine' });
    expect(await lastValueFrom(image)).toMatchObject({ mime_type: 'image/x-of-mine' });
  });

  it.each([
    ['image/gif', 'image/gif'],
    ['Image/JPG', 'image/jpeg'],
    ['', 'image/png'],
    ['application/octet-stream', 'image/png'],
    ['text/plain', 'image/png'],
  ])('else what a Blob says of itself, if it says something of images: %j', async (type, mime_type) => {
    expect(await blockOf(new Blob([PNG], { type }))).toMatchObject({ mime_type });
  });

  it('is spelled as the API spells it', async () => {
    const types = await Promise.all(
      ['audio/webm;codecs=opus', 'audio/x-wav', 'audio/mp4'].map((type) =>
        lastValueFrom(audioFrom(new Blob([PNG], { type }))),
      ),
    );
    expect(types.map(({ mime_type }) => mime_type)).toEqual(['audio/webm', 'audio/wav', 'audio/m4a']);
    const video = await lastValueFrom(videoFrom(new Blob([PNG], { type: 'video/quicktime' })));
    expect(video.mime_type).toBe('video/mov');
  });

  it('else what the first bytes say, rather than the name', async () => {
    expect(await blockOf(fileWith('cat.jpeg', PNG))).toMatchObject({ mime_type: 'image/png' });
    expect(await blockOf(new File([PNG], 'cat.jpeg'))).toMatchObject({ mime_type: 'image/png' });
  });

  it('else what the name says', async () => {
    expect(await blockOf(fileWith('cat.JPEG', NOTHING_KNOWN))).toMatchObject({ mime_type: 'image/jpeg' });
    expect(await blockOf(new File([NOTHING_KNOWN], 'cat.webp'))).toMatchObject({ mime_type: 'image/webp' });
  });

  it('is asked for where nothing says it', () => {
    expect(errorOf(imageFrom(NOTHING_KNOWN))).toMatchObject({
      name: 'RequestError',
      fields: ['mime_type'],
      message: expect.stringContaining("imageFrom(source, { mime_type: '…' })"),
    });
    expect(errorOf(documentFrom(new Uint8Array(0)))).toMatchObject({ fields: ['mime_type'] });
  });

  it('of something else leads to the right function', () => {
    expect(errorOf(audioFrom(PNG))).toMatchObject({
      fields: ['mime_type'],
      message: expect.stringMatching(/image\/png; use imageFrom/),
    });
    expect(errorOf(imageFrom('data:text/csv,a'))).toMatchObject({
      message: expect.stringMatching(/text\/csv; use documentFrom/),
    });
  });
});

it('passes the other members of a block on', () => {
  expect(valuesOf(imageFrom('https://a/b', { resolution: 'high' }))).toEqual([
    { type: 'image', uri: 'https://a/b', resolution: 'high' },
  ]);
  expect(
    valuesOf(audioFrom(Int16Array.of(1, 2), { mime_type: 'audio/l16', sample_rate: 16_000, channels: 1 })),
  ).toEqual([{ type: 'audio', data: 'AQACAA==', mime_type: 'audio/l16', sample_rate: 16_000, channels: 1 }]);
  expect(valuesOf(videoFrom('https://a/b', { processing: 'agentic', name: 'talk' }))).toEqual([
    { type: 'video', uri: 'https://a/b', processing: 'agentic', name: 'talk' },
  ]);
});

it('goes to a model, which sees what was sent', async () => {
  const emulator = createEmulator();
  const client = createClient({ apiKey: 'k', transport: fetchTransport({ fetch: emulator.fetch }) });
  const answer = await lastValueFrom(
    imageFrom(fileWith('cat.png', PNG)).pipe(
      switchMap((image) => client.create({ model: 'gemini-3-flash-preview', input: [image, text('What is this?')] })),
    ),
  );
  expect(outputText(answer)).not.toBe('');
  expect(emulator.requests[0]?.body).toMatchObject({ input: [INLINE, { type: 'text', text: 'What is this?' }] });
});
