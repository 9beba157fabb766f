import fc from 'fast-check';
import { from, NEVER, type Observable, of, startWith, take } from 'rxjs';
import {
  decodeEvents,
  type DecodeEventsConfig,
  decodeFrames,
  type Diagnostic,
  type InteractionEvent,
  type SseFrame,
} from 'rx-interactions';
import { completed, created, statusUpdate, stepStop, textDelta } from 'rx-interactions/testing';

import { encodeEvent } from '../../src/events/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { cutAt, eventStream, inPiecesOf, utf8 } from '../support/bytes.js';
import { marbles } from '../support/marbles.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

const frame = (event: unknown): SseFrame => ({ data: JSON.stringify(event) });
const events = { C: created(), D: textDelta(0, 'a'), P: stepStop(0), F: completed() };
const frames: Readonly<Record<string, SseFrame>> = {
  c: frame(events.C),
  d: frame(events.D),
  p: frame(events.P),
  f: frame(events.F),
  x: { data: '{"event_type":"step.' },
  u: { data: '{"event_type":"step.', unterminated: true },
  '.': { data: '[DONE]', event: 'done' },
};
const DONE: SseFrame = { data: '[DONE]' };

describe('decodeEvents', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<SseFrame>('------');
      const unsub = '                -----!';
      const subs = '                 ^----!';
      const expected = '             ------';

      expectObservable(source.pipe(decodeEvents()), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<SseFrame>('--|');
      const subs = '                 ^-!';
      const expected = '             --|';

      expectObservable(source.pipe(decodeEvents())).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits one event for one message',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  --d--|', frames);
      const expected = '     --D--|';

      expectObservable(source.pipe(decodeEvents())).toBe(expected, events);
    }),
  );

  it(
    'emits every event, and completes with its source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-p-f-|', frames);
      const subs = '         ^--------!';
      const expected = '     -C-D-P-F-|';

      expectObservable(source.pipe(decodeEvents())).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'ends at [DONE], and leaves its source then',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-f-z-d-', { ...frames, z: DONE });
      const subs = '         ^----!   ';
      const expected = '     -C-F-|   ';

      expectObservable(source.pipe(decodeEvents())).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'errors at the first message that is malformed, and leaves its source then',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-x-d-|', frames);
      const subs = '         ^--!    ';
      const expected = '     -C-#    ';
      const error = expect.objectContaining({ name: 'DecodeError', code: 'not_json' });

      expectObservable(source.pipe(decodeEvents())).toBe(expected, events, error);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'leaves it out when told to skip',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-x-d-|', frames);
      const expected = '     -C---D-|';

      expectObservable(source.pipe(decodeEvents({ onMalformed: 'skip' }))).toBe(expected, events);
    }),
  );

  it(
    'passes an error of the source on',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-#', frames);
      const subs = '         ^----!';
      const expected = '     -C-D-#';

      expectObservable(source.pipe(decodeEvents())).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-d-d-', frames);
      const unsub = '        ----!  ';
      const subs = '         ^---!  ';
      const expected = '     -C-D-  ';

      expectObservable(source.pipe(decodeEvents()), unsub).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription: a status that one heard does not settle another',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -s---z--', { s: frame(statusUpdate('failed')), z: DONE });
      const first = '        ^-------';
      const second = '       ---^----';
      const expected1 = '    -S---(F|)';
      const expected2 = '    -----|  ';
      const heard = {
        S: statusUpdate('failed'),
        F: { event_type: 'interaction.completed', interaction: { status: 'failed' } },
      };
      const result = source.pipe(decodeEvents());

      expectObservable(result, first).toBe(expected1, heard);
      expectObservable(result, second).toBe(expected2);
      expectSubscriptions(source.subscriptions).toBe(['^----!', '---^-!']);
    }),
  );

  it('stops a synchronous source as soon as nobody listens', () => {
    let pulled = 0;
    const source = from(
      (function* () {
        for (;;) {
          pulled += 1;
          yield frame(events.D);
        }
      })(),
    );
    expect(valuesOf(source.pipe(decodeEvents(), take(3)))).toHaveLength(3);
    expect(pulled).toBe(3);
  });
});

describe('what a message is', () => {
  const decode = (...all: readonly SseFrame[]) => valuesOf(from(all).pipe(decodeEvents()));

  it('stands in its data, whatever the event field says', () => {
    expect(decode({ data: '{"event_type":"step.stop","index":0}', event: 'step.start' })).toEqual([stepStop(0)]);
  });

  it('stands in the event field where the data does not say it', () => {
    expect(decode({ data: '{"index":0}', event: 'step.stop' })).toEqual([stepStop(0)]);
  });

  it('has the id of the id field where the data has none', () => {
    const data = '{"event_type":"step.stop","index":0}';
    expect(decode({ data, id: 'e1' })).toEqual([{ ...stepStop(0), event_id: 'e1' }]);
    expect(decode({ data: `${data.slice(0, -1)},"event_id":"e2"}`, id: 'e1' })).toEqual([
      { ...stepStop(0), event_id: 'e2' },
    ]);
  });

  it('has no id where the id field is empty', () => {
    expect(decode({ data: '{"event_type":"step.stop","index":0}', id: '' })).toEqual([stepStop(0)]);
  });
});

describe('the end of the stream', () => {
  const decode = (all: readonly SseFrame[], config: DecodeEventsConfig = {}) =>
    valuesOf(from(all).pipe(decodeEvents(config)));
  const settled = (interaction: object) => ({ event_type: 'interaction.completed', interaction });

  it('is clean where [DONE] follows a final status without a final event, and a final event says so', () => {
    const diagnostics: Diagnostic[] = [];
    const [begun, failed] = [created({ id: 'v1_a' }), statusUpdate('failed')];
    expect(decode([frame(begun), frame(failed), DONE], { onDiagnostic: (one) => diagnostics.push(one) })).toEqual([
      begun,
      failed,
      settled({ id: 'v1_a', status: 'failed' }),
    ]);
    expect(diagnostics).toEqual([{ code: 'completed_by_done', text: 'failed' }]);
  });

  it.each([
    ['the status is live', [created({ status: 'in_progress' }), statusUpdate('queued')]],
    ['no status was heard of', [textDelta(0, 'a')]],
    ['nothing was heard', []],
    ['a new hop has begun after the final event', [completed(), created({ status: 'in_progress' })]],
  ])('gets no final event from [DONE] where %s', (_name, heard: readonly InteractionEvent[]) => {
    expect(decode([...heard.map(frame), DONE])).toEqual(heard);
  });

  it('gets no second final event from [DONE]', () => {
    expect(decode([frame(created()), frame(statusUpdate('completed')), frame(completed()), DONE])).toHaveLength(3);
  });

  it('is told for the last hop, whatever the hop before it ended with', () => {
    const hops = [created({ id: 'v1_1' }), completed({ id: 'v1_1' }), created({ id: 'v1_2' }), statusUpdate('failed')];
    expect(decode([...hops.map(frame), DONE])).toEqual([...hops, settled({ id: 'v1_2', status: 'failed' })]);
  });

  it('gets no final event where [DONE] does not come', () => {
    expect(decode([frame(statusUpdate('failed'))])).toEqual([statusUpdate('failed')]);
  });

  it('takes a last message that nothing ends where it is whole', () => {
    expect(decode([{ ...frame(completed()), unterminated: true }])).toEqual([completed()]);
    expect(decode([frame(statusUpdate('failed')), { ...DONE, unterminated: true }])).toHaveLength(2);
  });

  it('drops a last message that was cut, without a word: that the stream is cut is for others to say', () => {
    const diagnostics: Diagnostic[] = [];
    expect(
      decode([frames['d']!, frames['u']!, { data: '{"event_type":"step.delta"}', unterminated: true }], {
        onDiagnostic: (one) => diagnostics.push(one),
      }),
    ).toEqual([events.D]);
    expect(diagnostics).toEqual([]);
  });
});

describe('onMalformed and onDiagnostic', () => {
  const noteless = { event_type: 'step.stop', index: 0, event_id: 7, usage: null };
  const heard = (data: string, config: DecodeEventsConfig = {}) => {
    const diagnostics: Diagnostic[] = [];
    const outcome = outcomeOf(
      of({ data }).pipe(decodeEvents({ ...config, onDiagnostic: (one) => diagnostics.push(one) })),
    );
    return { ...outcome, diagnostics };
  };

  it('hear of an optional member that was left out', () => {
    expect(heard(JSON.stringify(noteless))).toMatchObject({
      values: [{ event_type: 'step.stop', index: 0 }],
      diagnostics: [{ code: 'member_dropped', text: 'event_id' }],
    });
  });

  it('hear nothing of a member that is null', () => {
    expect(heard('{"event_type":"step.stop","index":0,"usage":null}').diagnostics).toEqual([]);
  });

  it('hear nothing where everything was understood, or only wrapped', () => {
    expect(heard(JSON.stringify(events.D)).diagnostics).toEqual([]);
    expect(heard('{"event_type":"step.start","index":0,"step":{"type":"x"}}').diagnostics).toEqual([]);
  });

  it.each([
    ['is not JSON', '{"event_type":', 'not_json'],
    ['is no object', '7', 'malformed'],
    ['lacks what must be read', '{"event_type":"step.stop"}', 'malformed'],
  ])('end the stream at a message that %s', (_name, data, code) => {
    const error = errorOf(of({ data }).pipe(decodeEvents()));
    expect(error).toMatchObject({ name: 'DecodeError', code });
    expect(heard(data).diagnostics).toEqual([]);
  });

  it('keep the text of what is not JSON on the error', () => {
    expect(errorOf(of({ data: '<html>' }).pipe(decodeEvents()))).toMatchObject({
      received: '<html>',
      cause: { name: 'SyntaxError' },
    });
  });

  it('skip it and say why, when told to', () => {
    expect(heard('{"event_type":"step.stop"}', { onMalformed: 'skip' })).toMatchObject({
      values: [],
      completed: true,
      diagnostics: [{ code: 'event_malformed', text: expect.stringContaining('index should be number') as string }],
    });
  });

  it('go on when the listener throws', () => {
    const onDiagnostic = () => {
      throw new Error('a bug of the listener');
    };
    expect(valuesOf(of(frame(noteless)).pipe(decodeEvents({ onDiagnostic })))).toEqual([stepStop(0)]);
    expect(
      valuesOf(of({ data: '{' }, frame(events.D)).pipe(decodeEvents({ onMalformed: 'skip', onDiagnostic }))),
    ).toEqual([events.D]);
  });

  it('say nothing before the message has come', () => {
    const onDiagnostic = jest.fn();
    NEVER.pipe(startWith(frame(events.D)), decodeEvents({ onDiagnostic }))
      .subscribe()
      .unsubscribe();
    expect(onDiagnostic).not.toHaveBeenCalled();
  });
});

describe('T25: error JSON in the body, which is no message', () => {
  const decode = (body: string) => valuesOf(of(utf8(body)).pipe(decodeFrames(), decodeEvents()));
  const begun = `data: ${JSON.stringify(events.D)}\n\n`;

  it('is an error event with its code and its message', () => {
    expect(decode(`${begun}[{"error":{"code":503,"message":"Try again later"}}\n]`)).toEqual([
      events.D,
      { event_type: 'error', error: { code: 'service_unavailable', message: 'Try again later' } },
    ]);
  });

  it('says nothing where it was cut itself', () => {
    expect(decode(`${begun}[{"error":{"code":503,"mess`)).toEqual([events.D]);
  });
});

describe('T23: however the bytes are cut, the events are the same', () => {
  const eventsOf = (pieces: readonly Uint8Array[]): Observable<InteractionEvent> =>
    from(pieces).pipe(decodeFrames(), decodeEvents());

  it('for any events, line ends, comments, data lines and cuts', () => {
    const ends = fc.array(fc.constantFrom('\n', '\r', '\r\n'), { minLength: 1, maxLength: 4 });
    const style = fc.record({
      mark: fc.boolean(),
      ends,
      comment: fc.option(fc.constantFrom(': keep-alive', ':', ': data: {'), { nil: undefined }),
      named: fc.boolean(),
      indent: fc.constantFrom(0, 1),
      space: fc.constantFrom('', ' '),
    });
    fc.assert(
      fc.property(
        fc.array(arbitrary.received.event, { maxLength: 6 }),
        style,
        fc.array(fc.nat({ max: 2_000 }), { maxLength: 40 }),
        (messages, { mark, ends: kinds, comment, named, indent, space }, places) => {
          // Indented JSON is written as several data lines: they are joined with line feeds, which JSON does not mind.
          const lines = messages.flatMap((message) => [
            ...(comment === undefined ? [] : [comment]),
            ...(named ? [`event:${space}${String((message as { event_type: unknown }).event_type)}`] : []),
            ...JSON.stringify(message, null, indent)
              .split('\n')
              .map((line) => `data:${space}${line}`),
            '',
          ]);
          const text = lines.reduce((before, line, at) => {
            const end = kinds[at % kinds.length]!;
            // A CR and the LF of a blank line after it would be one line end.
            return before + line + (line === '' && end === '\n' && before.endsWith('\r') ? '\r' : end);
          }, '');
          const bytes = utf8(`${mark ? '\uFEFF' : ''}${text}`);
          const decoded = valuesOf(eventsOf(cutAt(bytes, places)));

          expect(decoded.map(encodeEvent)).toEqual(messages);
          expect(valuesOf(eventsOf([bytes]))).toEqual(decoded);
          expect(valuesOf(eventsOf(inPiecesOf(1, bytes)))).toEqual(decoded);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('for a stream with [DONE] at its end', () => {
    const messages = [created(), textDelta(0, 'ä€😀'), completed()];
    const bytes = eventStream(messages);
    for (let place = 0; place <= bytes.length; place += 1) {
      expect(valuesOf(eventsOf(cutAt(bytes, [place])))).toEqual(messages);
    }
  });
});
