/** Puts something else in place of a property, until what this returns is called. */
export function inPlaceOf<T extends object, K extends keyof T>(of: T, name: K, value: T[K]): () => void {
  const own = Object.getOwnPropertyDescriptor(of, name);
  Object.defineProperty(of, name, { value, configurable: true, writable: true });
  return () => {
    if (own === undefined) delete of[name];
    else Object.defineProperty(of, name, own);
  };
}
