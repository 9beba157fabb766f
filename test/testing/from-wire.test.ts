import { outputText, reduceInteraction, throwIfUnsettled } from 'rx-interactions';
import { fromWire } from 'rx-interactions/testing';

import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

const WIRE = `event: interaction.created
data: {"event_type":"interaction.created","interaction":{"id":"v1_a","status":"in_progress"}}

data: {"event_type":"step.start","index":0,"step":{"type":"model_output"}}

data: {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"Grüße 👋"}}

data: {"event_type":"step.stop","index":0}

data: {"event_type":"interaction.completed","interaction":{"id":"v1_a","status":"completed"}}

data: [DONE]

`;

describe('fromWire', () => {
  it('gives the events of a stream, to each subscriber from the start', () => {
    const events$ = fromWire(WIRE);
    for (const _time of [1, 2]) {
      const [interaction] = valuesOf(events$.pipe(throwIfUnsettled(), reduceInteraction()));
      expect(interaction).toMatchObject({ id: 'v1_a', status: 'completed' });
      expect(outputText(interaction!)).toBe('Grüße 👋');
    }
  });

  it('reads every dialect', () => {
    const migrated = '{"type":"step.delta","index":0,"delta":{"type":"thought","text":"Hm."}}';
    expect(valuesOf(fromWire(`data: ${migrated}\n\n`))).toEqual([
      {
        event_type: 'step.delta',
        index: 0,
        delta: { type: 'thought_summary', content: { type: 'text', text: 'Hm.' } },
      },
    ]);
  });

  it('ends where the text ends: what is cut off is no error here', () => {
    const cut = WIRE.slice(0, WIRE.indexOf('data: [DONE]') - 20);
    expect(valuesOf(fromWire(cut)).map(({ event_type }) => event_type)).toEqual([
      'interaction.created',
      'step.start',
      'step.delta',
      'step.stop',
    ]);
    expect(errorOf(fromWire(cut).pipe(throwIfUnsettled()))).toMatchObject({ name: 'UnsettledError' });
    expect(valuesOf(fromWire(''))).toEqual([]);
  });

  it('errors at what is malformed, or skips it', () => {
    const stop = '{"event_type":"step.stop","index":0}';
    const malformed = `data: ${stop}\n\ndata: {"event_type":"step.delta"}\n\ndata: ${stop}\n\n`;
    const { values, error } = outcomeOf(fromWire(malformed));
    expect(values).toHaveLength(1);
    expect(error).toMatchObject({ name: 'DecodeError' });

    const heard: string[] = [];
    const config = { onMalformed: 'skip', onDiagnostic: ({ code }: { code: string }) => heard.push(code) } as const;
    expect(valuesOf(fromWire(malformed, config))).toHaveLength(2);
    expect(heard).toEqual(['event_malformed']);
  });
});
