import { valueOf } from './containers.js';
import type { JsonState, OpenContainer } from './json-state.js';

/**
 * The value at that moment, as far as it can be told: strings grow, numbers and literals are there when they are complete, a
 * key is there with the start of its value. `undefined` while there is no value. The same object each time for the same
 * state, and what is complete in it is shared with the values of later states.
 */
export const jsonValue = (state: JsonState): unknown => (state.view ??= materialize(state));

/** From the inside out, so that depth costs no stack. */
const materialize = (state: JsonState): unknown => {
  let child: unknown = state.expects === 'string' ? state.token : undefined;
  let container: OpenContainer = state;
  while (container.outer !== undefined) {
    child = valueOf(container, child);
    container = container.outer;
  }
  return container.count > 0 ? container.children[0] : child;
};
