import fc from 'fast-check';

import { append, emptyList, type GrowingList, itemsOf, truncateTo } from '../../src/internal/growing-list.js';

describe('a growing list', () => {
  it('leaves every earlier version as it was, however the versions branch', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.boolean(), fc.nat({ max: 3 })), { maxLength: 30 }), (changes) => {
        const versions: { readonly list: GrowingList<number>; readonly items: readonly number[] }[] = [
          { list: emptyList(), items: [] },
        ];
        changes.forEach(([from, cut, by], at) => {
          const { list, items } = versions[from % versions.length]!;
          versions.push(
            cut
              ? {
                  list: truncateTo(list, Math.max(0, list.length - by)),
                  items: items.slice(0, Math.max(0, items.length - by)),
                }
              : { list: append(list, at), items: [...items, at] },
          );
        });
        for (const { list, items } of versions) {
          expect(itemsOf(list)).toEqual(items);
          expect(list.length).toBe(items.length);
        }
      }),
    );
  });

  it('gives items that can be changed without changing the list', () => {
    const list = append(emptyList<number>(), 1);
    itemsOf(list).push(2);
    expect(itemsOf(list)).toEqual([1]);
  });

  it('does not copy what was there when it grows at its end', () => {
    const one = append(emptyList<number>(), 1);
    expect(append(one, 2).shared).toBe(one.shared);
  });
});
