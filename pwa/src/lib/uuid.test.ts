import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uuidv7 } from './uuid';

it('carries version, variant and time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
      const id = uuidv7(now);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now);
    }),
  );
});

it('sorts by time and does not repeat', () => {
  const ids = Array.from({ length: 500 }, (_, index) => uuidv7(1_760_000_000_000 + index));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 500 }, () => uuidv7(1))).size).toBe(500);
});
