import { rpc } from '@/lib/data';
import type { Payout } from './model';

/** Asks for a payout of everything available. The request id makes a second try harmless. */
export function requestPayout(currency: string, requestId: string): Promise<Payout> {
  return rpc<Payout>('request_payout', { currency, request_id: requestId });
}

export function requestOnboardingLink(requestId: string): Promise<{ id: string }> {
  return rpc<{ id: string }>('request_onboarding_link', { request_id: requestId });
}
