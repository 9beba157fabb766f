import * as t from 'io-ts';
import { firstValueFrom, from, lastValueFrom, type Observable, of, type OperatorFunction, toArray } from 'rxjs';
import {
  ArgumentsError,
  type FunctionCall,
  InteractionError,
  type InteractionEvent,
  reduceArguments,
  type StreamedCall,
  type TurnMark,
} from 'rx-interactions';
import { argumentsDelta, completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { z } from 'zod';

import { operatorQuestions } from '../support/operator-questions.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';
import { emits, type Equal, typed } from '../support/types.js';

const start = (index: number, id?: string, args: Readonly<Record<string, unknown>> = {}) =>
  stepStart(index, { type: 'function_call', ...(id === undefined ? {} : { id }), name: 'f', arguments: args });

const call = (index: number, args: Readonly<Record<string, unknown>>): StreamedCall => ({
  index,
  position: index,
  id: `c${index}`,
  name: 'f',
  arguments: args,
});

/** A whole call, streamed in these pieces. */
const callOf = (index: number, ...pieces: readonly string[]): readonly InteractionEvent[] => [
  start(index, `c${index}`),
  ...pieces.map((piece) => argumentsDelta(index, piece)),
  stepStop(index),
];

const reduced = (...events: readonly InteractionEvent[]) => from(events).pipe(reduceArguments());

describe('reduceArguments', () => {
  operatorQuestions(reduceArguments, {
    letters: {
      s: start(0, 'c0'),
      d: argumentsDelta(0, '{"city":"Os'),
      e: argumentsDelta(0, 'lo"}'),
      S: start(1, 'c1'),
      w: stepStart(0, { type: 'function_call', id: 'c0', name: 'f', arguments: { a: 1 } }),
    },
    values: { k: call(0, { city: 'Oslo' }), K: call(1, {}) },
    one: {
      events: '-w-|',
      result: '---|',
    },
    many: {
      events: '-c-s-d-S-e-P-p-f|',
      result: '-----------K-k--|',
    },
    fails: {
      events: '-c-s-d-e-#',
      result: '---------#',
    },
    left: {
      events: '-s-d-e-p-S-P-',
      until: ' ----------!  ',
      result: '-------k-----',
    },
    again: 'sdep',
  });

  operatorQuestions(() => reduceArguments(t.type({ n: t.number })), {
    letters: { s: start(0, 'c0'), d: argumentsDelta(0, '{"n":1}') },
    values: { k: call(0, { n: 1 }), l: { ...call(0, { n: 1 }), position: 1 } },
    one: {
      events: '-s-|',
      result: '---|',
    },
    many: {
      events: '-s-d-p-s-d-p-|',
      result: '-----k-----l-|',
    },
    fails: {
      events: '-s-d-p-s-d-#',
      result: '-----k-----#',
    },
    left: {
      events: '-s-d-p-s-d-',
      until: ' --------!  ',
      result: '-----k-----',
    },
    again: 'sdp',
  });

  it('emits calls as they stop, each with its place', () => {
    const events = [
      ...[stepStart(0, 'thought'), stepStop(0), start(1), start(2, 'c')],
      ...[argumentsDelta(2, '{"b":2}'), stepStop(2), argumentsDelta(1, '{"a":1}'), stepStop(1)],
    ];
    expect(valuesOf(reduced(...events))).toEqual([
      { index: 2, position: 2, id: 'c', name: 'f', arguments: { b: 2 } },
      { index: 1, position: 1, id: 'call_1', name: 'f', arguments: { a: 1 } },
    ]);
  });

  it('gives {} to a call without arguments (T3), and what came whole to one that has it', () => {
    expect(valuesOf(reduced(...callOf(0)))).toEqual([call(0, {})]);
    expect(valuesOf(reduced(...callOf(0, '', ' ')))).toEqual([call(0, {})]);
    expect(valuesOf(reduced(start(0, 'c0', { a: 1 }), stepStop(0)))).toEqual([call(0, { a: 1 })]);
    const whole = stepDelta(0, { type: 'function_call', arguments: { b: 2 } });
    expect(valuesOf(reduced(start(0, 'c0'), argumentsDelta(0, '{'), whole, stepStop(0)))).toEqual([call(0, { b: 2 })]);
  });

  it('is not about calls that the server makes', () => {
    const search = stepStart(0, { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } });
    const mcp = stepStart(1, { type: 'mcp_server_tool_call', id: 'm', name: 'f', server_name: 's', arguments: {} });
    expect(valuesOf(reduced(search, stepStop(0), mcp, stepStop(1)))).toEqual([]);
  });

  it.each<readonly [string, readonly InteractionEvent[]]>([
    ['the stream ends', []],
    ['the interaction settles', [completed()]],
    ['another step takes its index', [stepStart(0, 'model_output'), textDelta(0, 'a'), stepStop(0)]],
    ['the hop is told again', [created(), completed()]],
  ])('never emits a call that has not stopped when %s', (_when, events) => {
    expect(valuesOf(reduced(created(), start(0, 'c0'), argumentsDelta(0, '{"a":1}'), ...events))).toEqual([]);
  });

  it('counts positions on in the next hop', () => {
    const hop = (id: string) => [created({ id }), ...callOf(0, '{}'), completed({ id })];
    expect(valuesOf(reduced(...hop('v1_1'), ...hop('v1_2'))).map(({ index, position }) => [index, position])).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it.each(['{"a":', '[1]', '"text"', 'null', '{"a":1}}'])(
    'errors where the text is no JSON object: %s (T5)',
    (text) => {
      const { values, error } = outcomeOf(reduced(...callOf(0, '{}'), ...callOf(1, text.slice(0, 2), text.slice(2))));
      expect(values).toEqual([call(0, {})]);
      expect(error).toBeInstanceOf(ArgumentsError);
      expect(InteractionError.is(error)).toBe(true);
      expect(error).toMatchObject({ name: 'ArgumentsError', code: 'not_json', text });
      expect((error as Error).message).toContain('f');
    },
  );

  describe('with a decoder', () => {
    const Numeral = new t.Type<number, string, unknown>(
      'Numeral',
      t.number.is,
      (u, context) => (typeof u === 'string' && u !== '' ? t.success(Number(u)) : t.failure(u, context)),
      String,
    );
    const Rows = t.type({ rows: t.array(t.type({ n: Numeral })) });

    it('gives what an io-ts codec makes of the arguments', () => {
      expect(valuesOf(from(callOf(0, '{"rows":[{"n":"1"},', '{"n":"2"}]}')).pipe(reduceArguments(Rows)))).toEqual([
        call(0, { rows: [{ n: 1 }, { n: 2 }] }),
      ]);
    });

    it('knows a codec by what it can do, whatever copy of io-ts it is from', () => {
      const foreign: typeof Rows = Object.assign(Object.create(null) as object, Rows);
      expect(valuesOf(from(callOf(0, '{"rows":[]}')).pipe(reduceArguments(foreign)))).toEqual([call(0, { rows: [] })]);
    });

    it('gives what a Standard Schema makes of them', () => {
      const schema = z.object({ n: z.string().transform(Number) });
      expect(valuesOf(from(callOf(0, '{"n":"12","more":1}')).pipe(reduceArguments(schema)))).toEqual([
        call(0, { n: 12 }),
      ]);
    });

    it('names the place where arguments do not fit', () => {
      const text = '{"rows":[{"n":"1"},{"n":2}]}';
      const misfit = { name: 'ArgumentsError', code: 'invalid', text };
      const codecError = errorOf(from(callOf(0, text)).pipe(reduceArguments(Rows)));
      expect(codecError).toMatchObject(misfit);
      expect((codecError as Error).message).toBe('The arguments of f do not fit: rows.1.n: expected Numeral');

      const schema = z.object({ rows: z.array(z.object({ n: z.string() })) });
      const schemaError = errorOf(from(callOf(0, text)).pipe(reduceArguments(schema)));
      expect(schemaError).toMatchObject(misfit);
      expect((schemaError as Error).message).toContain('rows.1.n');
    });

    it('says that text is not JSON before it asks whether it fits', () => {
      expect(errorOf(from(callOf(0, '{')).pipe(reduceArguments(t.type({}))))).toMatchObject({ code: 'not_json' });
    });

    it('passes on what a decoder throws', () => {
      const boom = new Error('boom');
      const broken = new t.Type<never, unknown, unknown>('Broken', (_u): _u is never => false, thrower, t.identity);
      expect(errorOf(from(callOf(0)).pipe(reduceArguments(broken)))).toBe(boom);
      function thrower(): never {
        throw boom;
      }
    });

    /** A schema that is asked and answers when it is told to. */
    const slow = () => {
      const answers: ((value: unknown) => void)[] = [];
      const validate = (value: unknown) =>
        new Promise<{ readonly value: unknown } | { readonly issues: readonly { readonly message: string }[] }>(
          (resolve) => {
            answers.push((refused) => {
              resolve(refused === undefined ? { value } : { issues: [{ message: 'no' }] });
            });
          },
        );
      return { answers, schema: { '~standard': { version: 1 as const, vendor: 'test', validate } } };
    };

    it('waits for a schema that takes its time, and keeps the order', async () => {
      const { answers, schema } = slow();
      const calls = lastValueFrom(
        from([...callOf(0, '{"a":1}'), ...callOf(1)]).pipe(reduceArguments(schema), toArray()),
      );
      expect(answers).toHaveLength(1);
      answers[0]?.(undefined);
      await Promise.resolve().then(() => undefined);
      while (answers.length < 2) await Promise.resolve();
      answers[1]?.(undefined);
      expect(await calls).toEqual([call(0, { a: 1 }), call(1, {})]);
    });

    it('errors where such a schema refuses', async () => {
      const { answers, schema } = slow();
      const failed = firstValueFrom(from(callOf(0)).pipe(reduceArguments(schema)));
      answers[0]?.('refuse');
      await expect(failed).rejects.toMatchObject({ code: 'invalid', message: 'The arguments of f do not fit: no' });
    });

    it('says nothing any more to who has left in the meantime', async () => {
      const { answers, schema } = slow();
      const heard: unknown[] = [];
      const subscription = from(callOf(0))
        .pipe(reduceArguments(schema))
        .subscribe((value) => heard.push(value));
      subscription.unsubscribe();
      answers[0]?.(undefined);
      await Promise.resolve().then(() => undefined);
      expect(heard).toEqual([]);
    });
  });

  // The compiler is the test.
  it('types the arguments', () => {
    const events$: Observable<InteractionEvent | TurnMark> = of();
    emits<StreamedCall>()(events$.pipe(reduceArguments()));
    emits<StreamedCall<{ city: string }>>()(events$.pipe(reduceArguments(t.type({ city: t.string }))));
    emits<StreamedCall<{ n: number }>>()(events$.pipe(reduceArguments(z.object({ n: z.string().transform(Number) }))));
    typed<
      Equal<
        ReturnType<typeof reduceArguments<{ a: 1 }>>,
        OperatorFunction<InteractionEvent | TurnMark, StreamedCall<{ a: 1 }>>
      >
    >();
    const asCall = (streamed: StreamedCall<{ city: string }>): FunctionCall<{ city: string }> => streamed;
    expect(asCall({ index: 0, position: 0, id: 'c', name: 'f', arguments: { city: 'Oslo' } }).name).toBe('f');
    // @ts-expect-error -- a JSON Schema checks nothing by itself
    expect(() => reduceArguments({ type: 'object' })).not.toThrow();
  });
});
