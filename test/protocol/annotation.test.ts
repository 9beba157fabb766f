import { Annotation } from '../../src/protocol/annotation.js';
import { decoded } from '../support/decode.js';

describe('Annotation', () => {
  it.each([
    [{ type: 'url_citation', url: 'https://example.com', title: 't', start_index: 0, end_index: 4 }],
    [{ type: 'file_citation', file_name: 'a.pdf', page_number: 2, custom_metadata: { any: 1 } }],
    [{ type: 'place_citation', place_id: 'places/1', review_snippets: [{ title: 't' }] }],
    [{ type: 'word_info', text: 'word', speaker: 'A', start_offset: '1.2s', end_offset: '1.4s' }],
    [{ type: 'speech_metadata', speaker: 'A', style: 'calm' }],
  ])('returns %j as it came', (annotation) => {
    expect(decoded(Annotation, annotation)).toBe(annotation);
  });

  it('reads one without a type that has a url as a url_citation', () => {
    expect(decoded(Annotation, { url: 'https://example.com' })).toEqual({
      type: 'url_citation',
      url: 'https://example.com',
    });
  });

  it('keeps one without a type and without a url verbatim', () => {
    expect(decoded(Annotation, { note: 1 })).toEqual({ type: 'unknown', received: { note: 1 } });
  });
});
