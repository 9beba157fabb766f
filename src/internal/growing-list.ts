/**
 * An immutable list to which one item is appended in constant time: the versions share one array, and each sees only as
 * much of it as was there when it was made. A version that is appended to a second time gets an array of its own.
 */
export interface GrowingList<T> {
  readonly length: number;
  /** What is behind `length` belongs to later versions. */
  readonly shared: T[];
}

export const emptyList = <T>(): GrowingList<T> => ({ length: 0, shared: [] });

export const append = <T>({ length, shared }: GrowingList<T>, item: T): GrowingList<T> => {
  const items = shared.length === length ? shared : shared.slice(0, length);
  items.push(item);
  return { length: items.length, shared: items };
};

export const truncateTo = <T>({ shared }: GrowingList<T>, length: number): GrowingList<T> => ({ length, shared });

export const itemsOf = <T>({ length, shared }: GrowingList<T>): T[] => shared.slice(0, length);

/** A list of what is there already. */
export const listFrom = <T>(items: readonly T[]): GrowingList<T> => ({ length: items.length, shared: [...items] });
