/** What the server tells again is not what it had told before: to go on would be guessing. */
export class Divergence extends Error {
  override readonly name = 'Divergence';

  constructor() {
    super('What the server tells again is not what it had told before');
  }
}
