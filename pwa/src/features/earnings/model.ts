import type { Enum, Row } from '@/lib/database';
import type { Tone } from '@/ui/badge';

/** One currency of `earnings_summary`. */
export interface Summary {
  currency: string;
  estimated: number;
  pending: number;
  approved: number;
  payable: number;
  processing: number;
  paid: number;
  held: number;
  /** Debts in the balance, as a positive amount: the next payout is less by it. */
  owed: number;
  this_month: number;
  last_month: number;
  minimum_payout: number;
  next_clearing_at: string | null;
  available: number;
}

export type LineStatus = Enum<'commission_status'>;

/** The order in which money goes through its states; held stands beside it. */
export const MONEY_STATES = [
  'estimated',
  'pending',
  'approved',
  'payable',
  'processing',
  'paid',
  'held',
] as const satisfies readonly LineStatus[];

export type CommissionLine = Row<'commission_lines'>;

export const LINE_TONES: Record<LineStatus, Tone> = {
  estimated: 'neutral',
  pending: 'warn',
  approved: 'info',
  payable: 'good',
  processing: 'accent',
  paid: 'good',
  held: 'bad',
  reversed: 'bad',
  disputed: 'bad',
  settled: 'neutral',
};

export type PayoutStatus = Enum<'payout_status'>;

export type Payout = Pick<
  Row<'payouts'>,
  | 'id'
  | 'amount'
  | 'currency'
  | 'status'
  | 'kind'
  | 'fee'
  | 'requested_at'
  | 'sent_at'
  | 'paid_at'
  | 'failure_code'
  | 'failure_message'
> & {
  /** How an instant payout goes; null for all others. */
  instant: Pick<Row<'instant_payouts'>, 'status' | 'fallback_reason' | 'arrived_at'> | null;
};

export const PAYOUT_TONES: Record<PayoutStatus, Tone> = {
  draft: 'neutral',
  approved: 'info',
  sending: 'accent',
  sent: 'accent',
  paid: 'good',
  parked: 'warn',
  failed: 'bad',
  reversed: 'bad',
  cancelled: 'neutral',
};

export const PAYOUT_STEPS = ['approved', 'sending', 'sent', 'paid'] as const;

/** How many of the four steps are behind; -1 before the first and for payouts that have left the way. */
export function payoutProgress(status: PayoutStatus): number {
  return PAYOUT_STEPS.indexOf(status as (typeof PAYOUT_STEPS)[number]);
}

const OPEN_PAYOUTS: readonly PayoutStatus[] = ['draft', 'approved', 'sending', 'sent', 'parked'];
const DAY = 86_400_000;

/** The payout whose way is shown: the newest open one, one that the bank refused, or one that ended within the last day. */
export function currentPayout(
  payouts: readonly Payout[],
  banks: readonly BankPayout[] = [],
  now: number = Date.now(),
): Payout | undefined {
  const newest = payouts.toSorted((a, b) => b.requested_at.localeCompare(a.requested_at));
  return (
    newest.find(({ status }) => OPEN_PAYOUTS.includes(status)) ??
    newest.find((payout) => bankPayoutOf(payout, banks)?.status === 'failed') ??
    newest.find(({ requested_at }) => now - Date.parse(requested_at) < DAY)
  );
}

/** What Stripe did to bring money from the partner's account there to their bank. */
export type BankPayout = Pick<
  Row<'bank_payouts'>,
  | 'stripe_payout_id'
  | 'payout_id'
  | 'amount'
  | 'currency'
  | 'status'
  | 'reason'
  | 'arrives_at'
  | 'made_at'
  | 'updated_at'
>;

/**
 * The step to the bank that carried a payout: its own for an instant payout; else the first daily one after it was sent that
 * the bank took, or the newest while it has taken none. A daily one takes along whatever lies in the account, so it is never
 * less than what was sent.
 */
export function bankPayoutOf(payout: Payout, banks: readonly BankPayout[]): BankPayout | undefined {
  const oldest = banks.toSorted((a, b) => a.made_at.localeCompare(b.made_at));
  const own = oldest.findLast((bank) => bank.payout_id === payout.id);
  // What a bank refused goes along with the next daily payout.
  if (own !== undefined && own.status !== 'failed') return own;
  const since = own?.made_at ?? payout.sent_at;
  if (since === null || (payout.instant !== null && payout.instant.status !== 'fell_back' && own === undefined))
    return undefined;
  const after = oldest.filter(
    ({ payout_id, amount, currency, made_at }) =>
      payout_id === null &&
      currency === payout.currency &&
      amount >= payout.amount - payout.fee &&
      Date.parse(made_at) >= Date.parse(since),
  );
  return after.find(({ status }) => status === 'paid') ?? after.at(-1) ?? own;
}

export type PayoutAccount = Pick<
  Row<'payout_accounts'>,
  | 'partner_id'
  | 'status'
  | 'country'
  | 'requirements_due'
  | 'destination_label'
  | 'destination_changed_at'
  | 'updated_at'
>;

/** Whether the partner has given Stripe another bank account since a bank refused. */
export function changedSince(refused: BankPayout, account: PayoutAccount | null | undefined): boolean {
  return (
    account?.destination_changed_at != null &&
    Date.parse(account.destination_changed_at) > Date.parse(refused.updated_at)
  );
}

/** The refusal after which the bank account is no good, until it is another one. */
export function refusalOf(banks: readonly BankPayout[], account: PayoutAccount | null): BankPayout | undefined {
  const newest = banks.toSorted((a, b) => b.made_at.localeCompare(a.made_at))[0];
  return newest?.status === 'failed' && !changedSince(newest, account) ? newest : undefined;
}

export const STATEMENT_FILES = ['pdf', 'csv', 'json'] as const;

/** One entry of `list_my_statements`; `files` has the path of each file that lies in Storage already. */
export interface Statement {
  id: string;
  month: string;
  currency: string;
  opening_balance: number;
  closing_balance: number;
  entry_count: number;
  files: Partial<Record<(typeof STATEMENT_FILES)[number], string>>;
}

/** Change against last month in whole per cent; null when there is nothing to compare with. */
export function monthChange(thisMonth: number, lastMonth: number): number | null {
  return lastMonth > 0 ? Math.round(((thisMonth - lastMonth) * 100) / lastMonth) : null;
}

/** One form of the partner's country: what this year's payouts have used of the amount that is reported for tax. */
export interface TaxForm {
  form: string;
  currency: string;
  threshold: number;
  used: number;
  /** What may still be paid out without tax details; null: any amount. */
  remaining: number | null;
}

/** Amounts are in minor units; a year is the calendar year in UTC. */
export interface Tax {
  country: string;
  payable: boolean;
  tax_status: 'unknown' | 'required' | 'pending' | 'rejected' | 'complete';
  year: number;
  forms: TaxForm[];
  years: { tax_year: number; country: string; currency: string; paid: number; taken_back: number; total: number }[];
}

/** What stands in the way of a payout (`my_payout_standing`). */
export interface Standing {
  obstacle:
    | 'partner_not_active'
    | 'payouts_frozen'
    | 'country_not_payable'
    | 'no_payout_account'
    | 'payout_account_not_ready'
    | 'destination_hold'
    | null;
  /** Only a wait after a change ends by time. */
  ends_at: string | null;
  since: string | null;
  changed: 'destination' | 'security' | null;
  reasons: string[];
  /** What may be paid out this year without tax details, per currency; any amount where a currency is missing. */
  tax_room: Partial<Record<string, number>>;
}

/** `quote_instant_payout`: what an instant payout would be at this moment. */
export interface Quote {
  currency: string;
  available: number;
  amount: number;
  /** Null where there is nothing to pay. */
  fee: number | null;
  net: number | null;
  /** Basis points. */
  rate: number | null;
  minimum_fee: number | null;
  limit_left: number;
  obstacle: Obstacle | null;
  approvals_needed: number | null;
}

export type Obstacle =
  | NonNullable<Standing['obstacle']>
  | 'tier'
  | 'instant_country'
  | 'instant_currency'
  | 'balance_negative'
  | 'instant_limit'
  | 'nothing_available'
  | 'tax_status_required'
  | 'below_minimum';

/** What concerns all money, also what is not in the balance at the moment. */
const FIRST: readonly (Standing['obstacle'] | undefined)[] = ['partner_not_active', 'payouts_frozen'];

/** What keeps a payout from being requested, the first thing first; the server has the last word. */
export function payoutBlock(summary: Summary, standing: Standing | undefined): Obstacle | null {
  if (standing?.obstacle != null && FIRST.includes(standing.obstacle)) return standing.obstacle;
  if (summary.available < 0) return 'balance_negative';
  if (summary.available === 0) return 'nothing_available';
  if (standing?.obstacle != null) return standing.obstacle;
  if (summary.available < summary.minimum_payout) return 'below_minimum';
  const room = standing?.tax_room[summary.currency];
  return room !== undefined && summary.available > room ? 'tax_status_required' : null;
}

/** What Stripe answers where the account cannot receive. */
const ACCOUNT_CODES: readonly string[] = [
  'insufficient_capabilities_for_transfer',
  'payouts_not_allowed',
  'account_closed',
  'account_invalid',
  'transfers_not_allowed',
];
const PARKED = [
  'payout_account_not_ready',
  'tax_status_required',
  'destination_hold',
  'payouts_frozen',
  'country_not_payable',
  'partner_not_active',
  'balance_insufficient',
] as const;

/** Why a payout waits, from its failure code. What Stripe says in words is said to SISO, not to the partner. */
export function parkedBecause(code: string | null): (typeof PARKED)[number] | 'other' {
  if (code === 'no_payout_account' || (code !== null && ACCOUNT_CODES.includes(code)))
    return 'payout_account_not_ready';
  return PARKED.find((known) => known === code) ?? 'other';
}

/** Only a web address may be opened from data: https, or http on this machine while developing. */
export function isSafeLink(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === 'https:' || (protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1'));
  } catch {
    return false;
  }
}
