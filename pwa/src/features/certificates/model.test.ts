import { describe, expect, it } from 'vitest';
import { distance, standingOf, type Certificate } from './model';

const now = Date.parse('2026-03-10T12:00:00Z');

const certificate = (expires_at: string, revoked_at: string | null = null): Certificate => ({
  id: 'c',
  number: 'SC-1',
  version: 1,
  issued_at: '2025-01-01T00:00:00Z',
  expires_at,
  revoked_at,
  revoked_reason: revoked_at === null ? null : 'Answers were shared',
  track: { title: 'Core' },
  file: null,
});

it.each([
  ['2028-03-10T12:00:00Z', 'valid'],
  ['2026-04-09T12:00:01Z', 'valid'],
  ['2026-04-09T12:00:00Z', 'ending'],
  ['2026-03-10T12:00:01Z', 'ending'],
  ['2026-03-10T12:00:00Z', 'expired'],
] as const)('what ends at %s is %s', (end, standing) => {
  expect(standingOf(certificate(end), now)).toBe(standing);
});

it('is taken back whatever its date says', () => {
  expect(standingOf(certificate('2028-03-10T12:00:00Z', '2026-03-01T00:00:00Z'), now)).toBe('revoked');
});

describe('distance', () => {
  it.each([
    ['2028-03-10T11:59:00Z', 'in 2 years'],
    ['2029-01-10T12:00:00Z', 'in 2 years'],
    ['2028-02-10T12:00:00Z', 'in 23 months'],
    ['2026-05-20T12:00:00Z', 'in 2 months'],
    ['2026-03-22T12:00:00Z', 'in 12 days'],
    ['2026-03-11T12:00:00Z', 'tomorrow'],
    ['2026-03-10T13:00:00Z', 'today'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2025-12-01T12:00:00Z', '3 months ago'],
  ])('%s is %s', (iso, words) => {
    expect(distance(iso, now)).toBe(words);
  });
});
