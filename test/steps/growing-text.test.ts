import fc from 'fast-check';

import { type GrowingText, withPiece } from '../../src/steps/growing-text.js';

const whole = ({ text, recent }: GrowingText): string => text + recent;

describe('a growing text', () => {
  it('is its pieces, and every earlier version stays as it was, however they branch', () => {
    const piece = fc.tuple(
      fc.nat(),
      fc.constantFrom('a', 'é', '🙂', '\ud83d', 'word '),
      fc.constantFrom(0, 1, 900, 5000),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const versions: { readonly grown: GrowingText; readonly text: string }[] = [
          { grown: { text: '', recent: '' }, text: '' },
        ];
        for (const [from, letters, count] of pieces) {
          const { grown, text } = versions[from % versions.length]!;
          const more = letters.repeat(count);
          versions.push({ grown: withPiece(grown, more), text: text + more });
        }
        for (const { grown, text } of versions) expect(whole(grown)).toBe(text);
      }),
    );
  });

  it('keeps only what came lately in pieces', () => {
    let grown: GrowingText = { text: '', recent: '' };
    let longest = 0;
    for (let count = 0; count < 100_000; count += 1) {
      grown = withPiece(grown, 'piece');
      longest = Math.max(longest, grown.recent.length);
    }
    expect(whole(grown)).toBe('piece'.repeat(100_000));
    expect(longest).toBeLessThan(4096);
  });
});
