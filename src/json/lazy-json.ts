import type { JsonState } from './json-state.js';
import { jsonValue } from './json-value.js';

/**
 * What shows a JSON text at one moment: {@link value} is made when it is first read.
 *
 * It is a member like any other: own and enumerable, so that copies, comparisons and `JSON.stringify` see it. One getter
 * serves all objects, because one in an object literal is another function each time, for which the engine makes a hidden
 * class of its own for every object: 3.7 µs for a delta, most of it garbage collection, and not 0.2.
 */
export abstract class LazyJson {
  /** The value so far; `undefined` before it begins. */
  declare readonly value: unknown;
  readonly #state: JsonState;

  constructor(state: JsonState) {
    this.#state = state;
    Object.defineProperty(this, 'value', LazyJson.#value);
  }

  static readonly #value = {
    enumerable: true,
    get(this: LazyJson): unknown {
      return jsonValue(this.#state);
    },
  };
}
