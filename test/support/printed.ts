/** The JSON object that begins at a place of a text; `''` where it does not end. */
export const objectAt = (source: string, start: number): string => {
  let depth = 0;
  let isText = false;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at];
    if (isText && character === '\\') at += 1;
    else if (character === '"') isText = !isText;
    else if (!isText && character === '{') depth += 1;
    else if (!isText && character === '}' && --depth === 0) return source.slice(start, at + 1);
  }
  return '';
};
