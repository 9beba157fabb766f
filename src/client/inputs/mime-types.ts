/** What a block of media can be. */
export type MediaKind = 'image' | 'audio' | 'video' | 'document';

/** A format's mime types, as the API spells them (wire-format 6.4): some containers hold sound alone, or sound and pictures. */
export type MimeTypes = Readonly<Partial<Record<MediaKind, string>>>;

type Mark = readonly [at: number, text: string];
type Signature = readonly [is: MimeTypes, ...marks: readonly Mark[]];

const withBrands = (is: MimeTypes, ...brands: readonly string[]): readonly Signature[] =>
  brands.map((brand) => [is, [4, `ftyp${brand}`]]);

/**
 * How files of each format begin, one character per byte; the first row that fits is it.
 *
 * A table of our own, because the API takes some thirty formats and any browser loads this: libraries for it know hundreds,
 * and weigh more than the rest of the client.
 */
const SIGNATURES: readonly Signature[] = [
  [{ image: 'image/png' }, [0, '\x89PNG\r\n\x1a\n']],
  [{ image: 'image/jpeg' }, [0, '\xff\xd8\xff']],
  [{ image: 'image/gif' }, [0, 'GIF87a']],
  [{ image: 'image/gif' }, [0, 'GIF89a']],
  [{ image: 'image/webp' }, [0, 'RIFF'], [8, 'WEBP']],
  [{ image: 'image/bmp' }, [0, 'BM'], [6, '\0\0\0\0']],
  [{ image: 'image/tiff' }, [0, 'II*\0']],
  [{ image: 'image/tiff' }, [0, 'MM\0*']],
  ...withBrands({ image: 'image/heic' }, 'heic', 'heix', 'hevc', 'hevx'),
  ...withBrands({ image: 'image/heif' }, 'mif1', 'msf1'),
  ...withBrands({ image: 'image/avif' }, 'avif', 'avis'),
  [{ audio: 'audio/wav' }, [0, 'RIFF'], [8, 'WAVE']],
  [{ audio: 'audio/aiff' }, [0, 'FORM'], [8, 'AIF']],
  [{ audio: 'audio/flac' }, [0, 'fLaC']],
  [{ audio: 'audio/ogg' }, [0, 'OggS']],
  [{ audio: 'audio/mp3' }, [0, 'ID3']],
  // Layer III of MPEG 1, 2 and 2.5, with a checksum and without.
  ...['\xfa', '\xfb', '\xf2', '\xf3', '\xe2', '\xe3'].map((sync): Signature => [
    { audio: 'audio/mp3' },
    [0, `\xff${sync}`],
  ]),
  ...['\xf0', '\xf1', '\xf8', '\xf9'].map((sync): Signature => [{ audio: 'audio/aac' }, [0, `\xff${sync}`]]),
  ...withBrands({ audio: 'audio/m4a' }, 'M4A ', 'M4B '),
  ...withBrands({ video: 'video/mov' }, 'qt  '),
  ...withBrands({ video: 'video/3gpp' }, '3gp', '3g2'),
  ...withBrands({ video: 'video/mp4', audio: 'audio/m4a' }, ''),
  [{ video: 'video/mov' }, [4, 'moov']],
  [{ video: 'video/mov' }, [4, 'mdat']],
  [{ video: 'video/mov' }, [4, 'wide']],
  [{ video: 'video/webm', audio: 'audio/webm' }, [0, '\x1aE\xdf\xa3']],
  [{ video: 'video/mpeg' }, [0, '\0\0\x01\xba']],
  [{ video: 'video/mpeg' }, [0, '\0\0\x01\xb3']],
  [{ video: 'video/avi' }, [0, 'RIFF'], [8, 'AVI ']],
  [{ video: 'video/x-flv' }, [0, 'FLV\x01']],
  [{ video: 'video/wmv' }, [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11']],
  [{ document: 'application/pdf' }, [0, '%PDF-']],
];

/** How many bytes from the beginning of a file say what it is. */
export const HEAD = 16;

/** What bytes are, by how they begin; `undefined` where that says nothing. */
export const sniffMimeTypes = (bytes: Uint8Array): MimeTypes | undefined => {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  return SIGNATURES.find(([, ...marks]) => marks.every(([at, text]) => head.startsWith(text, at)))?.[0];
};

const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

const EXTENSIONS: Readonly<Record<string, MimeTypes>> = {
  png: { image: 'image/png' },
  jpg: { image: 'image/jpeg' },
  jpeg: { image: 'image/jpeg' },
  webp: { image: 'image/webp' },
  gif: { image: 'image/gif' },
  bmp: { image: 'image/bmp' },
  tif: { image: 'image/tiff' },
  tiff: { image: 'image/tiff' },
  heic: { image: 'image/heic' },
  heif: { image: 'image/heif' },
  wav: { audio: 'audio/wav' },
  mp3: { audio: 'audio/mp3' },
  aif: { audio: 'audio/aiff' },
  aiff: { audio: 'audio/aiff' },
  aac: { audio: 'audio/aac' },
  ogg: { audio: 'audio/ogg' },
  opus: { audio: 'audio/opus' },
  flac: { audio: 'audio/flac' },
  m4a: { audio: 'audio/m4a' },
  mp4: { video: 'video/mp4', audio: 'audio/m4a' },
  mov: { video: 'video/mov' },
  webm: { video: 'video/webm', audio: 'audio/webm' },
  mpeg: { video: 'video/mpeg', audio: 'audio/mpeg' },
  mpg: { video: 'video/mpg' },
  avi: { video: 'video/avi' },
  flv: { video: 'video/x-flv' },
  wmv: { video: 'video/wmv' },
  '3gp': { video: 'video/3gpp' },
  pdf: { document: 'application/pdf' },
  csv: { document: 'text/csv' },
  txt: { document: 'text/plain' },
  md: { document: 'text/markdown' },
  html: { document: 'text/html' },
  xml: { document: 'text/xml' },
  json: { document: 'application/json' },
  rtf: { document: 'application/rtf' },
  doc: { document: 'application/msword' },
  xls: { document: 'application/vnd.ms-excel' },
  ppt: { document: 'application/vnd.ms-powerpoint' },
  docx: { document: `${office}.wordprocessingml.document` },
  xlsx: { document: `${office}.spreadsheetml.sheet` },
  pptx: { document: `${office}.presentationml.presentation` },
  odt: { document: `${openDocument}.text` },
  ods: { document: `${openDocument}.spreadsheet` },
  odp: { document: `${openDocument}.presentation` },
};

/** What a file is, by its name or its address; `undefined` where that says nothing. */
export const mimeTypesOfName = (name: string): MimeTypes | undefined => {
  const [, extension = ''] = /\.(\w+)(?:[?#].*)?$/.exec(name) ?? [];
  return Object.hasOwn(EXTENSIONS, extension.toLowerCase()) ? EXTENSIONS[extension.toLowerCase()] : undefined;
};

/** What platforms call formats that the API has another word for. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-aiff': 'audio/aiff',
  'audio/x-flac': 'audio/flac',
  'audio/x-m4a': 'audio/m4a',
  'audio/mp4': 'audio/m4a',
  'audio/x-aac': 'audio/aac',
  'audio/vnd.dlna.adts': 'audio/aac',
  'video/quicktime': 'video/mov',
  'video/x-msvideo': 'video/avi',
  'video/x-ms-wmv': 'video/wmv',
};

/**
 * The type that a platform gives, as the API spells it: without parameters (`audio/webm;codecs=opus`). `undefined` where it
 * says nothing.
 */
export const asSpelled = (type: string): string | undefined => {
  const [bare = ''] = type.toLowerCase().split(';', 1);
  const name = bare.trim();
  return name === '' || name === 'application/octet-stream' ? undefined : (SPELLINGS[name] ?? name);
};
