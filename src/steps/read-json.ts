import type { OperatorFunction } from 'rxjs';

import { OutputError } from '../errors/index.js';
import { mapMulti } from '../internal/map-multi.js';
import { accumulateJson, finishJson, type JsonFault, type JsonState } from '../json/index.js';
import { textFrom, wholeText, withPiece } from './growing-text.js';

const outputErrorOf = ({ message, offset }: JsonFault, text: string): OutputError => {
  const where = `${message} at ${String(offset)}`;
  return offset < text.length
    ? new OutputError('not_json', `The output is not JSON: ${where}`, text)
    : new OutputError('incomplete', `The output ended before it was whole: ${where}`, text);
};

/**
 * Reads pieces of a JSON text and tells what there is to tell of each state and of the text so far: after every piece
 * that is not empty, and at the end where only the end completes the document, as it does a number. The last state may have a fault: what was complete
 * before that can be told, and {@link OutputError} follows. A source without any text is no document, and no fault either.
 */
export const readJson = <A>(
  initial: JsonState,
  tell: (state: JsonState, text: string, push: (result: A) => void) => void,
): OperatorFunction<string, A> =>
  mapMulti((push) => {
    let state = initial;
    let text = textFrom('');
    const advance = (next: JsonState): void => {
      if (next === state) return;
      state = next;
      const soFar = wholeText(text);
      tell(state, soFar, push);
      if (state.fault !== undefined) throw outputErrorOf(state.fault, soFar);
    };
    return {
      next: (piece) => {
        text = withPiece(text, piece);
        advance(accumulateJson(state, piece));
      },
      complete: () => {
        if (wholeText(text) !== '') advance(finishJson(state));
      },
    };
  });
