import fc from 'fast-check';
import { asyncScheduler, EMPTY, from, lastValueFrom, of, reduce, tap, toArray } from 'rxjs';

import { encodeSlices, SLICE, slicesOfBlob, slicesOfBytes } from '../../../src/client/inputs/encode-slices.js';
import { encodeBase64 } from '../../../src/steps/index.js';
import { marbles } from '../../support/marbles.js';
import { valuesOf } from '../../support/outcome.js';

const joined = reduce((all: string, piece: string) => all + piece, '');

const cutInto = (bytes: Uint8Array, lengths: readonly number[]): readonly Uint8Array[] => {
  const slices: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    slices.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...slices, bytes.subarray(at)];
};

/** Lets one tick after the other come until it is told to stop, and says how much processor time the longest one took, in µs. */
const longestTick = () => {
  let longest = 0;
  let before = process.cpuUsage();
  const turn = () => {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, user + system);
    before = process.cpuUsage();
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  return () => {
    clearImmediate(next);
    return longest;
  };
};

const cost = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

describe('encodeSlices', () => {
  it('gives the base64 of the whole, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), fc.array(fc.nat({ max: 9 })), async (bytes, lengths) => {
        const text = await lastValueFrom(from(cutInto(bytes, lengths)).pipe(encodeSlices(), joined));
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 2, 3, SLICE - 1, SLICE, SLICE + 1, 2 * SLICE + 2])('and of %i bytes', async (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7919) >> 3);
    for (const slices$ of [slicesOfBytes(bytes), slicesOfBlob(new Blob([bytes]))]) {
      expect(await lastValueFrom(slices$.pipe(encodeSlices(), joined))).toBe(Buffer.from(bytes).toString('base64'));
    }
  });

  it('gives nothing for nothing', () => {
    expect(valuesOf(EMPTY.pipe(encodeSlices()))).toEqual([]);
  });

  it('encodes the first slice at once, and each other one in a task of its own', async () => {
    const seen: string[] = [];
    const done = lastValueFrom(
      of(Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6), Uint8Array.of(7, 8, 9)).pipe(
        encodeSlices(),
        tap((piece) => seen.push(piece)),
        toArray(),
      ),
    );
    expect(seen).toEqual(['AQID']);
    await Promise.resolve();
    expect(seen).toEqual(['AQID']);
    expect(await done).toEqual(['AQID', 'BAUG', 'BwgJ']);
  });

  it(
    'waits on the scheduler that it is given',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const slices = cold('(ab|)', { a: Uint8Array.of(1, 2, 3), b: Uint8Array.of(4, 5, 6) });
      expectObservable(slices.pipe(encodeSlices(asyncScheduler))).toBe('(ab|)', { a: 'AQID', b: 'BAUG' });
      expectSubscriptions(slices.subscriptions).toBe('(^!)');
    }),
  );

  it('encodes no more when it is left', async () => {
    const seen: string[] = [];
    const left = of(Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6))
      .pipe(encodeSlices())
      .subscribe((piece) => seen.push(piece));
    left.unsubscribe();
    // Whoever comes later is served later: by now the turn of the one that left would have been.
    await lastValueFrom(of(Uint8Array.of(1), Uint8Array.of(2)).pipe(encodeSlices(), joined));
    expect(seen).toEqual(['AQID']);
  });

  it('never holds other work up for long, however large it is', async () => {
    const bytes = new Uint8Array(20_000_000).fill(0x5a);
    const limit = cost(() => encodeBase64(bytes)) / 10;
    let longest = Infinity;
    for (let round = 0; round < 5 && longest >= limit; round += 1) {
      const stop = longestTick();
      const text = await lastValueFrom(slicesOfBytes(bytes).pipe(encodeSlices(), joined));
      longest = stop(); // a collection of garbage may fall into any
      expect(text).toHaveLength(26_666_668);
    }
    expect(longest).toBeLessThan(limit);
  }, 120_000);
});
