/** A stretch of the text that is searched at once. */
interface Segment {
  readonly text: string;
  /** Where it begins, in UTF-16 code units and in UTF-8 bytes. */
  readonly index: number;
  readonly byte: number;
}

const SEGMENT_LENGTH = 512;

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** How many UTF-16 code units make up the character at a place: two for a surrogate pair. */
const unitsAt = (text: string, at: number): number =>
  isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1)) ? 2 : 1;

/** How many UTF-8 bytes that character takes; half of a pair takes as many as the U+FFFD that stands for it. */
const bytesAt = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unitsAt(text, at) === 2 ? 4 : 3;
};

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (let at = 0; at < text.length; at += unitsAt(text, at)) bytes += bytesAt(text, at);
  return bytes;
};

/** A growing text in which places given in UTF-8 bytes are found. */
export interface Utf8Text {
  readonly append: (piece: string) => void;
  /** Its length in UTF-8 bytes, without half a character at its end: the next piece may complete it. */
  readonly byteLength: () => number;
  /**
   * The UTF-16 index of the character at a byte offset; of the end, if that is beyond it. Inside a character: where that
   * character begins (`floor`) or ends (`ceil`).
   */
  readonly indexAt: (byte: number, round: 'floor' | 'ceil') => number;
  /** The text between two UTF-16 indices. */
  readonly slice: (start: number, end: number) => string;
}

/** Appending costs the piece; finding a place costs the logarithm of the text's length. */
export const createUtf8Text = (): Utf8Text => {
  const segments: Segment[] = [];
  let index = 0;
  let byte = 0;
  let half = ''; // the first half of a surrogate pair, whose second half may be in the next piece

  const addSegment = (text: string): void => {
    segments.push({ text, index, byte });
    index += text.length;
    byte += utf8Length(text);
  };

  /** The last segment that begins at or before a place. */
  const segmentAt = (place: number, key: 'index' | 'byte'): number => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((segments[middle]?.[key] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    append: (piece) => {
      const text = half + piece;
      const end = isHigh(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length;
      half = text.slice(end);
      for (let at = 0; at < end;) {
        const cut = Math.min(at + SEGMENT_LENGTH, end);
        const to = cut < end && unitsAt(text, cut - 1) === 2 ? cut + 1 : cut; // never between the halves of a pair
        addSegment(text.slice(at, to));
        at = to;
      }
    },

    byteLength: () => byte,

    indexAt: (place, round) => {
      const segment = segments[segmentAt(place, 'byte')];
      if (segment === undefined || place >= byte) return place > byte || half === '' ? index + half.length : index;
      const { text } = segment;
      let at = 0;
      let left = Math.max(0, place) - segment.byte;
      while (left > 0 && at < text.length) {
        const bytes = bytesAt(text, at);
        if (bytes > left && round === 'floor') break;
        left -= bytes;
        at += unitsAt(text, at);
      }
      return segment.index + at;
    },

    slice: (start, end) => {
      let text = '';
      for (let at = segmentAt(start, 'index'); at < segments.length; at += 1) {
        const segment = segments[at];
        if (segment === undefined || segment.index >= end) break;
        text += segment.text.slice(Math.max(0, start - segment.index), end - segment.index);
      }
      return end > index ? text + half.slice(Math.max(0, start - index), end - index) : text;
    },
  };
};
