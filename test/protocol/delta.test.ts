import { Delta } from '../../src/protocol/index.js';
import { decoded, faultsOf } from '../support/decode.js';

describe('Delta', () => {
  it.each([
    ['text', { text: 'a' }, { type: 'text', text: 'a' }],
    ['content', { content: { type: 'text', text: 'a' } }, { type: 'thought_summary' }],
    ['arguments as text', { arguments: '{' }, { type: 'arguments_delta' }],
    ['annotations', { annotations: [] }, { type: 'text_annotation_delta' }],
    ['an image', { mime_type: 'image/png', data: 'AA==' }, { type: 'image' }],
    ['audio', { mime_type: 'audio/l16', data: 'AA==' }, { type: 'audio' }],
    ['a video', { mime_type: 'video/mp4', uri: 'https://example.com/v' }, { type: 'video' }],
    ['a document', { mime_type: 'application/pdf', data: 'AA==' }, { type: 'document' }],
    ['only a signature', { signature: 's' }, { type: 'thought_signature' }],
  ])('infers the type of a delta without one by its members: %s (R8)', (_name, received, expected) => {
    expect(decoded(Delta, received)).toMatchObject({ ...received, ...expected });
  });

  it.each([[{ arguments: {} }], [{ result: 'done' }], [{ note: 1 }], [{}]])(
    'leaves %j, which its members do not tell, to the step it belongs to (R8)',
    (received) => {
      expect(decoded(Delta, received)).toEqual({ type: 'unknown', received });
    },
  );

  it('reads text_annotation as text_annotation_delta (Q6)', () => {
    expect(decoded(Delta, { type: 'text_annotation', annotations: [] })).toEqual({
      type: 'text_annotation_delta',
      annotations: [],
    });
  });

  it('reads an arguments_delta with an object as a whole call (R6)', () => {
    expect(decoded(Delta, { type: 'arguments_delta', arguments: { a: 1 } })).toEqual({
      type: 'function_call',
      arguments: { a: 1 },
    });
  });

  it('reads a summary of bare text, or without a type, as a text block (R4)', () => {
    const expected = { type: 'thought_summary', content: { type: 'text', text: 'a' } };
    expect(decoded(Delta, { type: 'thought_summary', content: 'a' })).toEqual(expected);
    expect(decoded(Delta, { type: 'thought_summary', content: { text: 'a' } })).toEqual(expected);
  });

  it('refuses text without text', () => {
    expect(faultsOf(Delta, { type: 'text' })).toEqual(['text']);
    expect(faultsOf(Delta, { type: 'text', text: 1 })).toEqual(['text']);
  });

  it('leaves out annotations that are none, and keeps the text', () => {
    expect(decoded(Delta, { type: 'text', text: 'a', annotations: 'none' })).toEqual({ type: 'text', text: 'a' });
  });

  it('keeps a delta of an unknown kind verbatim', () => {
    const received = { type: 'hologram', voxels: [1] };
    expect(decoded(Delta, received)).toEqual({ type: 'unknown', received });
    expect(Delta.encode(decoded(Delta, received))).toBe(received);
  });
});
