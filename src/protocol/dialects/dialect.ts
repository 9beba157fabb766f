/** An object as it was received. Whatever its members are called, `__proto__` too, they are data. */
export type Received = Readonly<Record<string, unknown>>;

/** The canonical object; the same one where the rule has nothing to say. */
export type Rule = (received: Received) => Received;

/** The kinds of objects that are written differently. */
export type Kind =
  'event' | 'metadata' | 'interaction' | 'config' | 'step' | 'delta' | 'content' | 'annotation' | 'usage' | 'tokens';

/** What a dialect writes differently, and how it is read. Rules look at one object, never at what came before it. */
export type Dialect = Readonly<Partial<Record<Kind, Rule>>>;
