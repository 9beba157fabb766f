/** Words that are written with a capital and are no places. */
const NO_PLACES: ReadonlySet<string> = new Set(
  (
    'a an and are at be but by can celsius check could compare current fahrenheit find first for forecast get give go ' +
    'hello hey hi how i in is it its let look me my next now of on or please search show tell temperature thanks the ' +
    'then there today tomorrow use want was weather what when where which who why will would you your ' +
    'monday tuesday wednesday thursday friday saturday sunday'
  ).split(' '),
);

/** What may stand behind a place that begins a sentence: "Oslo and Rome", "Oslo, Rome", "Paris weather". */
const AFTER_PLACE = /^(?:and|or|weather|temperature|forecast)$/i;

const TOKEN = /[\p{L}\p{M}][\p{L}\p{M}\p{N}'’.-]*|[,;:?!()&/]/gu;

/** "Paris's", "Boston." → the name alone; "What's", "I'm" → the word. */
const bare = (word: string): string => word.replace(/['’](?:s|m|d|ll|re|ve)$/i, '').replace(/[.-]+$/, '');

const isName = (word: string): boolean => /^\p{Lu}/u.test(word) && !NO_PLACES.has(bare(word).toLowerCase());

const endsSentence = (token: string | undefined): boolean => token === undefined || /[.?!]$/.test(token);

/** A sentence begins with a capital, whatever it begins with. */
const isPlaceWord = (tokens: readonly string[], at: number): boolean => {
  const [before, token = '', after = ''] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!isName(token)) return false;
  return !endsSentence(before) || after === '' || !/^\p{Ll}/u.test(after) || AFTER_PLACE.test(after);
};

/** What stands behind "in", whatever its letters. */
const afterPreposition = (prompt: string): readonly string[] => {
  const found =
    /\b(?:in|for|at|near)\s+([\p{L}\p{M}][\p{L}\p{M}' -]*?)(?=\s+(?:right now|today|tomorrow|now|please)\b|[?.!,;]|$)/iu.exec(
      prompt,
    );
  const names = found?.[1]?.split(/\s+and\s+(?:in\s+)?/i) ?? [];
  return names.map((name) => name.trim()).filter((name) => name !== '');
};

/**
 * The places that a prompt names, each once: runs of capitalised words ("San Francisco, CA" is one); failing that, what
 * stands behind "in".
 */
export const placesIn = (prompt: string): readonly string[] => {
  const places: string[] = [];
  let run: string[] = [];
  let isState = false; // "CA" behind a comma belongs to the name before it
  const close = (): void => {
    const name = bare(run.join(' '));
    const before = places.at(-1);
    run = [];
    if (name === '') return;
    if (isState && before !== undefined && /^[A-Z]{2}$/.test(name)) places[places.length - 1] = `${before}, ${name}`;
    else places.push(name);
  };
  const tokens = prompt.match(TOKEN) ?? [];
  tokens.forEach((token, at) => {
    if (isPlaceWord(tokens, at)) {
      run.push(token);
    } else {
      close();
      isState = token === ',';
    }
  });
  close();
  return [...new Set(places.length > 0 ? places : afterPreposition(prompt))];
};
