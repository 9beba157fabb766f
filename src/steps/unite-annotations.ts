import { append, type GrowingList, itemsOf } from '../internal/growing-list.js';
import type { Annotation } from '../protocol/index.js';

/** What the annotations of a list say, by the array that its versions share. */
const sayings = new WeakMap<readonly Annotation[], Set<string>>();

/** What an annotation says, as text: equal for exact duplicates, whatever the order of their members. */
export const sayingOf = (annotation: Annotation): string =>
  JSON.stringify(Object.entries(annotation).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * A list with more annotations behind it, each said once (rule R3, T28); the same list where all are there already.
 * It costs what is new, however long the list is: a transcription brings one annotation per word.
 */
export const uniteAnnotations = (
  known: GrowingList<Annotation>,
  more: readonly Annotation[],
): GrowingList<Annotation> => {
  // Only the latest version has said all that is in the shared array.
  const isLatest = known.length === known.shared.length;
  const said = (isLatest ? sayings.get(known.shared) : undefined) ?? new Set(itemsOf(known).map(sayingOf));
  let united = known;
  for (const one of more) {
    const saying = sayingOf(one);
    if (said.has(saying)) continue;
    said.add(saying);
    united = append(united, one);
  }
  if (united !== known) sayings.set(united.shared, said);
  return united;
};
