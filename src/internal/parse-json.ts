/** How deep JSON may be nested, in levels. `JSON.parse` reads any depth; what writes or compares it again is recursive. */
export const MAX_DEPTH = 1000;

/** JSON that is nested too deep to be handled. */
export class TooDeep extends SyntaxError {
  constructor() {
    super(`It is nested more than ${MAX_DEPTH} levels deep`);
  }
}

/** How often a text has a character, as far as that matters here. */
const countOf = (text: string, character: string): number => text.split(character, MAX_DEPTH + 2).length - 1;

const hasManyOpeners = (text: string): boolean => countOf(text, '{') + countOf(text, '[') > MAX_DEPTH;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isInString) {
      if (unit === BACKSLASH) at += 1;
      else if (unit === QUOTE) isInString = false;
    } else if (unit === QUOTE) {
      isInString = true;
    } else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
    }
  }
  return deepest;
};

/** Reads JSON as `JSON.parse` does, but throws {@link TooDeep} where it is nested more than {@link MAX_DEPTH} levels deep. */
export const parseJson = (text: string): unknown => {
  // Most texts are too short, or have too few brackets, to need a closer look.
  if (text.length > 2 * MAX_DEPTH && hasManyOpeners(text) && depthOf(text) > MAX_DEPTH) throw new TooDeep();
  return JSON.parse(text);
};
