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
  'id' | 'amount' | 'currency' | 'status' | 'requested_at' | 'sent_at' | 'paid_at' | 'failure_message'
>;

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

/** The payout whose way is shown: the newest open one, or one that ended within the last day. */
export function currentPayout(payouts: readonly Payout[], now: number = Date.now()): Payout | undefined {
  const newest = payouts.toSorted((a, b) => b.requested_at.localeCompare(a.requested_at));
  return (
    newest.find(({ status }) => OPEN_PAYOUTS.includes(status)) ??
    newest.find(({ requested_at }) => now - Date.parse(requested_at) < DAY)
  );
}

export type PayoutAccount = Pick<
  Row<'payout_accounts'>,
  'partner_id' | 'status' | 'country' | 'requirements_due' | 'destination_label' | 'updated_at'
>;

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

export type PayoutBlock = 'nothing' | 'account' | 'minimum' | null;

/** What keeps a payout from being requested, as far as the app can tell; the server has the last word. */
export function payoutBlock(summary: Summary, account: PayoutAccount | null | undefined): PayoutBlock {
  if (summary.available <= 0) return 'nothing';
  if (account?.status !== 'ready') return 'account';
  if (summary.available < summary.minimum_payout) return 'minimum';
  return null;
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
