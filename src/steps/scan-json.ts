import type { OperatorFunction } from 'rxjs';

import { initialJson, type JsonState, LazyJson } from '../json/index.js';
import { readJson } from './read-json.js';

/** Structured output while it arrives. */
export interface JsonSnapshot {
  /**
   * The value so far; `undefined` before it begins. Strings may be cut, and the last of each list; numbers, `true`,
   * `false` and `null` are there when they are complete, and a member as soon as its value begins. Made when it is first
   * read, and always that of this moment; what nobody reads costs nothing.
   */
  readonly value: unknown;
  /** The JSON text so far. */
  readonly text: string;
  /** Whether the document is whole: {@link value} is the final one, and only white space may follow. */
  readonly complete: boolean;
}

class Snapshot extends LazyJson implements JsonSnapshot {
  readonly text: string;
  readonly complete: boolean;

  constructor(state: JsonState, text: string) {
    super(state);
    this.text = text;
    this.complete = state.isComplete;
  }
}

/**
 * Emits the value that a JSON text amounts to so far, after every piece of it.
 *
 * Like {@link reduceJson}, but live; {@link elementsAt} gives the elements of a list one by one instead. The pieces may be
 * cut anywhere, nothing is parsed twice, and what is complete in a value is shared with the values that follow. For
 * structured output put it behind `textDeltas`; for the arguments of function calls there is `scanArguments`.
 *
 * ```text
 * pieces      -a---b---c|     a: '{"name":"So'  b: 'up","serves":4'  c: '}'
 * scanJson()  -x---y---z|     x.value: { name: 'So' }  y.value: { name: 'Soup' }  z.value: { name: 'Soup', serves: 4 }
 * ```
 *
 * An empty piece is none, and a source without any text completes without a value. A number that is the whole document is
 * complete only at the end, with a snapshot of its own. Of a string no half is shown of an escape or a surrogate pair.
 *
 * Errors with `OutputError` as soon as the text cannot become JSON (`not_json`, with the UTF-16 offset), and where the
 * source completes before the document does (`incomplete`): half an answer does not pass for one. An error of the source
 * passes through.
 *
 * @example Show a recipe while it is written
 * ```ts
 * const recipe = { type: 'object', properties: { name: { type: 'string' }, steps: { type: 'array', items: { type: 'string' } } } };
 * client
 *   .stream({ model, input: 'A recipe.', response_format: { type: 'text', mime_type: 'application/json', schema: recipe } })
 *   .pipe(textDeltas(), scanJson())
 *   .subscribe(({ value, complete }) => console.log(complete, JSON.stringify(value)));
 * ```
 */
export function scanJson(): OperatorFunction<string, JsonSnapshot> {
  return readJson(initialJson, (state, text, push) => {
    if (state.fault === undefined) push(new Snapshot(state, text));
  });
}
