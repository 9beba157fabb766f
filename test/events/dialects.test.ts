import fc from 'fast-check';
import { of } from 'rxjs';
import {
  decodeEvent,
  decodeEvents,
  type DecodeEventsConfig,
  decodeFrames,
  type InteractionEvent,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { encodeEvent } from '../../src/events/index.js';
import { rawOf } from '../../src/events/raw-of.js';
import { toCanonicalEvent, toCanonicalInteraction } from '../../src/protocol/dialects/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { utf8 } from '../support/bytes.js';
import { type DialectEncoder, dialectEncoders } from '../support/dialect-encoders.js';
import { deepFreeze } from '../support/freeze.js';
import { valuesOf } from '../support/outcome.js';
import { plausible } from '../support/plausible.js';
import { streams } from '../support/streams.js';

const right = (received: unknown): InteractionEvent => {
  const decoded = decodeEvent(received);
  if (decoded._tag === 'Left') throw decoded.left;
  return decoded.right;
};

const wireOf = (event: InteractionEvent) => encodeEvent(event) as Readonly<Record<string, unknown>>;
const inDialect = (encode: DialectEncoder, event: InteractionEvent): object => encode(wireOf(event)) ?? wireOf(event);

const canonicalStream = fc.oneof(
  plausible.map(({ events }) => events),
  streams(),
);

const decoded = (text: string, config: DecodeEventsConfig = {}) =>
  valuesOf(of(utf8(text)).pipe(decodeFrames(), decodeEvents(config)));

describe('a stream in another dialect', () => {
  it.each(dialectEncoders)('decodes as the canonical one: %s', (_name, encode) => {
    fc.assert(
      fc.property(canonicalStream, (events) => {
        expect(events.map((event) => right(inDialect(encode, event)))).toEqual(events);
      }),
      { numRuns: 200 },
    );
  });

  it('decodes as the canonical one when each event is in a dialect of its own', () => {
    const encoders = dialectEncoders.map(([, encode]) => encode);
    fc.assert(
      fc.property(
        canonicalStream,
        fc.array(
          fc.constantFrom<DialectEncoder>(...encoders, (message) => message),
          { minLength: 1, maxLength: 30 },
        ),
        (events, picks) => {
          const mixed = events.map((event, at) => inDialect(picks[at % picks.length]!, event));
          expect(mixed.map(right)).toEqual(events);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(dialectEncoders)(
    'is written differently by the encoder that these tests have for it: %s',
    (_name, encode) => {
      const events = fc.sample(canonicalStream, { numRuns: 200, seed: 1 }).flat();
      const changed = events.filter((event) => JSON.stringify(encode(wireOf(event))) !== JSON.stringify(wireOf(event)));
      expect(changed.length).toBeGreaterThan(0);
    },
  );
});

describe('the canonical dialect', () => {
  it('is read as the same object', () => {
    fc.assert(
      fc.property(arbitrary.received.event, (event) => {
        expect(toCanonicalEvent(deepFreeze(event))).toBe(event);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(arbitrary.received.resource, (interaction) => {
        expect(toCanonicalInteraction(deepFreeze(interaction))).toBe(interaction);
      }),
      { numRuns: 300 },
    );
  });

  it('is what is left after reading anything once', () => {
    const { event, resource } = arbitrary.received;
    const anything = fc.oneof(arbitrary.json, arbitrary.spoiled(event), arbitrary.spoiled(resource));
    fc.assert(
      fc.property(anything, fc.constantFrom(toCanonicalEvent, toCanonicalInteraction), (received, read) => {
        const canonical = read(deepFreeze(received as object));
        expect(read(canonical)).toBe(canonical);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the type of a message', () => {
  it('is that of its frame where it names none (13.D)', () => {
    expect(
      decoded(
        'event: interaction.start\ndata: {"id":"a","status":"in_progress"}\n\n' +
          'event: interaction.complete\ndata: {"id":"a","status":"completed"}\n\n',
      ),
    ).toEqual([
      { event_type: 'interaction.created', interaction: { id: 'a', status: 'in_progress' } },
      { event_type: 'interaction.completed', interaction: { id: 'a', status: 'completed' } },
    ]);
  });

  it('is its own word before that of its frame, in whatever spelling (5.1)', () => {
    expect(decoded('event: message\ndata: {"type":"step.stop","index":0,"status":"done"}\n\n')).toEqual([stepStop(0)]);
    expect(decoded('event: message\ndata: {"eventType":"step.stop","index":0}\n\n')).toEqual([stepStop(0)]);
    expect(decoded('event: step.stop\ndata: {"index":0}\n\n')).toEqual([stepStop(0)]);
    expect(decoded('event: step.stop\ndata: {"type":"other","index":0}\n\n')).toEqual([
      { ...stepStop(0), type: 'other' },
    ]);
  });

  it('is none that is known where `type` says so, and the message is kept', () => {
    const received = { type: 'heartbeat', sequence: 1 };
    expect(right(received)).toEqual({ event_type: 'unknown', received });
    expect(encodeEvent(right(received))).toBe(received);
  });
});

describe('decodeEvents', () => {
  it('says nothing of members that a dialect has under other names', () => {
    const onDiagnostic = jest.fn();
    decoded('data: {"eventType":"step.stop","index":0,"stepUsage":{"promptTokens":1}}\n\n', { onDiagnostic });
    expect(onDiagnostic).not.toHaveBeenCalled();
  });

  it('names the members that it leaves out by their canonical names', () => {
    const onDiagnostic = jest.fn();
    decoded('data: {"type":"step.stop","index":0,"stepUsage":"lots"}\n\n', { onDiagnostic });
    expect(onDiagnostic.mock.calls).toEqual([[{ code: 'member_dropped', text: 'step_usage' }]]);
  });

  it('reports what is malformed as it was received', () => {
    const received = { type: 'step.stop' };
    const result = decodeEvent(received);
    expect(result).toMatchObject({ left: { code: 'malformed', issues: [{ path: 'index' }] } });
    expect(result._tag === 'Left' && result.left.received).toBe(received);
  });
});

describe('rawOf', () => {
  it('is the message before its dialect was read', () => {
    const received = { type: 'interaction.complete', interaction: { status: 'done' } };
    expect(rawOf(right(received))).toBe(received);
  });

  it('is the event itself where it was canonical, or was not read from anything', () => {
    for (const event of [created(), stepStart(0, 'model_output'), textDelta(0, 'a'), completed()]) {
      expect(rawOf(right(event))).toBe(event);
      expect(rawOf(event)).toBe(event);
    }
  });

  it('has the members that decoding left out, and what it did not understand', () => {
    const dropped = { event_type: 'step.stop', index: 0, usage: 'lots' };
    expect(rawOf(right(dropped))).toBe(dropped);
    const unknown = { event_type: 'x_event' };
    expect(rawOf(right(unknown))).toBe(unknown);
  });

  it('leaves nothing of itself on what was received', () => {
    const received = deepFreeze({ type: 'step.stop', index: 0, status: 'done' });
    const event = right(received);
    expect(Reflect.ownKeys(event)).toEqual(['index', 'event_type']);
    expect(rawOf(event)).toBe(received);
  });

  it('is there for the events of a stream', () => {
    const [event] = decoded('data: {"type":"step.stop","index":0,"status":"done"}\n\n');
    expect(rawOf(event!)).toEqual({ type: 'step.stop', index: 0, status: 'done' });
  });
});
