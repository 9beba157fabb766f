/** Pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The tables of JPEG that say how large it is: `SOF0` to `SOF15`, without those of the same range that say something else. */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const pngSize = (bytes: DataView): ImageSize | undefined =>
  bytes.byteLength >= 24 && bytes.getUint32(0) === 0x89504e47
    ? { width: bytes.getUint32(16), height: bytes.getUint32(20) }
    : undefined;

const jpegSize = (bytes: DataView): ImageSize | undefined => {
  if (bytes.byteLength < 2 || bytes.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.byteLength; at += 2 + bytes.getUint16(at + 2)) {
    if (bytes.getUint8(at) !== 0xff) return undefined;
    if (isFrameHeader(bytes.getUint8(at + 1))) {
      return { width: bytes.getUint16(at + 7), height: bytes.getUint16(at + 5) };
    }
  }
  return undefined;
};

/** How large a PNG or JPEG is, by its own bytes; nothing of other files, and of broken ones. */
export const imageSizeOf = (bytes: Uint8Array): ImageSize | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngSize(view) ?? jpegSize(view);
};
