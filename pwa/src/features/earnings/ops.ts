import { rpc } from '@/lib/data';
import type { Payout } from './model';

type Made = Pick<Payout, 'id' | 'amount' | 'currency' | 'status' | 'requested_at'>;

/** The answer is the payout as it was made; nothing of what comes later is in it. */
const FRESH = {
  kind: 'on_request',
  fee: 0,
  sent_at: null,
  paid_at: null,
  failure_code: null,
  failure_message: null,
  instant: null,
} as const satisfies Omit<Payout, keyof Made>;

/** Asks for a payout of everything available. The request id makes a second try harmless. */
export async function requestPayout(currency: string, requestId: string): Promise<Payout> {
  const made: Made = await rpc('request_payout', { currency, request_id: requestId });
  return { ...FRESH, ...made };
}

/** Asks for an instant payout at the fee that was shown; the server refuses when it has become another one. */
export async function requestInstantPayout(currency: string, fee: number, requestId: string): Promise<Payout> {
  const made: Made & { fee: number } = await rpc('request_instant_payout', { currency, fee, request_id: requestId });
  return {
    ...FRESH,
    kind: 'instant',
    instant: { status: 'waiting', fallback_reason: null, arrived_at: null },
    id: made.id,
    amount: made.amount,
    currency: made.currency,
    status: made.status,
    requested_at: made.requested_at,
    fee: made.fee,
  };
}

export function requestOnboardingLink(requestId: string): Promise<{ id: string }> {
  return rpc('request_onboarding_link', { request_id: requestId });
}
