import { defaultIfEmpty, forkJoin, from, map, type Observable, type ObservableInput, of, toArray } from 'rxjs';

import type { Content } from '../../protocol/index.js';
import { text } from './text.js';

/** What becomes content: text, a block, or whatever emits blocks. */
export type ContentPart = string | Content | ObservableInput<Content>;

const isBlock = (part: Content | ObservableInput<Content>): part is Content =>
  'type' in part && typeof part.type === 'string';

const blocksOf = (part: ContentPart): Observable<readonly Content[]> => {
  if (typeof part === 'string') return of([text(part)]);
  return isBlock(part) ? of([part]) : from(part).pipe(toArray());
};

/**
 * Puts an input together: emits the blocks of all parts, once, when the last part is there.
 *
 * Where `forkJoin` gives the last value of each source, this takes text as it is, and all blocks that a part emits. The parts
 * are subscribed at the same time, and their order is kept. The first part that fails ends the others.
 *
 * ```text
 * imageFrom('a.png')                   ----(a|)
 * imageFrom('b.png')                   --(b|)
 * contentFrom('Compare:', a$, b$)      ----(x|)     x: [text, a, b]
 * ```
 *
 * @example Two images and a question
 * ```ts
 * contentFrom('Which is the older one?', imageFrom('https://example.com/a.png'), imageFrom('https://example.com/b.png'))
 *   .pipe(switchMap((input) => client.stream({ model, input })))
 *   .subscribe();
 * ```
 */
export function contentFrom(...parts: readonly ContentPart[]): Observable<readonly Content[]> {
  return forkJoin(parts.map(blocksOf)).pipe(
    map((lists) => lists.flat()),
    defaultIfEmpty([]), // of no parts
  );
}
