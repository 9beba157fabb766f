/**
 * How many bytes text takes in UTF-8. Halves of a surrogate pair count two each, so that the lengths of the pieces of a text
 * add up wherever it is cut.
 */
export const utf8Length = (text: string): number => {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
};
