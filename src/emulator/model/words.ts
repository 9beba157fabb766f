/** Words that say nothing about what a function is for. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'a about all an and any are as at be by call can current data do does for from function get gets given go has have her his how i if in info ' +
    'into is it its let list make me my new now of on one or our out please return returns set sets some tell that the their them ' +
    'there these they this to tool up us use user value was we what when where which who will with you your'
  ).split(' '),
);

/** The forms of a word that count as the same: "prices" and "price". */
const stem = (word: string): string => word.toLowerCase().replace(/(?:ies|es|s)$/, '');

/** The words of a text or of a name (`getStockPrice`, `get_stock_price`) that mean something. */
export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    (text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').match(/\p{L}{2,}|\d+/gu) ?? [])
      .filter((word) => !EMPTY_WORDS.has(word.toLowerCase()))
      .map(stem),
  );

/** How many words two texts have in common. */
export const inCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((word) => b.has(word)).length;
