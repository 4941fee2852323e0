/** Reads parts of the address. Small on purpose: routes read them before anything else is loaded. */

/** The value when it is one of the allowed ones. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((option) => option === value);
}

/** Where to go on after signing in. */
export function readNext(search: Record<string, unknown>): { next?: string } {
  const { next } = search;
  return typeof next === 'string' ? { next } : {};
}
