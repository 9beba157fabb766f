import { accumulateInteraction, initialInteraction, type InteractionEvent, snapshotOf } from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

const after = (...events: readonly InteractionEvent[]) => events.reduce(accumulateInteraction, initialInteraction());

describe('snapshotOf', () => {
  it('gives the same value for the same state, of the same steps', () => {
    const state = after(created(), stepStart(0, 'model_output'), textDelta(0, 'a'));
    const [one, two] = [snapshotOf(state), snapshotOf(state)];
    expect(one).toEqual(two);
    expect(one.steps[0]).toBe(two.steps[0]);
  });

  it('gives lists that can be changed without changing the state', () => {
    const state = after(created(), stepStart(0, 'model_output'), stepStop(0), textDelta(9, 'a'), completed());
    const spoilt = snapshotOf(state);
    (spoilt.steps as unknown[]).length = 0;
    (spoilt.diagnostics as unknown[]).length = 0;
    expect(snapshotOf(state).steps).toHaveLength(2);
    expect(snapshotOf(state).diagnostics).not.toEqual([]);
  });

  it('is JSON', () => {
    const whole = snapshotOf(
      after(created(), stepStart(0, 'model_output'), textDelta(0, 'ä'), stepStop(0), completed()),
    );
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  });

  it('has no usage where none was told', () => {
    expect(snapshotOf(after(created(), completed()))).not.toHaveProperty('usage');
  });
});
