import {
  createClient,
  type Diagnostic,
  type InteractionEvent,
  reduceInteraction,
  scanInteraction,
} from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { from } from 'rxjs';

import { reportUnknown } from '../../src/events/report-unknown.js';
import { eventStream, fakeTransport } from '../client/support/fake-transport.js';
import { valuesOf } from '../support/outcome.js';

const unknownEvent = (event_type: string): InteractionEvent => ({ event_type: 'unknown', received: { event_type } });

const reported = (events: readonly InteractionEvent[]) => {
  const heard: Diagnostic[] = [];
  valuesOf(from(events).pipe(reportUnknown((diagnostic) => heard.push(diagnostic))));
  return heard.map(({ code, text, count }) => `${code} ${String(text)} ${String(count)}`);
};

describe('reportUnknown', () => {
  it('names the kind and counts it, wherever it is', () => {
    const received = { type: 'hologram' };
    const unknown = { type: 'unknown', received } as const;
    expect(
      reported([
        unknownEvent('interaction.paused'),
        stepStart(0, unknown),
        stepDelta(0, unknown),
        stepStart(1, { type: 'model_output', content: [unknown] }),
        stepDelta(1, { type: 'text_annotation_delta', annotations: [unknown] }),
        stepStart(2, 'thought'),
        stepDelta(2, { type: 'thought_summary', content: unknown }),
        unknownEvent('interaction.paused'),
        completed({ steps: [unknown] }),
      ]),
    ).toEqual([
      'kind_unknown event interaction.paused 1',
      'kind_unknown step hologram 1',
      'kind_unknown delta hologram 1',
      'kind_unknown content hologram 1',
      'kind_unknown annotation hologram 1',
      'kind_unknown content hologram 2',
      'kind_unknown event interaction.paused 2',
      'kind_unknown step hologram 2',
    ]);
  });

  it('has nothing to say of what is known, and does not run out of memory for what is not', () => {
    expect(reported([created(), stepStart(0, 'model_output'), textDelta(0, 'a'), stepStop(0), completed()])).toEqual(
      [],
    );
    const many = Array.from({ length: 1000 }, (_, at) => unknownEvent(`kind.${String(at)}`));
    expect(reported(many)).toHaveLength(64);
  });

  it('is heard by onDiagnostic, of streams and of JSON', () => {
    const heard: Diagnostic[] = [];
    const unknown = { type: 'hologram', of: 'a cat' };
    const { transport } = fakeTransport(({ method }) =>
      method === 'POST'
        ? eventStream(created(), { event_type: 'interaction.paused' }, completed())
        : { body: { id: 'v1_a', status: 'completed', steps: [unknown] } },
    );
    const client = createClient({ apiKey: 'k', transport, onDiagnostic: (diagnostic) => heard.push(diagnostic) });
    valuesOf(client.stream({ model: 'm', input: 'Hi' }));
    valuesOf(client.get('v1_a'));
    expect(heard).toEqual([
      { code: 'kind_unknown', text: 'event interaction.paused', count: 1 },
      { code: 'kind_unknown', text: 'step hologram', count: 1 },
    ]);
    expect(JSON.stringify(heard)).not.toContain('a cat');
  });
});

describe('diagnostics of a snapshot', () => {
  it('count events of unknown kinds, each kind once', () => {
    const events = [created(), ...['a', 'b', 'a', 'b', 'a'].map(unknownEvent), completed()];
    const [whole] = valuesOf(from(events).pipe(reduceInteraction()));
    expect(whole?.diagnostics).toEqual([
      { code: 'event_unknown', text: 'a', count: 3 },
      { code: 'event_unknown', text: 'b', count: 2 },
    ]);
  });

  it('stay the same array as long as nothing is added', () => {
    const events = [unknownEvent('a'), stepStart(0, 'model_output'), textDelta(0, 'x'), unknownEvent('a')];
    const [first, second, third, fourth] = valuesOf(from(events).pipe(scanInteraction()));
    expect(second?.diagnostics).toBe(first?.diagnostics);
    expect(third?.diagnostics).toBe(first?.diagnostics);
    expect(fourth?.diagnostics).toEqual([{ code: 'event_unknown', text: 'a', count: 2 }]);
  });
});
