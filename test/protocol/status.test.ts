import { isLive } from 'rx-interactions';

describe('isLive', () => {
  it.each([['queued'], ['in_progress'], [''], [undefined]])('is true of %j: the server is still at it', (status) => {
    expect(isLive(status)).toBe(true);
  });

  it.each([
    ['requires_action'],
    ['requires_continuation'],
    ['completed'],
    ['incomplete'],
    ['failed'],
    ['cancelled'],
    ['budget_exceeded'],
    ['a_status_of_tomorrow'],
  ])('is false of %j', (status) => {
    expect(isLive(status)).toBe(false);
  });
});
