import { rpc } from '@/lib/data';
import type { Payout } from './model';

/** Asks for a payout of everything available. The request id makes a second try harmless. */
export async function requestPayout(currency: string, requestId: string): Promise<Payout> {
  const made: Pick<Payout, 'id' | 'amount' | 'currency' | 'status' | 'requested_at'> = await rpc('request_payout', {
    currency,
    request_id: requestId,
  });
  // The answer is the payout as it was made; nothing of what comes later is in it.
  return { sent_at: null, paid_at: null, failure_message: null, ...made };
}

export function requestOnboardingLink(requestId: string): Promise<{ id: string }> {
  return rpc('request_onboarding_link', { request_id: requestId });
}
