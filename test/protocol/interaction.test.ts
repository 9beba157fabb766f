import { InteractionResource } from '../../src/protocol/interaction.js';
import { decoded } from '../support/decode.js';

describe('InteractionResource', () => {
  it('accepts an interaction without steps, as a background run begins', () => {
    const resource = { id: 'v1_a', status: 'queued', object: 'interaction', model: 'gemini-3-flash-preview' };
    expect(decoded(InteractionResource, resource)).toBe(resource);
  });

  it('accepts a status and a tier that this version does not know', () => {
    expect(InteractionResource.is({ status: 'pondering', service_tier: 'platinum' })).toBe(true);
  });

  it('keeps members that this version does not know', () => {
    expect(decoded(InteractionResource, { id: 1, role: 'model' })).toEqual({ role: 'model' });
  });

  it('reads counters and codes in either spelling', () => {
    expect(
      decoded(InteractionResource, { usage: { total_tokens: '12' }, errors: [{ code: 8, message: 'exhausted' }] }),
    ).toEqual({ usage: { total_tokens: 12 }, errors: [{ code: '8', message: 'exhausted' }] });
  });

  it('leaves out usage that is none, and keeps the rest', () => {
    expect(decoded(InteractionResource, { id: 'v1_a', usage: 12 })).toEqual({ id: 'v1_a' });
  });
});
