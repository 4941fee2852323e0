import { describe, expect, it } from 'vitest';
import {
  currentPayout,
  isSafeLink,
  monthChange,
  payoutBlock,
  payoutProgress,
  type Payout,
  type PayoutAccount,
  type PayoutStatus,
  type Summary,
} from './model';

const payout = (status: PayoutStatus, requested_at: string): Payout => ({
  id: requested_at,
  amount: 100,
  currency: 'USD',
  status,
  requested_at,
  sent_at: null,
  paid_at: null,
  failure_message: null,
});

const summary = (available: number): Summary => ({
  currency: 'USD',
  estimated: 0,
  pending: 0,
  approved: 0,
  payable: available,
  processing: 0,
  paid: 0,
  held: 0,
  this_month: 0,
  last_month: 0,
  minimum_payout: 5000,
  next_clearing_at: null,
  available,
});

const account = (status: PayoutAccount['status']): PayoutAccount => ({
  partner_id: 'p',
  status,
  country: 'US',
  requirements_due: [],
  destination_label: null,
  updated_at: '2026-01-01T00:00:00Z',
});

it('compares months only when there is something to compare', () => {
  expect(monthChange(12300, 10000)).toBe(23);
  expect(monthChange(0, 10000)).toBe(-100);
  expect(monthChange(500, 0)).toBeNull();
});

it('follows a payout through its steps', () => {
  expect((['draft', 'approved', 'sending', 'sent', 'paid', 'failed'] as const).map(payoutProgress)).toEqual([
    -1, 0, 1, 2, 3, -1,
  ]);
});

describe('currentPayout', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  it('prefers an open payout to a newer finished one', () => {
    const open = payout('sending', '2026-03-01T00:00:00Z');
    expect(currentPayout([payout('paid', '2026-03-10T00:00:00Z'), open], now)).toBe(open);
  });
  it('keeps a finished one for a day', () => {
    const done = payout('paid', '2026-03-10T00:00:00Z');
    expect(currentPayout([done], now)).toBe(done);
    expect(currentPayout([payout('paid', '2026-03-08T00:00:00Z')], now)).toBeUndefined();
  });
});

it('names the first thing that keeps a payout back', () => {
  expect(payoutBlock(summary(0), account('ready'))).toBe('nothing');
  expect(payoutBlock(summary(-100), account('ready'))).toBe('nothing');
  expect(payoutBlock(summary(9000), null)).toBe('account');
  expect(payoutBlock(summary(9000), account('onboarding'))).toBe('account');
  expect(payoutBlock(summary(4999), account('ready'))).toBe('minimum');
  expect(payoutBlock(summary(5000), account('ready'))).toBeNull();
});

it.each([
  ['https://connect.stripe.com/setup/x', true],
  ['http://127.0.0.1:54326/onboard', true],
  ['http://example.com/', false],
  ['javascript:alert(1)', false],
  ['/relative', false],
])('link %s: %s', (url, safe) => {
  expect(isSafeLink(url)).toBe(safe);
});
