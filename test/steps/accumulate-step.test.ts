import fc from 'fast-check';
import type { Annotation, Content, Delta, Step } from 'rx-interactions';

import { applyDelta, finishStep, startStep, stepOf, type StepState, synthesizeStep } from '../../src/steps/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { costRatio } from '../support/cost.js';
import { deepFreeze } from '../support/freeze.js';

/** The state after some deltas; each of them has to have a place in the step. */
const after = (start: Step, ...deltas: readonly Delta[]): StepState =>
  deltas.reduce(
    (state, delta) => {
      const next = applyDelta(state, deepFreeze(delta));
      if (next === undefined) throw new Error(`no place for ${JSON.stringify(delta)} in a ${start.type}`);
      return next;
    },
    startStep(deepFreeze(start)),
  );

const finished = (start: Step, ...deltas: readonly Delta[]): Step => finishStep(after(start, ...deltas)).step;
const output = (...content: readonly Content[]): Step => ({ type: 'model_output', content });
const text = (value: string): Delta & Content => ({ type: 'text', text: value });
const annotations = (...all: readonly Annotation[]): Delta => ({ type: 'text_annotation_delta', annotations: all });

const [A1, A2]: readonly Annotation[] = [
  { type: 'url_citation', url: 'https://example.com/1', start_index: 0, end_index: 4 },
  { type: 'url_citation', url: 'https://example.com/2', start_index: 5, end_index: 9 },
] as const;
const annotated = (value: string, ...all: readonly (Annotation | undefined)[]): Content => ({
  type: 'text',
  text: value,
  annotations: all as readonly Annotation[],
});

const MODEL_OUTPUT: Step = { type: 'model_output' };
const THOUGHT: Step = { type: 'thought' };
const CALL: Step = { type: 'function_call', id: 'c1', name: 'f', arguments: {} };

describe('a step that starts', () => {
  it('counts content in it as a first delta (T9)', () => {
    expect(finished(output(text('Once upon')), text(' a time'))).toEqual(output(text('Once upon a time')));
  });

  it('loses ids and signatures that are there but empty (Q2)', () => {
    expect(finished({ type: 'google_search_call', id: '', signature: '' })).toEqual({ type: 'google_search_call' });
    expect(finished({ type: 'google_search_result', call_id: '', signature: '' })).toEqual({
      type: 'google_search_result',
    });
  });

  it('is the object that was received where nothing changes it', () => {
    const step: Step = { type: 'thought', signature: 's' };
    expect(finishStep(startStep(step)).step).toBe(step);
  });

  it('keeps a thought that is wholly bare', () => {
    expect(finished(THOUGHT)).toEqual({ type: 'thought' });
  });

  it('keeps empty content that was received', () => {
    expect(finished(output())).toEqual(output());
  });

  it('keeps an empty text block that was received', () => {
    expect(finished(output(text('')))).toEqual(output(text('')));
  });
});

describe('R1: text', () => {
  it('is appended to the last text block', () => {
    expect(finished(MODEL_OUTPUT, text('Hel'), text('lo'))).toEqual(output(text('Hello')));
  });

  it('creates no block when it is empty', () => {
    expect(finished(MODEL_OUTPUT, text(''))).toEqual({ type: 'model_output' });
    expect(finished(MODEL_OUTPUT, text('a'), text(''))).toEqual(output(text('a')));
  });

  it('begins a new block after media', () => {
    const image = { type: 'image', data: 'AA==' } as const;
    expect(finished(MODEL_OUTPUT, text('a'), image, text('b'))).toEqual(output(text('a'), image, text('b')));
  });

  it('brings its own annotations (R3)', () => {
    expect(finished(MODEL_OUTPUT, text('a'), { ...text('b'), annotations: [A1] } as Delta)).toEqual(
      output(annotated('ab', A1)),
    );
  });

  it('is an item of the summary in a thought', () => {
    expect(finished(THOUGHT, text('Plan'), text(''))).toEqual({ type: 'thought', summary: [text('Plan')] });
  });

  it('has no place in a call', () => {
    expect(applyDelta(startStep(CALL), text('a'))).toBeUndefined();
  });
});

describe('R2: media', () => {
  const [one, two] = ['AAAA', 'BBBB'].map((data) => ({ type: 'image', mime_type: 'image/png', data }) as const);

  it('make a block each', () => {
    expect(finished(MODEL_OUTPUT, one!, two!)).toEqual(output(one!, two!));
  });

  it('fill a placeholder of their kind', () => {
    expect(finished(output({ type: 'image', mime_type: 'image/png' }), one!)).toEqual(output(one!));
    expect(finished(output({ type: 'audio', sample_rate: 24000 }), { type: 'audio', data: 'AAAA' })).toEqual(
      output({ type: 'audio', sample_rate: 24000, data: 'AAAA' }),
    );
  });

  it('do not fill a placeholder of another kind, or one that has bytes', () => {
    expect(finished(output({ type: 'video' }), one!)).toEqual(output({ type: 'video' }, one!));
    expect(finished(output({ type: 'image', uri: 'u' }), one!)).toEqual(output({ type: 'image', uri: 'u' }, one!));
  });

  it.each(['image', 'audio', 'video', 'document'] as const)('give their signature to the step: %s (R5)', (type) => {
    expect(finished(MODEL_OUTPUT, { type, data: 'AAAA', signature: 's' })).toEqual({
      ...output({ type, data: 'AAAA' }),
      signature: 's',
    });
  });

  it('have no place in a thought', () => {
    expect(applyDelta(startStep(THOUGHT), one!)).toBeUndefined();
  });
});

describe('R2a: audio', () => {
  const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const chunk = (data: string, more: Partial<Extract<Delta, { readonly type: 'audio' }>> = {}): Delta => ({
    type: 'audio',
    mime_type: 'audio/l16',
    data,
    ...more,
  });
  const blocksOf = (...deltas: readonly Delta[]): readonly Content[] =>
    (finished(MODEL_OUTPUT, ...deltas) as { readonly content?: readonly Content[] }).content ?? [];

  it('merges the chunks of one sound: their bytes, whatever padding each of them has', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 8 }), (chunks) => {
        // No piece may look like the start of a file of its own.
        const plain = chunks.map((bytes) => bytes.map((byte) => byte | 0x80));
        expect(blocksOf(...plain.map((bytes) => chunk(encode(bytes))))).toEqual([
          { type: 'audio', mime_type: 'audio/l16', data: encode(Buffer.concat(plain)) },
        ]);
      }),
    );
  });

  it('merges the pieces of one text, wherever it was cut: within a group, or within its padding', () => {
    const bytes = Uint8Array.from({ length: 13 }, (_, at) => 0x80 + at);
    const whole = encode(bytes);
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), fc.nat({ max: whole.length }), fc.boolean(), (a, b, isPadded) => {
        const cut = isPadded ? whole : whole.replace(/=+$/, '');
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const pieces = [cut.slice(0, from), cut.slice(from, to), cut.slice(to)];
        expect(blocksOf(...pieces.map((piece) => chunk(piece)))).toEqual([chunk(cut)]);
      }),
    );
  });

  it('loses no letter of a piece that goes on from nothing: it is a block of its own', () => {
    expect(blocksOf(chunk('gA=='), chunk('gAAAg'), chunk('AAA'))).toEqual([chunk('gA=='), chunk('gAAAgAAA')]);
  });

  it('begins a new block where a container starts', () => {
    const [wav, ogg] = ['RIFF....WAVE', 'OggS....'].map((head) => Buffer.from(head).toString('base64'));
    expect(blocksOf(chunk('AAAA'), chunk(wav!), chunk('BBBB'), chunk(ogg!))).toHaveLength(3);
  });

  it.each([
    ['mime type', { mime_type: 'audio/wav' }],
    ['sample rate', { sample_rate: 16000 }],
    ['number of channels', { channels: 2 }],
  ])('begins a new block where the %s changes', (_name, more) => {
    expect(blocksOf(chunk('AAAA'), chunk('BBBB', more))).toEqual([chunk('AAAA'), chunk('BBBB', more)]);
  });

  it('reads the older spelling of the sample rate', () => {
    expect(blocksOf(chunk('AAAA', { sample_rate: 24000 }), chunk('BBBB', { rate: 24000 }))).toEqual([
      { type: 'audio', mime_type: 'audio/l16', sample_rate: 24000, data: 'AAAABBBB' },
    ]);
  });

  it('does not merge what is referred to', () => {
    const linked: Delta = { type: 'audio', uri: 'https://example.com/a', mime_type: 'audio/l16' };
    expect(blocksOf(chunk('AAAA'), linked, chunk('BBBB'))).toEqual([chunk('AAAA'), linked, chunk('BBBB')]);
  });

  it('begins a new block with what is not base64, and loses nothing', () => {
    expect(blocksOf(chunk('AAAA'), chunk('no base64!'), chunk('BBBB'))).toEqual([
      chunk('AAAA'),
      chunk('no base64!'),
      chunk('BBBB'),
    ]);
  });

  it('does not merge across text', () => {
    expect(blocksOf(chunk('AAAA'), text('a'), chunk('BBBB'))).toHaveLength(3);
  });
});

describe('R3: annotations', () => {
  it('go to the last text block, and do not end it', () => {
    expect(finished(MODEL_OUTPUT, text('a'), annotations(A1), text('b'))).toEqual(output(annotated('ab', A1)));
  });

  it('go to the last text block behind media too', () => {
    const image = { type: 'image', data: 'AAAA' } as const;
    expect(finished(MODEL_OUTPUT, text('a'), image, annotations(A1))).toEqual(output(annotated('a', A1), image));
    const sound = { type: 'audio', data: 'AAAA' } as const;
    expect(finished(MODEL_OUTPUT, text('a'), sound, annotations(A1))).toEqual(output(annotated('a', A1), sound));
  });

  it('are kept once, however often they come, whatever the order of their members', () => {
    const again = Object.fromEntries(Object.entries(A1).reverse()) as unknown as Annotation;
    expect(finished(MODEL_OUTPUT, text('a'), annotations(A1, A2), annotations(again), annotations(A2))).toEqual(
      output(annotated('a', A1, A2)),
    );
  });

  it('wait for text where there is none yet', () => {
    expect(finished(MODEL_OUTPUT, annotations(A1), annotations(A1, A2), text('a'))).toEqual(
      output(annotated('a', A1, A2)),
    );
  });

  it('get an empty text block where no text comes', () => {
    expect(finished(MODEL_OUTPUT, annotations(A1))).toEqual(output(annotated('', A1)));
    const image = { type: 'image', data: 'AAAA' } as const;
    expect(finished(MODEL_OUTPUT, annotations(A1), image)).toEqual(output(image, annotated('', A1)));
  });

  it('change nothing where there are none', () => {
    const state = after(MODEL_OUTPUT, text('a'));
    expect(applyDelta(state, { type: 'text_annotation_delta' })).toBe(state);
    expect(applyDelta(state, annotations())).toBe(state);
  });

  it('have no place in a thought', () => {
    expect(applyDelta(startStep(THOUGHT), annotations(A1))).toBeUndefined();
  });

  // A transcription brings one per word.
  it('cost the same late in a text as early in it', () => {
    const wordsOf = (count: number): readonly Delta[] =>
      Array.from({ length: count }, (_, at) => [
        text('word '),
        annotations({ type: 'word_info', text: 'word', start_index: at * 5, end_index: at * 5 + 4 }),
      ]).flat();
    const reduced = (deltas: readonly Delta[]) =>
      deltas.reduce((state, delta) => applyDelta(state, delta)!, startStep(MODEL_OUTPUT));
    const [short, long] = [wordsOf(2_000), wordsOf(16_000)];
    const ratio = costRatio(
      () => reduced(short),
      () => reduced(long),
      3,
    );
    // Eight times the words: 8 where it is linear, 64 where it is quadratic.
    expect(ratio).toBeLessThan(45);
  });
});

describe('R4: a summary', () => {
  it('keeps its items apart', () => {
    const item = (value: string): Delta => ({ type: 'thought_summary', content: text(value) });
    expect(finished(THOUGHT, item('a'), item('b'))).toEqual({ type: 'thought', summary: [text('a'), text('b')] });
  });

  it('goes on behind the items that the step started with', () => {
    expect(
      finished({ type: 'thought', summary: [text('a')] }, { type: 'thought_summary', content: text('b') }),
    ).toEqual({ type: 'thought', summary: [text('a'), text('b')] });
  });

  it('may hold an image', () => {
    const image = { type: 'image', data: 'AAAA' } as const;
    expect(finished(THOUGHT, { type: 'thought_summary', content: image })).toEqual({
      type: 'thought',
      summary: [image],
    });
  });

  it('has no place in an answer', () => {
    expect(applyDelta(startStep(MODEL_OUTPUT), { type: 'thought_summary', content: text('a') })).toBeUndefined();
  });
});

describe('R5: a signature', () => {
  const sign = (signature?: string): Delta => ({ type: 'thought_signature', signature });

  it.each(['thought', 'model_output', 'function_call', 'google_search_result'] as const)('goes to a %s', (type) => {
    expect(finished({ type }, sign('s'))).toMatchObject({ type, signature: 's' });
  });

  it('replaces the one before it', () => {
    expect(finished({ type: 'thought', signature: 'a' }, sign('b'), sign('c'))).toMatchObject({ signature: 'c' });
  });

  it('never overwrites with nothing', () => {
    const state = after(THOUGHT, sign('a'));
    expect(applyDelta(state, sign(''))).toBe(state);
    expect(applyDelta(state, sign())).toBe(state);
  });

  it('comes with any delta', () => {
    expect(finished(MODEL_OUTPUT, { ...text('a'), signature: 's' } as Delta)).toEqual({
      ...output(text('a')),
      signature: 's',
    });
    expect(finished(CALL, { type: 'arguments_delta', arguments: '{}', signature: 's' })).toMatchObject({
      signature: 's',
    });
    expect(finished(THOUGHT, { type: 'thought_summary', content: text('a'), signature: 's' })).toMatchObject({
      signature: 's',
    });
    expect(finished(MODEL_OUTPUT, { type: 'text_annotation_delta', signature: 's' })).toMatchObject({ signature: 's' });
  });
});

describe('R6: the text of arguments', () => {
  const piece = (value: string | undefined, more: object = {}): Delta => ({
    type: 'arguments_delta',
    arguments: value,
    ...more,
  });

  it('becomes an object when the step stops, wherever it is cut', () => {
    const whole = JSON.stringify({ text: 'ä€😀 \u2028 "quoted"', list: [1, { deep: null }] });
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), fc.nat({ max: whole.length }), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const pieces = [whole.slice(0, from), whole.slice(from, to), whole.slice(to)];
        expect(finished(CALL, ...pieces.map((one) => piece(one)))).toEqual({ ...CALL, arguments: JSON.parse(whole) });
      }),
    );
  });

  it('shows as {} until then', () => {
    expect(stepOf(after(CALL, piece('{"a":1}')))).toEqual(CALL);
    expect(stepOf(after({ type: 'function_call', name: 'f' }))).toEqual({
      type: 'function_call',
      name: 'f',
      arguments: {},
    });
  });

  it('replaces what the step started with, and is not merged into it', () => {
    expect(finished({ ...CALL, arguments: { old: 1 } }, piece('{"new":2}'))).toMatchObject({
      arguments: { new: 2 },
    });
  });

  it('brings an id and a name where they are not empty', () => {
    expect(finished({ type: 'function_call' }, piece('{}', { id: 'c9', name: 'g' }))).toEqual({
      type: 'function_call',
      id: 'c9',
      name: 'g',
      arguments: {},
    });
    expect(finished(CALL, piece('{}', { id: '', name: '' }))).toEqual(CALL);
  });

  it('has no place in an answer', () => {
    expect(applyDelta(startStep(MODEL_OUTPUT), piece('{}'))).toBeUndefined();
  });
});

describe('R7: a payload', () => {
  it('replaces members wholesale', () => {
    expect(
      finished(
        { type: 'google_search_call', id: 'q', arguments: { queries: ['old', 'older'] } },
        { type: 'google_search_call', arguments: { queries: ['new'] }, signature: 'z' },
      ),
    ).toEqual({ type: 'google_search_call', id: 'q', arguments: { queries: ['new'] }, signature: 'z' });
  });

  it('replaces again when it comes again', () => {
    const result = (value: string): Delta => ({ type: 'code_execution_result', result: value });
    expect(finished({ type: 'code_execution_result', call_id: 'x' }, result('1'), result('2'))).toEqual({
      type: 'code_execution_result',
      call_id: 'x',
      result: '2',
    });
  });

  it('does not overwrite with what is absent, nor ids, names and signatures with nothing', () => {
    const call: Step = { type: 'mcp_server_tool_call', id: 'm', name: 'n', signature: 's', arguments: { a: 1 } };
    expect(
      finished(call, { type: 'mcp_server_tool_call', id: '', name: '', signature: '', arguments: undefined }),
    ).toEqual(call);
  });

  it('brings false, zero and empty text where they mean something', () => {
    expect(
      finished(
        { type: 'code_execution_result', result: 'x', is_error: true },
        {
          type: 'code_execution_result',
          result: '',
          is_error: false,
        },
      ),
    ).toEqual({ type: 'code_execution_result', result: '', is_error: false });
  });

  it('is a whole call, whatever text of arguments came before', () => {
    expect(
      finished(
        CALL,
        { type: 'arguments_delta', arguments: '{"half":' },
        { type: 'function_call', arguments: { a: 1 } },
      ),
    ).toEqual({ ...CALL, arguments: { a: 1 } });
  });

  it('has no place in a step of another type', () => {
    expect(applyDelta(startStep(CALL), { type: 'google_search_call' })).toBeUndefined();
    expect(applyDelta(startStep(MODEL_OUTPUT), { type: 'function_result', result: 1 })).toBeUndefined();
  });
});

describe('R8: a delta without a type', () => {
  it('belongs to its step where it has arguments or a result', () => {
    expect(
      finished({ type: 'url_context_call', id: 'u' }, { type: 'unknown', received: { arguments: { urls: ['x'] } } }),
    ).toEqual({ type: 'url_context_call', id: 'u', arguments: { urls: ['x'] } });
    expect(finished({ type: 'function_result', call_id: 'c' }, { type: 'unknown', received: { result: 'r' } })).toEqual(
      {
        type: 'function_result',
        call_id: 'c',
        result: 'r',
      },
    );
  });

  it.each([[{ type: 'hologram', result: 1 }], [{ note: 1 }], [{ arguments: [1] }], ['text'], [null]])(
    'has no place where it is %j',
    (received) => {
      expect(applyDelta(startStep({ type: 'file_search_result' }), { type: 'unknown', received })).toBeUndefined();
    },
  );
});

describe('R9: a step for a delta without one', () => {
  it.each<readonly [Delta, Step]>([
    [text('a'), { type: 'model_output' }],
    [{ type: 'image', data: 'AAAA' }, { type: 'model_output' }],
    [{ type: 'audio', data: 'AAAA' }, { type: 'model_output' }],
    [{ type: 'video', data: 'AAAA' }, { type: 'model_output' }],
    [{ type: 'document', data: 'AAAA' }, { type: 'model_output' }],
    [{ type: 'text_annotation_delta' }, { type: 'model_output' }],
    [{ type: 'thought_summary' }, { type: 'thought' }],
    [{ type: 'thought_signature' }, { type: 'thought' }],
    [{ type: 'arguments_delta' }, { type: 'function_call' }],
    [{ type: 'function_call' }, { type: 'function_call' }],
    [{ type: 'google_maps_result' }, { type: 'google_maps_result' }],
    [
      { type: 'unknown', received: { type: 'hologram' } },
      { type: 'unknown', received: { type: 'hologram' } },
    ],
  ])('that is %j is %j', (delta, step) => {
    expect(synthesizeStep(delta)).toEqual(step);
    expect(applyDelta(startStep(step), delta)).toBeDefined();
  });

  it('has a place for any delta', () => {
    fc.assert(
      fc.property(arbitrary.canonical.delta, (delta) => {
        expect(applyDelta(startStep(synthesizeStep(delta as Delta)), delta as Delta)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe('R10: a call that stops', () => {
  const called = (value: string) => finishStep(after(CALL, { type: 'arguments_delta', arguments: value }));

  it.each([
    ['', {}],
    ['  ', {}],
    [' {"a":1}\n', { a: 1 }],
    ['{}', {}],
  ])('with the arguments %j has %j', (value, args) => {
    expect(called(value)).toEqual({ step: { ...CALL, arguments: args } });
  });

  it.each([['{"a":'], ['[1]'], ['"text"'], ['null'], ['7'], ['{"a":1}{'], ['undefined']])(
    'with the arguments %j, which are no JSON object, keeps {} and tells the text',
    (value) => {
      expect(called(value)).toEqual({ step: CALL, invalidArguments: value });
    },
  );

  it('keeps the arguments that it started with where no text came', () => {
    const whole: Step = { type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } };
    expect(finished(whole)).toEqual(whole);
    expect(finished(whole, { type: 'arguments_delta', arguments: '' })).toEqual(whole);
  });
});

describe('a step of an unknown kind', () => {
  const start: Step = { type: 'unknown', received: { type: 'hologram', id: 'h' } };

  it('is filled by deltas of its own kind, and by those without one', () => {
    expect(
      finished(
        start,
        { type: 'unknown', received: { type: 'hologram', voxels: [1] } },
        { type: 'unknown', received: { id: '', color: 'red' } },
      ),
    ).toEqual({ type: 'unknown', received: { type: 'hologram', id: 'h', voxels: [1], color: 'red' } });
  });

  it('has no place for deltas of other kinds', () => {
    expect(applyDelta(startStep(start), { type: 'unknown', received: { type: 'aura' } })).toBeUndefined();
    expect(applyDelta(startStep(start), text('a'))).toBeUndefined();
  });

  it('is not touched by a signature', () => {
    expect(finished(start, { type: 'thought_signature', signature: 's' })).toEqual(start);
  });
});

describe('a state of a step', () => {
  it('is left as it was by what comes after it, and shows the same object for as long as nothing changes', () => {
    fc.assert(
      fc.property(arbitrary.canonical.step, fc.array(arbitrary.canonical.delta, { maxLength: 12 }), (start, deltas) => {
        let state = startStep(deepFreeze(start) as Step);
        const seen: (readonly [StepState, Step, string])[] = [];
        for (const delta of deltas) {
          const view = stepOf(state);
          seen.push([state, view, JSON.stringify(view)]);
          state = applyDelta(state, deepFreeze(delta) as Delta) ?? state;
        }
        finishStep(state);
        for (const [old, view, json] of seen) {
          expect(stepOf(old)).toBe(view);
          expect(JSON.stringify(view)).toBe(json);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('shows the same whether it was looked at on the way or not', () => {
    fc.assert(
      fc.property(arbitrary.canonical.step, fc.array(arbitrary.canonical.delta, { maxLength: 12 }), (start, deltas) => {
        const run = (look: boolean) =>
          (deltas as readonly Delta[]).reduce(
            (state, delta) => {
              if (look) stepOf(state);
              return applyDelta(state, delta) ?? state;
            },
            startStep(start as Step),
          );
        expect(finishStep(run(true))).toEqual(finishStep(run(false)));
        expect(stepOf(run(true))).toEqual(stepOf(run(false)));
      }),
      { numRuns: 300 },
    );
  });
});
