import { Badge } from '@/ui/badge';
import { text } from '../messages';
import { PAYOUT_TONES, type BankPayout, type Payout } from '../model';

/** Where a payout stands. For SISO it is paid when Stripe has it; for the partner it is not when their bank refused. */
export function PayoutBadge({ payout, bank }: { payout: Payout; bank: BankPayout | undefined }) {
  if (bank?.status === 'failed') return <Badge tone="bad">{text.bankRefusedStatus}</Badge>;
  return <Badge tone={PAYOUT_TONES[payout.status]}>{text.payoutStatus[payout.status]}</Badge>;
}
