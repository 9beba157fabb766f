/** Tells a listener, if there is one; what it throws must not break what it listens to. */
export const heardBy =
  <A>(listener: ((value: A) => void) | undefined) =>
  (value: A): void => {
    try {
      listener?.(value);
    } catch {
      // its own affair
    }
  };
