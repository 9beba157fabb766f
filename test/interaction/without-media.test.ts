import {
  type Cursor,
  cursorOf,
  type Interaction,
  type InteractionEvent,
  reduceInteraction,
  scanInteraction,
} from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { from } from 'rxjs';

import { alignReplay } from '../../src/interaction/align-replay.js';
import { stateAt } from '../../src/interaction/cursor.js';
import { errorOf, valuesOf } from '../support/outcome.js';

const data = 'A'.repeat(40_000);
const image = { type: 'image', mime_type: 'image/png', data } as const;
const events: readonly InteractionEvent[] = [
  created({ id: 'v1_a' }),
  ...[stepStart(0, 'model_output'), stepDelta(0, image), stepDelta(0, { ...image, mime_type: 'image/jpeg' })],
  ...[textDelta(0, 'A picture.'), stepStop(0)],
  ...[stepStart(1, 'model_output'), textDelta(1, 'And '), textDelta(1, 'more.'), stepStop(1)],
  completed({ id: 'v1_a' }),
];
const shown = [
  { type: 'image', mime_type: 'image/png' },
  { type: 'image', mime_type: 'image/jpeg' },
  { type: 'text', text: 'A picture.' },
];

const snapshots = (list = events): readonly Interaction[] =>
  valuesOf(from(list).pipe(scanInteraction({ media: 'reference' })));

describe("media: 'reference'", () => {
  it('leaves base64 out of every snapshot, and every block in its place', () => {
    const all = snapshots();
    expect(JSON.stringify(all)).not.toContain(data);
    expect(all.at(-1)?.steps).toEqual([
      { type: 'model_output', content: shown },
      { type: 'model_output', content: [{ type: 'text', text: 'And more.' }] },
    ]);
    expect(valuesOf(from(events).pipe(reduceInteraction({ media: 'reference' })))[0]?.steps).toEqual(all.at(-1)?.steps);
  });

  it('keeps what can be had elsewhere, and what is not media', () => {
    const uri = { type: 'video', uri: 'https://example.com/v', mime_type: 'video/mp4' } as const;
    const [last] = snapshots([stepStart(0, 'model_output'), stepDelta(0, uri)]).slice(-1);
    expect(last?.steps[0]).toMatchObject({ content: [uri] });
  });

  it('keeps steps that did not change the same objects', () => {
    const [before, after] = snapshots().slice(-4);
    expect(after?.steps[0]).toBe(before?.steps[0]);
    expect(after?.steps[1]).not.toBe(before?.steps[1]);
  });

  it('makes a cursor as small as the text, from which a replay goes on', () => {
    const [snapshot] = valuesOf(from(events.slice(0, 8)).pipe(scanInteraction())).slice(-1);
    const cursor = cursorOf(snapshot!, { media: 'reference' })!;
    expect(JSON.stringify(cursor).length).toBeLessThan(2000);
    expect(JSON.stringify(cursorOf(snapshot!)).length).toBeGreaterThan(80_000);
    const state = stateAt(JSON.parse(JSON.stringify(cursor)) as Cursor);
    const rest = valuesOf(from(events).pipe(alignReplay({ delivered: () => state })));
    expect(rest).toMatchObject([textDelta(1, 'more.'), stepStop(1), completed({ id: 'v1_a' })]);
  });

  it('is no excuse for other media', () => {
    const [snapshot] = valuesOf(from(events.slice(0, 8)).pipe(scanInteraction())).slice(-1);
    const state = stateAt(cursorOf(snapshot!, { media: 'reference' })!);
    const others = events.map((event) =>
      event.event_type === 'step.delta' && event.delta.type === 'image'
        ? stepDelta(0, { ...image, mime_type: 'image/webp' })
        : event,
    );
    expect(errorOf(from(others).pipe(alignReplay({ delivered: () => state })))).toMatchObject({ name: 'Divergence' });
  });
});
