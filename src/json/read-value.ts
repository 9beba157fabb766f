import { type Draft, openContainer } from './draft.js';
import { readLiteral } from './read-literal.js';
import { beginNumber } from './read-number.js';
import { readString } from './read-string.js';

/** Reads a value from its first character, as far as it is there. */
export const readValue = (draft: Draft, text: string, at: number, code: number): number => {
  switch (code) {
    case 0x22: // "
      draft.expects = 'string';
      return readString(draft, text, at + 1);
    case 0x7b: // {
      openContainer(draft, true);
      return at + 1;
    case 0x5b: // [
      openContainer(draft, false);
      return at + 1;
    case 0x74:
      return readLiteral(draft, text, at, 'true', true);
    case 0x66:
      return readLiteral(draft, text, at, 'false', false);
    case 0x6e:
      return readLiteral(draft, text, at, 'null', null);
    default:
      return beginNumber(draft, text, at, code);
  }
};
