/** A text as a model streams it: a few words at a time, cut before a space. The pieces joined are the text. */
export const inPieces = (text: string, words = 3): readonly string[] =>
  text.match(new RegExp(`(?:\\s*\\S+){1,${words}}\\s*$|(?:\\s*\\S+){1,${words}}`, 'gu')) ?? [text];
