import fc from 'fast-check';
import { from, of } from 'rxjs';
import { decodeFrames } from 'rx-interactions';

import { encodeFrame } from '../../src/frames/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { textOf } from '../support/bytes.js';
import { valuesOf } from '../support/outcome.js';

describe('encodeFrame', () => {
  it('writes the fields that are there, and the blank line that ends a message', () => {
    expect(textOf(encodeFrame({ data: '{}', event: 'step.stop', id: 'e1' }))).toBe(
      'event: step.stop\nid: e1\ndata: {}\n\n',
    );
    expect(textOf(encodeFrame({ data: '[DONE]' }))).toBe('data: [DONE]\n\n');
  });

  it('writes data of several lines as several data lines', () => {
    expect(textOf(encodeFrame({ data: 'a\nb\r\nc\rd\n' }))).toBe('data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n');
  });

  it('is undone by decodeFrames', () => {
    const line = arbitrary.text.filter((value) => !/[\r\n\0]/.test(value));
    const frame = fc.record(
      { data: fc.array(line).map((lines) => lines.join('\n')), event: line.filter(Boolean), id: line },
      { requiredKeys: ['data'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(frame), (frames) => {
        expect(valuesOf(from(frames.map(encodeFrame)).pipe(decodeFrames()))).toEqual(frames);
      }),
    );
  });

  it('writes characters as UTF-8', () => {
    expect(valuesOf(of(encodeFrame({ data: 'ä€😀' })).pipe(decodeFrames()))).toEqual([{ data: 'ä€😀' }]);
  });
});
