import { audioFrom, documentFrom, imageFrom, type MediaSource, RequestError, videoFrom } from 'rx-interactions';
import { lastValueFrom, type Observable } from 'rxjs';

import { errorOf, valuesOf } from '../../support/outcome.js';

type Make = (source: MediaSource) => Observable<{ readonly mime_type?: string | undefined }>;

const MAKE: Readonly<Record<string, Make>> = {
  image: (source) => imageFrom(source),
  audio: (source) => audioFrom(source),
  video: (source) => videoFrom(source),
  document: (source) => documentFrom(source),
};

const KINDS = Object.keys(MAKE);

/** A file that begins so, one character per byte, and goes on with something. */
const file = (head: string): Uint8Array => Uint8Array.from(Buffer.from(`${head}~~~~~~~~~~~~~~~~~~~~`, 'latin1'));

const brand = (name: string): string => `\0\0\0\x18ftyp${name}`;

const FORMATS: readonly (readonly [name: string, head: string, ...types: readonly string[]])[] = [
  ['PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
  ['JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF, old', 'GIF87a', 'image/gif'],
  ['GIF', 'GIF89a', 'image/gif'],
  ['WebP', 'RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
  ['BMP', 'BM\x10\x20\0\0\0\0\0\0', 'image/bmp'],
  ['TIFF, little endian', 'II*\0', 'image/tiff'],
  ['TIFF, big endian', 'MM\0*', 'image/tiff'],
  ['HEIC', brand('heic'), 'image/heic'],
  ['HEIF', brand('mif1'), 'image/heif'],
  ['AVIF', brand('avif'), 'image/avif'],
  ['WAV', 'RIFF\x10\0\0\0WAVEfmt ', 'audio/wav'],
  ['AIFF', 'FORM\0\0\0\x10AIFF', 'audio/aiff'],
  ['FLAC', 'fLaC\0', 'audio/flac'],
  ['Ogg', 'OggS\0', 'audio/ogg'],
  ['MP3 with tags', 'ID3\x04', 'audio/mp3'],
  ['MP3', '\xff\xfb\x90', 'audio/mp3'],
  ['MP3 of MPEG 2.5', '\xff\xe3\x90', 'audio/mp3'],
  ['AAC', '\xff\xf1\x50', 'audio/aac'],
  ['M4A', brand('M4A '), 'audio/m4a'],
  ['MP4', brand('isom'), 'audio/m4a', 'video/mp4'],
  ['QuickTime', brand('qt  '), 'video/mov'],
  ['QuickTime, old', '\0\0\0\x08wide', 'video/mov'],
  ['3GPP', brand('3gp5'), 'video/3gpp'],
  ['WebM', '\x1aE\xdf\xa3', 'audio/webm', 'video/webm'],
  ['MPEG', '\0\0\x01\xba', 'video/mpeg'],
  ['AVI', 'RIFF\x10\0\0\0AVI LIST', 'video/avi'],
  ['FLV', 'FLV\x01', 'video/x-flv'],
  ['WMV', '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'video/wmv'],
  ['PDF', '%PDF-1.7', 'application/pdf'],
];

/** What each function makes of some bytes: their type, or the function that it names instead. */
const madeOf = (bytes: Uint8Array): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    KINDS.flatMap((kind) => {
      try {
        const [block] = valuesOf(MAKE[kind]!(bytes));
        return [[kind, block?.mime_type]];
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        return [];
      }
    }),
  );

const kindOf = (type: string): string => (type === 'application/pdf' ? 'document' : type.split('/', 1)[0]!);

it.each(FORMATS)('%s is told from its first bytes, and is nothing else', (_name, head, ...types) => {
  expect(madeOf(file(head))).toEqual(Object.fromEntries(types.map((type) => [kindOf(type), type])));
});

it.each([
  ['text', 'BM is short for something'],
  ['text in UTF-16', '\xff\xfeB\0'],
  ['a zip, as office documents are', 'PK\x03\x04'],
  ['another RIFF', 'RIFF\x10\0\0\0ACON'],
  ['nothing', ''],
])('%s is not told from its first bytes', (_name, head) => {
  const bytes = head === '' ? new Uint8Array(0) : file(head);
  for (const kind of KINDS) {
    expect(errorOf(MAKE[kind]!(bytes))).toMatchObject({ message: expect.stringContaining(`${kind}From cannot tell`) });
  }
});

it.each([
  ['document', 'report.DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['document', 'table.csv', 'text/csv'],
  ['document', 'notes.md', 'text/markdown'],
  ['document', 'sheet.ods', 'application/vnd.oasis.opendocument.spreadsheet'],
  ['image', 'photo.tif', 'image/tiff'],
  ['audio', 'talk.mp4', 'audio/m4a'],
  ['video', 'talk.mp4', 'video/mp4'],
  ['video', 'talk.webm', 'video/webm'],
] as const)('%sFrom knows %s by its name', async (kind, name, type) => {
  const { mime_type } = await lastValueFrom(MAKE[kind]!(new File(['~~'], name)));
  expect(mime_type).toBe(type);
});

it.each(['constructor', 'cat.toString', 'png', 'cat.png.', ''])('%j is no name that tells anything', async (name) => {
  const error: unknown = await lastValueFrom(imageFrom(new File(['~~'], name))).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ fields: ['mime_type'] });
});
