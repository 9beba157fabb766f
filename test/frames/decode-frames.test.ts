import fc from 'fast-check';
import { concat, from, map, NEVER, type Observable, of, Subject, take, throwError } from 'rxjs';
import { decodeFrames, FrameError, type SseFrame } from 'rx-interactions';

import * as arbitrary from '../support/arbitrary.js';
import { cutAt, inPiecesOf, utf8 } from '../support/bytes.js';
import { costRatio } from '../support/cost.js';
import { marbles } from '../support/marbles.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

/** What the frames of these bytes say, without the fields that are not there. */
const framesOf = (...chunks: readonly Uint8Array[]): readonly Partial<SseFrame>[] =>
  valuesOf(from(chunks).pipe(decodeFrames(), map(present)));

const present = (frame: SseFrame): Partial<SseFrame> =>
  Object.fromEntries(Object.entries(frame).filter(([, value]) => value !== undefined));

describe('decodeFrames', () => {
  const [a, b, half, rest] = [utf8('data: a\n\n'), utf8('data: b\n\n'), utf8('data: c'), utf8('d\n\n')];
  const values = { a, b, h: half, r: rest };
  const frames = { A: { data: 'a' }, B: { data: 'b' }, C: { data: 'cd' }, U: { data: 'c', unterminated: true } };
  const decoded = (source: Observable<Uint8Array>) => source.pipe(decodeFrames(), map(present));

  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Uint8Array>('------');
      const unsub = '                  -----!';
      const subs = '                   ^----!';
      const expected = '               ------';

      expectObservable(decoded(source), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<Uint8Array>('--|');
      const subs = '                   ^-!';
      const expected = '               --|';

      expectObservable(decoded(source)).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits one frame for one message',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --a--|', values);
      const subs = '         ^----!';
      const expected = '     --A--|';

      expectObservable(decoded(source)).toBe(expected, frames);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits a frame as soon as its last byte is there',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -a--h--r--b-|', values);
      const expected = '     -A-----C--B-|';

      expectObservable(decoded(source)).toBe(expected, frames);
    }),
  );

  it(
    'emits a message that the stream ends in the middle of, and marks it',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -a--h--|', values);
      const expected = '     -A-----(U|)';

      expectObservable(decoded(source)).toBe(expected, frames);
    }),
  );

  it(
    'passes an error of the source on, without the message that it cut',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a--h--#', values);
      const subs = '         ^------!';
      const expected = '     -A-----#';

      expectObservable(decoded(source)).toBe(expected, frames);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed in the middle of a message',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -a--h--r--b', values);
      const unsub = '        -----!     ';
      const subs = '         ^----!     ';
      const expected = '     -A----     ';

      expectObservable(decoded(source), unsub).toBe(expected, frames);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription: half a message of one is no part of another',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -h--a--r--b|', values);
      const first = '        ^----!      ';
      const second = '       --^---------';
      const expected1 = '    ----X-      ';
      const expected2 = '    ----A-----B|';
      const result = decoded(source);

      expectObservable(result, first).toBe(expected1, { X: { data: 'cdata: a' } });
      expectObservable(result, second).toBe(expected2, frames);
      expectSubscriptions(source.subscriptions).toBe([first, '       --^--------!']);
    }),
  );

  it('stops a synchronous source as soon as nobody listens', () => {
    let pulled = 0;
    const source = from(
      (function* () {
        for (;;) {
          pulled += 1;
          yield a;
        }
      })(),
    );
    expect(valuesOf(source.pipe(decodeFrames(), take(2)))).toHaveLength(2);
    expect(pulled).toBe(2);
  });
});

describe('a source that is made to go on by what hears its frames', () => {
  const chunk = utf8('data: a\n\ndata: b\n\n');

  it('is heard in order', () => {
    const source = new Subject<Uint8Array>();
    const heard: string[] = [];
    source.pipe(decodeFrames()).subscribe(({ data }) => {
      heard.push(data);
      if (heard.length === 1) source.next(utf8('data: c\n\n'));
    });
    source.next(chunk);
    expect(heard).toEqual(['a', 'b', 'c']);
  });

  it('is heard to its end when that is what it is made to come to', () => {
    const source = new Subject<Uint8Array>();
    const heard: string[] = [];
    source.pipe(decodeFrames()).subscribe({
      next: ({ data }) => {
        heard.push(data);
        source.complete();
      },
      complete: () => heard.push('complete'),
    });
    source.next(chunk);
    expect(heard).toEqual(['a', 'b', 'complete']);
  });
});

describe('the event stream format', () => {
  it('reads the fields of a message', () => {
    expect(framesOf(utf8('event: step.stop\nid: e1\ndata: {"index":0}\n\n'))).toEqual([
      { event: 'step.stop', id: 'e1', data: '{"index":0}' },
    ]);
  });

  it.each([
    ['strips one leading space of a value, and only one', 'data:  a\n\n', [' a']],
    ['takes a value without a space', 'data:a\n\n', ['a']],
    ['joins several data lines with line feeds', 'data: a\ndata: b\ndata:\ndata: c\n\n', ['a\nb\n\nc']],
    ['takes a line without a colon for a field with an empty value', 'data\n\n', ['']],
    ['skips a message without data', 'event: ping\n\ndata: a\n\n', ['a']],
    ['skips comments', ': keep-alive\n\n:\ndata: a\n: in between\ndata: b\n\n', ['a\nb']],
    ['ignores fields it does not know, and a retry that is no number', 'foo: 1\nretry: soon\ndata: a\n\n', ['a']],
    ['ignores blank lines between messages', '\n\n\ndata: a\n\n\n\n\ndata: b\n\n\n', ['a', 'b']],
    ['ignores one byte-order mark at the start', '\uFEFFdata: a\n\n', ['a']],
    ['mixes line ends of every kind', 'data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\r', ['a\nb\nc', 'd']],
  ])('%s', (_name, stream, data) => {
    expect(framesOf(utf8(stream)).map((frame) => frame.data)).toEqual(data);
  });

  it('ends the last message at a lone CR, which could have been half of a CRLF', () => {
    expect(framesOf(utf8('data: a\r\r'))).toEqual([{ data: 'a' }]);
    expect(framesOf(utf8('data: a\r\n\r'))).toEqual([{ data: 'a' }]);
    expect(framesOf(utf8('data: a\r'), utf8('\r'))).toEqual([{ data: 'a' }]);
  });

  it.each([['data: a'], ['data: a\n'], ['data: a\r'], ['data: a\r\n']])(
    'marks the last message of %j, which no blank line ends',
    (stream) => {
      expect(framesOf(utf8(stream))).toEqual([{ data: 'a', unterminated: true }]);
    },
  );

  it('marks no message that is complete', () => {
    expect(framesOf(utf8('data: a\n\nevent: done'))).toEqual([{ data: 'a' }]);
  });

  it('ends in the middle of a character with a replacement for it', () => {
    expect(framesOf(utf8('data: €').subarray(0, -1))).toEqual([{ data: '\uFFFD', unterminated: true }]);
    expect(framesOf(utf8('data: a\r\r'), utf8('€').subarray(0, 1))).toEqual([{ data: 'a' }]);
  });
});

describe('T23: however the bytes are cut, the frames are the same', () => {
  const stream = (end: string) =>
    ['event: x', 'id: 1', 'data: ä€😀', 'data: second', '', ': comment', 'data: {"a":1}', '', 'data: last', ''].join(
      end,
    );
  const expected = [
    { event: 'x', id: '1', data: 'ä€😀\nsecond' },
    { data: '{"a":1}' },
    { data: 'last', unterminated: true },
  ];

  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('at every byte, with %s', (_name, end) => {
    const bytes = utf8(`\uFEFF${stream(end)}`);
    for (let place = 0; place <= bytes.length; place += 1) {
      expect(framesOf(...cutAt(bytes, [place]))).toEqual(expected);
    }
    expect(framesOf(...inPiecesOf(1, bytes))).toEqual(expected);
  });

  it('into any pieces, with empty ones between them', () => {
    const line = fc.oneof(
      fc.tuple(fc.constantFrom('data: ', 'data:', 'event: ', 'id: ', ': ', 'data', ''), arbitrary.text),
      fc.constant(['', ''] as const),
    );
    const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 20 });
    const bytesOf = fc
      .tuple(fc.boolean(), lines)
      .map(([mark, all]) => utf8(`${mark ? '\uFEFF' : ''}${all.map(([field, end]) => field.join('') + end).join('')}`));

    fc.assert(
      fc.property(bytesOf, fc.array(fc.nat({ max: 200 })), (bytes, places) => {
        const pieces = cutAt(bytes, places).flatMap((piece) => [piece, new Uint8Array()]);
        expect(framesOf(...pieces)).toEqual(framesOf(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

describe('maxFrameBytes', () => {
  const message = (size: number, letter = 'x') => `data: ${letter.repeat(size)}\n\n`;
  const limited = (maxFrameBytes: number, ...chunks: readonly Uint8Array[]) =>
    outcomeOf(from(chunks).pipe(decodeFrames({ maxFrameBytes })));
  const dataOf = ({ values }: { readonly values: readonly SseFrame[] }) => values.map(({ data }) => data);

  it('lets a message of just that size through', () => {
    expect(dataOf(limited(100, utf8(message(100))))).toEqual(['x'.repeat(100)]);
  });

  it('errors with a FrameError that says the limit', () => {
    const error = errorOf(of(utf8(message(101))).pipe(decodeFrames({ maxFrameBytes: 100 })));
    expect(error).toBeInstanceOf(FrameError);
    expect(error).toMatchObject({ name: 'FrameError', code: 'frame_too_large', maxFrameBytes: 100 });
    expect((error as FrameError).message).toMatch(/100 bytes.*maxFrameBytes/);
  });

  it('counts bytes, not characters', () => {
    expect(limited(100, utf8(message(33, '€'))).error).toBeUndefined();
    expect(limited(100, utf8(message(34, '€'))).error).toBeInstanceOf(FrameError);
  });

  it('emits the messages before it, and none after it, when all come in one chunk', () => {
    const outcome = limited(100, utf8(message(1, 'a') + message(2, 'b') + message(101) + message(3, 'c')));
    expect(dataOf(outcome)).toEqual(['a', 'bb']);
    expect(outcome.error).toBeInstanceOf(FrameError);
  });

  it('emits the messages before it when they come in several chunks, and does not wait for its end', () => {
    const [head, tail] = [utf8(message(1, 'a') + message(2, 'b')), utf8(`data: ${'x'.repeat(60)}`)];
    const outcome = outcomeOf(concat(from([head, tail, tail]), NEVER).pipe(decodeFrames({ maxFrameBytes: 100 })));
    expect(dataOf(outcome)).toEqual(['a', 'bb']);
    expect(outcome.error).toBeInstanceOf(FrameError);
  });

  it('counts the data lines of a message together', () => {
    const line = `data: ${'x'.repeat(40)}\n`;
    expect(limited(100, utf8(`${line.repeat(2)}\n`)).error).toBeUndefined();
    expect(limited(100, utf8(`${line.repeat(3)}\n`)).error).toBeInstanceOf(FrameError);
    expect(limited(100, ...Array.from({ length: 3 }, () => utf8(line))).error).toBeInstanceOf(FrameError);
  });

  it('holds for the last message too, which nothing ends', () => {
    expect(limited(100, utf8(`data: ${'x'.repeat(94)}`)).error).toBeUndefined();
    expect(limited(100, utf8('data: a\n\n'), utf8(`data: ${'x'.repeat(101)}`))).toMatchObject({
      values: [{ data: 'a' }],
      error: { name: 'FrameError' },
    });
  });

  it('does not hide an error of the source', () => {
    const lost = new Error('lost');
    expect(
      errorOf(
        concat(
          of(utf8('data: a')),
          throwError(() => lost),
        ).pipe(decodeFrames()),
      ),
    ).toBe(lost);
  });
});

describe('error JSON in the body, which is no message (Q12)', () => {
  const error = '[{"error":{"code":503,"message":"Unavailable: later","status":"UNAVAILABLE"}}\n]';
  const pretty = JSON.stringify({ error: { code: 503, message: 'Later' } }, null, 2);

  it.each([
    ['in an array', error],
    ['bare', pretty],
    ['with a line end behind it', `${error}\r\n`],
    ['behind blank lines', `\n\n${error}`],
  ])('is handed on at the end, marked: %s', (_name, stray) => {
    const bytes = utf8(`data: a\n\n${stray}`);
    for (let place = 0; place <= bytes.length; place += 1) {
      const [first, last, ...more] = framesOf(...cutAt(bytes, [place]));
      expect(first).toEqual({ data: 'a' });
      expect(last).toMatchObject({ stray: true });
      expect(JSON.parse(last?.data ?? '')).toEqual(JSON.parse(stray));
      expect(more).toEqual([]);
    }
  });

  it('is handed on where it is all there is', () => {
    expect(framesOf(utf8(error))).toEqual([expect.objectContaining({ stray: true })]);
  });

  it('is nothing where messages follow it', () => {
    expect(framesOf(utf8(`${error}\n\ndata: a\n\n`))).toEqual([{ data: 'a' }]);
  });

  it.each(['<html>\n<body>', '{"id":"v1_a"}', 'retry: soon', 'foo: {"error":1}'])('is not %j', (stray) => {
    expect(framesOf(utf8(`data: a\n\n${stray}\n`))).toEqual([{ data: 'a' }]);
  });
});

describe('T24: one data line of 20 MB in chunks of 1 KB', () => {
  const MEGABYTE = 1024 * 1024;

  const lineOf = (size: number) => utf8(`data: ${'x'.repeat(size)}\n\n`);

  it('is read whole', () => {
    const size = 20 * MEGABYTE;
    const frames = valuesOf(from(inPiecesOf(1024, lineOf(size))).pipe(decodeFrames()));
    expect(frames).toHaveLength(1);
    expect(frames[0]?.data.length).toBe(size);
    expect(frames[0]?.data === 'x'.repeat(size)).toBe(true);
  });

  it('takes time in proportion to its length', () => {
    const chunksOf = (size: number) => inPiecesOf(1024, lineOf(size));
    const [short, long] = [chunksOf(5 * MEGABYTE), chunksOf(20 * MEGABYTE)];
    const ratio = costRatio(
      () => outcomeOf(from(short).pipe(decodeFrames())),
      () => outcomeOf(from(long).pipe(decodeFrames())),
    );
    // Four times the length: 4 where it is linear, 16 where it is quadratic.
    expect(ratio).toBeLessThan(12);
  });
});
