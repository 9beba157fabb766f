import { from, map, concatMap, of, type OperatorFunction, pipe, takeLast, throwIfEmpty } from 'rxjs';

import { OutputError } from '../errors/index.js';
import { type Decoder, decodeWith, describeIssues } from '../internal/decode-with.js';
import { initialJson, type JsonState, jsonValue } from '../json/index.js';
import { readJson } from './read-json.js';

/** A text, and what its end makes of it. */
interface Whole {
  readonly state: JsonState;
  readonly text: string;
}

/**
 * Emits the value of a JSON text once, when the source completes: structured output as a whole, typed and validated.
 *
 * Like {@link scanJson}, but silent until the end. With an io-ts codec or a Standard Schema (zod, valibot, arktype) the
 * value is what that makes of it, and has its type; without one it is `unknown`. Servers do not enforce all of a schema, so
 * what comes from one wants to be checked.
 *
 * ```text
 * pieces        -a---b---c-|     a: '{"name":"So'  b: 'up","serves":4'  c: '}'
 * reduceJson()  -----------(v|)  v: { name: 'Soup', serves: 4 }
 * ```
 *
 * A schema that answers with a promise delays the value until then. Errors with `OutputError`, which holds the text: as soon
 * as the text cannot become JSON (`not_json`, with the UTF-16 offset); where the source completes before the document does,
 * or without any text, as after a refusal (`incomplete`); where the value does not fit (`invalid`, with the path of the
 * first issue). An error of the source passes through.
 *
 * @example Typed output
 * ```ts
 * const Recipe = t.type({ name: t.string, serves: t.number });
 * from(['{"name":"So', 'up","serves":4', '}'])
 *   .pipe(reduceJson(Recipe))
 *   .subscribe(({ name, serves }) => {
 *     console.log(`${name} for ${serves}`); // Soup for 4
 *   });
 * ```
 *
 * @param decoder - What checks the value and gives it its type.
 */
export function reduceJson(): OperatorFunction<string, unknown>;
export function reduceJson<A>(decoder: Decoder<A>): OperatorFunction<string, A>;
export function reduceJson(decoder?: Decoder<unknown>): OperatorFunction<string, unknown> {
  const whole = pipe(
    readJson<Whole>(initialJson, (state, text, push) => {
      push({ state, text });
    }),
    takeLast(1),
    throwIfEmpty(() => noOutput()),
  );
  return decoder === undefined
    ? pipe(
        whole,
        map(({ state }) => jsonValue(state)),
      )
    : pipe(whole, decodeValue(decoder));
}

const noOutput = (): OutputError => new OutputError('incomplete', 'There was no output: no text came at all', '');

const decodeValue = (decoder: Decoder<unknown>): OperatorFunction<Whole, unknown> =>
  concatMap(({ state, text }) => {
    const decoded = decodeWith(decoder, jsonValue(state));
    return ('then' in decoded ? from(decoded) : of(decoded)).pipe(
      map((result) => {
        if (result.issues === undefined) return result.value;
        throw new OutputError('invalid', `The output does not fit: ${describeIssues(result.issues)}`, text);
      }),
    );
  });
