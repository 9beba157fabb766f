/** What can be missing inside the innermost container; its closing brackets come behind it. */
const ENDS = [
  ...['', '0', '"', '""', '"":0', ':0', '":0', '0"', '00"', '000"', '0000"', 'u0000"', 'n"'],
  ...['n":0', '0":0', '00":0', '000":0', '0000":0'],
  ...['rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'],
];

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Whether a text is the beginning of some JSON text: found by trying how it could go on. */
export const mayGoOn = (text: string): boolean => {
  const structure = text.replace(/"(?:[^"\\]|\\[^])*("|\\?$)/g, '');
  const open: string[] = [];
  for (const character of structure) {
    if (character === '{' || character === '[') open.push(character === '{' ? '}' : ']');
    if (character === '}' || character === ']') open.pop();
  }
  const closers = open.reverse().join('');
  return ENDS.some((end) => isJson(text + end + closers));
};
