/** "Why this amount?" as the server tells it (`why_this_amount`), and how it is put into steps. */
import type { Enum } from '@/lib/database';

export interface WhyHold {
  id: string;
  /** False where the deal is somebody else's: then only that it waits. */
  own: boolean;
  reason_code: string;
  detail: string | null;
  review_by: string;
  opened_at: string;
  decision: Enum<'hold_decision'> | null;
  decision_reason: string | null;
  decided_at: string | null;
}

export interface Why {
  commission_id: string;
  type: Enum<'commission_type'>;
  kind: Enum<'commission_type'>;
  status: Enum<'commission_status'>;
  note: string | null;
  as: 'seller' | 'leader' | 'recruiter' | null;
  deal: { reference: string; company_name?: string; claimed_value?: number; contracted_value?: number | null } | null;
  payment: { instalment: number; amount: number; cleared_at: string } | null;
  refund: { kind: string; amount: number; refunded_at: string } | null;
  tier: string | null;
  plan_version: number | null;
  override_basis: string | null;
  /** Basis points. */
  rate: number | null;
  net_cash: number | null;
  base_amount: number | null;
  cap: { rate: number; amount: number; uncapped: number | null; trimmed: number | null } | null;
  entitled: number | null;
  booked_before: number;
  amount: number;
  currency: string;
  rounding: string | null;
  agrees: boolean | null;
  clears_at: string | null;
  holds: WhyHold[];
  corrects: string | null;
  reversals: { commission_id: string; amount: number; status: Enum<'commission_status'> }[];
  payout: { id: string; status: Enum<'payout_status'>; amount: number; paid_at: string | null } | null;
  statements: { id: string; month: string; currency: string; pdf: string | null }[];
}

/** What is left of a line after everything that was taken back. */
export function remains({ amount, reversals }: Pick<Why, 'amount' | 'reversals'>): number {
  return reversals.reduce((sum, reversal) => sum + reversal.amount, amount);
}

/** How much the cap of the programme took away; zero where it did not. */
export function trimmed({ cap }: Pick<Why, 'cap'>): number {
  return Math.max(0, cap?.trimmed ?? 0);
}

/** Holds that still stand, the one that is decided first at the top. */
export function openHolds(holds: readonly WhyHold[]): WhyHold[] {
  return holds
    .filter(({ decided_at }) => decided_at === null)
    .toSorted((a, b) => a.review_by.localeCompare(b.review_by));
}
