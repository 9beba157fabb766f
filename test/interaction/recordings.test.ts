import { from } from 'rxjs';
import {
  decodeEvents,
  decodeFrames,
  type Diagnostic,
  encodeEvents,
  eventsOf,
  outputText,
  reduceInteraction,
  takeUntilSettled,
  throwIfUnsettled,
} from 'rx-interactions';

import { encodeEvent } from '../../src/events/index.js';
import { interactionOf } from '../../src/interaction/index.js';
import { InteractionResource } from '../../src/protocol/index.js';
import { cutAt, eventStream, inPiecesOf } from '../support/bytes.js';
import { decoded } from '../support/decode.js';
import { valuesOf } from '../support/outcome.js';
import { seededCuts } from '../support/random.js';
import { describeRecordings } from '../support/recordings.js';

const eventsFrom = (pieces: readonly Uint8Array[], diagnostics: Diagnostic[] = []) =>
  valuesOf(
    from(pieces).pipe(
      decodeFrames(),
      decodeEvents({ onDiagnostic: (diagnostic) => diagnostics.push(diagnostic) }),
      takeUntilSettled(),
      throwIfUnsettled(),
    ),
  );

/**
 * What a value is made of: the names of its members and the types of its leaves.
 *
 * The two recordings of a request are two runs: their texts, ids, counts and the numbers of their annotations, queries and
 * results differ, the shape of what holds them must not. So an array is described by the shapes that occur in it, each
 * once and in order; only that of the steps keeps its length. `search_type` was only ever seen in JSON answers (quirk Q7).
 */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const shapes = value.map((item) => JSON.stringify(shapeOf(item)));
    return [...new Set(shapes)].sort().map((shape): unknown => JSON.parse(shape));
  }
  if (typeof value !== 'object' || value === null) return typeof value;
  const { type } = value as { readonly type?: unknown };
  return Object.entries(value)
    .filter(([key]) => key !== 'search_type')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => (key === 'type' ? ['type', type] : [key, shapeOf(member)]));
};

describeRecordings('a stream that the live service sent', (recordings) => {
  describe.each(recordings)('$name', ({ messages, unary }) => {
    const bytes = eventStream(messages);

    it('is understood whole: nothing unknown, nothing dropped', () => {
      const diagnostics: Diagnostic[] = [];
      const events = eventsFrom([bytes], diagnostics);
      expect(events).toHaveLength(messages.length);
      expect(diagnostics).toEqual([]);
      expect(JSON.stringify(events)).not.toContain('"unknown"');
    });

    it('is written again as it was', () => {
      expect(eventsFrom([bytes]).map(encodeEvent)).toEqual(messages);
    });

    it('is the same after it was written and read again', () => {
      const events = eventsFrom([bytes]);
      expect(valuesOf(from(events).pipe(encodeEvents(), decodeFrames(), decodeEvents()))).toEqual(events);
    });

    it('gives the same events whole, byte by byte, and cut at 1,000 random places', () => {
      const events = eventsFrom([bytes]);
      expect(eventsFrom(inPiecesOf(1, bytes))).toEqual(events);
      expect(eventsFrom(cutAt(bytes, seededCuts(1_000, bytes.length)))).toEqual(events);
    });

    it('gives the same events whatever single place it is cut at', () => {
      const events = eventsFrom([bytes]);
      for (const place of seededCuts(50, bytes.length)) expect(eventsFrom(cutAt(bytes, [place]))).toEqual(events);
    });

    const [streamed] = valuesOf(from(eventsFrom([bytes])).pipe(reduceInteraction()));
    const answered = interactionOf(decoded(InteractionResource, unary));

    it('is an interaction of the same shape as the JSON answer to the same request', () => {
      expect(streamed?.steps.map(({ type }) => type).sort()).toEqual(answered.steps.map(({ type }) => type).sort());
      expect(shapeOf(streamed?.steps)).toEqual(shapeOf(answered.steps));
      expect(streamed?.status).toBe(answered.status);
      expect(Object.keys(streamed ?? {}).sort()).toEqual(Object.keys(answered).sort());
      expect(streamed?.diagnostics).toEqual([]);
    });

    it('has the text that its deltas spelled', () => {
      const spelled = eventsFrom([bytes])
        .flatMap((event) =>
          event.event_type === 'step.delta' && event.delta.type === 'text' ? [event.delta.text] : [],
        )
        .join('');
      expect(outputText(streamed!) ?? '').toBe(spelled);
    });

    it.each([
      ['streamed', streamed!],
      ['answered', answered],
    ])('can be taken apart into events and put together again, as it was %s', (_name, interaction) => {
      const [again] = valuesOf(from(eventsOf(interaction)).pipe(reduceInteraction()));
      expect(again).toEqual({ ...interaction, diagnostics: [] });
    });
  });
});
