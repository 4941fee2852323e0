import { describe, expect, it } from 'vitest';
import {
  bankPayoutOf,
  changedSince,
  currentPayout,
  isSafeLink,
  monthChange,
  parkedBecause,
  payoutBlock,
  payoutProgress,
  refusalOf,
  type BankPayout,
  type Payout,
  type PayoutAccount,
  type PayoutStatus,
  type Standing,
  type Summary,
} from './model';

const payout = (status: PayoutStatus, requested_at: string): Payout => ({
  id: requested_at,
  amount: 100,
  currency: 'USD',
  status,
  kind: 'on_request',
  fee: 0,
  instant: null,
  requested_at,
  sent_at: null,
  paid_at: null,
  failure_code: null,
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
  owed: 0,
  this_month: 0,
  last_month: 0,
  minimum_payout: 5000,
  next_clearing_at: null,
  available,
});

const standing = (obstacle: Standing['obstacle']): Standing => ({
  obstacle,
  ends_at: null,
  since: null,
  changed: null,
  reasons: [],
  tax_room: {},
});

const bank = (status: BankPayout['status'], made_at: string, payout_id: string | null = null): BankPayout => ({
  stripe_payout_id: made_at,
  payout_id,
  amount: 100,
  currency: 'USD',
  status,
  reason: status === 'failed' ? 'The bank account has been closed.' : null,
  arrives_at: null,
  made_at,
  updated_at: made_at,
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
    expect(currentPayout([payout('paid', '2026-03-10T00:00:00Z'), open], [], now)).toBe(open);
  });
  it('keeps a finished one for a day', () => {
    const done = payout('paid', '2026-03-10T00:00:00Z');
    expect(currentPayout([done], [], now)).toBe(done);
    expect(currentPayout([payout('paid', '2026-03-08T00:00:00Z')], [], now)).toBeUndefined();
  });
});

describe('bankPayoutOf', () => {
  const sent: Payout = { ...payout('paid', '2026-03-01T09:00:00Z'), sent_at: '2026-03-01T10:00:00Z' };
  it('is the first daily one after the transfer that the bank took', () => {
    const [before, first, second] = [
      bank('paid', '2026-03-01T00:00:00Z'),
      bank('paid', '2026-03-02T00:00:00Z'),
      bank('pending', '2026-03-03T00:00:00Z'),
    ];
    expect(bankPayoutOf(sent, [second, first, before])).toBe(first);
    expect(bankPayoutOf(sent, [before])).toBeUndefined();
    expect(bankPayoutOf({ ...sent, currency: 'EUR' }, [first])).toBeUndefined();
    // What was sent cannot be part of less; of an instant one the fee stays behind.
    expect(bankPayoutOf({ ...sent, amount: 101 }, [first])).toBeUndefined();
    expect(bankPayoutOf({ ...sent, amount: 101, fee: 1 }, [first])).toBe(first);
  });
  it('is a refusal until a later one is taken', () => {
    const refused = bank('failed', '2026-03-02T00:00:00Z');
    const later = bank('paid', '2026-03-05T00:00:00Z');
    expect(bankPayoutOf(sent, [refused])).toBe(refused);
    expect(bankPayoutOf(sent, [later, refused])).toBe(later);
    const now = Date.parse('2026-03-09T00:00:00Z');
    expect(currentPayout([sent], [refused], now)).toBe(sent);
    expect(currentPayout([sent], [later, refused], now)).toBeUndefined();
  });
  it('is its own for an instant payout, and the daily one after a refusal', () => {
    const instant: Payout = {
      ...sent,
      kind: 'instant',
      instant: { status: 'arrived', fallback_reason: null, arrived_at: null },
    };
    const daily = bank('paid', '2026-03-02T00:00:00Z');
    const own = bank('paid', '2026-03-01T10:01:00Z', instant.id);
    const refused = bank('failed', '2026-03-01T10:01:00Z', instant.id);
    expect(bankPayoutOf(instant, [daily, own])).toBe(own);
    expect(bankPayoutOf(instant, [daily])).toBeUndefined();
    expect(bankPayoutOf(instant, [refused])).toBe(refused);
    expect(bankPayoutOf(instant, [daily, refused])).toBe(daily);
  });
});

describe('a refusal by the bank', () => {
  const account = (destination_changed_at: string | null): PayoutAccount => ({
    partner_id: 'p',
    status: 'ready',
    country: 'US',
    requirements_due: [],
    destination_label: 'Bank •••• 1234',
    destination_changed_at,
    updated_at: '2026-03-01T00:00:00Z',
  });
  const refused = { ...bank('failed', '2026-03-02T00:00:00Z'), updated_at: '2026-03-04T00:00:00Z' };

  it('asks for another bank account until there is one', () => {
    expect(refusalOf([refused], account(null))).toBe(refused);
    // Another one before the refusal was known is the one that was refused.
    expect(refusalOf([refused], account('2026-03-03T00:00:00Z'))).toBe(refused);
    expect(refusalOf([refused], account('2026-03-05T00:00:00Z'))).toBeUndefined();
    expect(refusalOf([bank('pending', '2026-03-05T00:00:00Z'), refused], account(null))).toBeUndefined();
    expect(refusalOf([], account(null))).toBeUndefined();
  });
  it('cannot be known to be settled without an account', () => {
    expect(changedSince(refused, undefined)).toBe(false);
    expect(changedSince(refused, account('2026-03-05T00:00:00Z'))).toBe(true);
  });
});

it.each([
  ['payout_account_not_ready', 'payout_account_not_ready'],
  ['insufficient_capabilities_for_transfer', 'payout_account_not_ready'],
  ['no_payout_account', 'payout_account_not_ready'],
  ['destination_hold', 'destination_hold'],
  ['balance_insufficient', 'balance_insufficient'],
  ['what_nobody_foresaw', 'other'],
  [null, 'other'],
])('a payout parked with %s waits because of %s', (code, because) => {
  expect(parkedBecause(code)).toBe(because);
});

it('names the first thing that keeps a payout back', () => {
  expect(payoutBlock(summary(0), standing('partner_not_active'))).toBe('partner_not_active');
  expect(payoutBlock(summary(-100), standing('payouts_frozen'))).toBe('payouts_frozen');
  expect(payoutBlock(summary(0), standing(null))).toBe('nothing_available');
  expect(payoutBlock(summary(-100), standing('no_payout_account'))).toBe('balance_negative');
  expect(payoutBlock(summary(9000), standing('no_payout_account'))).toBe('no_payout_account');
  expect(payoutBlock(summary(4999), standing('destination_hold'))).toBe('destination_hold');
  expect(payoutBlock(summary(4999), standing(null))).toBe('below_minimum');
  expect(payoutBlock(summary(5000), standing(null))).toBeNull();
  expect(payoutBlock(summary(5000), { ...standing(null), tax_room: { USD: 4999 } })).toBe('tax_status_required');
  expect(payoutBlock(summary(5000), { ...standing(null), tax_room: { USD: 5000, EUR: 0 } })).toBeNull();
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
