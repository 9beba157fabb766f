import { Content, ContentList } from '../../src/protocol/content.js';
import { decoded, faultsOf } from '../support/decode.js';

describe('Content', () => {
  it.each([
    [{ type: 'text', text: 'a', annotations: [{ type: 'url_citation', url: 'https://example.com' }] }],
    [{ type: 'image', mime_type: 'image/png', data: 'AA==' }],
    [{ type: 'audio', mime_type: 'audio/l16', data: 'AA==', sample_rate: 24000, channels: 1 }],
    [{ type: 'video', uri: 'https://example.com/v', processing: { type: 'static', fps: 1 } }],
    [{ type: 'video', uri: 'https://example.com/v', processing: 'agentic' }],
    [{ type: 'document', mime_type: 'application/pdf', data: 'AA==' }],
  ])('returns %j as it came', (block) => {
    expect(decoded(Content, block)).toBe(block);
  });

  it('reads a bare string, and text without a type, as text', () => {
    expect(decoded(Content, 'a')).toEqual({ type: 'text', text: 'a' });
    expect(decoded(Content, { text: 'a', annotations: [] })).toEqual({ type: 'text', text: 'a', annotations: [] });
  });

  it('reads numbers that came as text', () => {
    expect(decoded(Content, { type: 'audio', sample_rate: '24000' })).toEqual({ type: 'audio', sample_rate: 24000 });
  });

  it('refuses a text block without text', () => {
    expect(faultsOf(Content, { type: 'text' })).toEqual(['text']);
  });

  it('keeps a block of an unknown kind verbatim', () => {
    const received = { type: 'hologram', voxels: [1] };
    expect(decoded(Content, received)).toEqual({ type: 'unknown', received });
  });
});

describe('ContentList', () => {
  it('reads a bare string as one text block', () => {
    expect(decoded(ContentList, 'Hi')).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it('writes unknown blocks back between known ones', () => {
    const received = [{ type: 'text', text: 'a' }, { type: 'hologram' }];
    expect(ContentList.encode(decoded(ContentList, received))).toEqual(received);
  });
});
