import type { OperatorFunction } from 'rxjs';

import { parseJsonPath, watchJson } from '../json/index.js';
import { readJson } from './read-json.js';

/**
 * Emits each element of a list in a JSON text as soon as it is complete, long before the text is.
 *
 * Like {@link scanJson}, but whole elements instead of growing values: for work that starts with every element. The path
 * says where they are: `$` for the document (it may be left out), `.name` or `["name"]` for a member of an object, `[n]` for
 * an element of an array, counted from 0, `[*]` for every child of either. Several `[*]` may be nested; a path without one
 * leads to one value, which is emitted when it is complete.
 *
 * ```text
 * pieces                -a---b----c--|     a: '{"list":[1'  b: '0,{"x":"y'  c: '"},3]}'
 * elementsAt('list[*]') -----x----(yz)|    x: 10  y: { x: 'y' }  z: 3
 * ```
 *
 * Where the path leads to nothing, or to something that is no list, nothing is emitted. Of two members with one name both
 * are. A number is complete with what follows it.
 *
 * Throws a `TypeError` when it is called with a path that is none. Errors with `OutputError` as soon as the text cannot
 * become JSON (`not_json`), and where the source completes before the document does (`incomplete`), after the elements
 * that were complete by then. An empty source completes. An error of the source passes through.
 *
 * @example Each ingredient as it comes
 * ```ts
 * from(['{"ingredients":[{"name":"fl', 'our"},{"na', 'me":"salt"}]}'])
 *   .pipe(elementsAt('ingredients[*].name'), toArray())
 *   .subscribe((names) => {
 *     console.log(names.join(' and ')); // flour and salt
 *   });
 * ```
 */
export function elementsAt(path: string): OperatorFunction<string, unknown> {
  return readJson(watchJson(parseJsonPath(path)), ({ found }, _text, push) => {
    for (const value of found) push(value);
  });
}
