/** Closes a `switch` over a tag: a case that is missing is a compile error here. */
export const assertNever = (value: never): never => {
  throw new TypeError(`Unhandled case: ${String(value)}`);
};
