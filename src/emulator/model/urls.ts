/** The addresses in a text, without the punctuation of its sentences. */
export const urlsIn = (text: string): readonly string[] => [
  ...new Set((text.match(/https?:\/\/[^\s<>"'`]+/g) ?? []).map((url) => url.replace(/[.,;:!?)\]]+$/, ''))),
];
