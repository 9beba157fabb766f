/** Sets a member of a plain object, whatever it is called. */
export const setMember = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key.length === 9 && key === '__proto__') {
    // Assigned, it would be the prototype.
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else object[key] = value;
};
