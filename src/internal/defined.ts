/** An object without the members that are `undefined`, which say nothing. */
export const defined = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T; // the same, fewer of them
