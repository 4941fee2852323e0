import { describe, expect, it } from 'vitest';
import { formatDay, formatRelative } from './dates';

const now = Date.parse('2026-03-10T12:00:00Z');

describe('formatRelative', () => {
  it.each([
    ['2026-03-10T11:59:40Z', 'just now'],
    ['2026-03-10T11:55:00Z', '5 min. ago'],
    ['2026-03-10T09:00:00Z', '3 hr. ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2026-03-13T12:00:00Z', 'in 3 days'],
  ])('%s is %s', (iso, expected) => {
    expect(formatRelative(iso, now)).toBe(expected);
  });
});

it('names the year only when it is another one', () => {
  expect(formatDay('2026-01-15T12:00:00Z', new Date(now))).toBe('Jan 15');
  expect(formatDay('2025-01-15T12:00:00Z', new Date(now))).toBe('Jan 15, 2025');
});
