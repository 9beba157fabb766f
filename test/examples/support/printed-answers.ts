/** A JSON object that begins on a line of its own, with an id. */
const ANSWER = /^\{\s*"id"/gm;

/** `data: { … }`, to the end of its line or to the next event on it. */
const DATA = /data: (\{.*?\})(?=\s+event:|[\s`]*$)/gm;

/** What the migration guide prints of the API before has events of these names. */
const BEFORE = '"event_type": "content.';

/** The text of the object that begins at `from`. */
const objectAt = (text: string, from: number): string => {
  let depth = 0;
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\\') at += 1;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === '{') depth += 1;
    else if (!isQuoted && letter === '}') depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  throw new Error(`There is no end to ${text.slice(from, from + 40)}`);
};

/** Documents have comments, and commas at the end of lists. */
const asJson = (printed: string): string => printed.replace(/ \/\/ [^"\n]*$/gm, '').replace(/,(?=\s*[}\]])/g, '');

/** The interactions that a document prints as JSON. */
export const answersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(ANSWER)].map(({ index }) => asJson(objectAt(text, index)))),
];

/** The event streams that a document prints: the JSON of their events, from one `interaction.created` to the next. */
export const streamsIn = (text: string): readonly (readonly string[])[] => {
  const streams: string[][] = [];
  for (const [, data = ''] of text.matchAll(DATA)) {
    if (data.includes(BEFORE)) continue;
    if (streams.length === 0 || data.includes('"interaction.created"')) streams.push([]);
    streams.at(-1)?.push(data);
  }
  return streams;
};
