import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatMoney } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { PAYOUT_TONES } from '../model';
import { payoutsQuery } from '../queries';

const AT_FIRST = 5;

export function PayoutHistory() {
  const [all, setAll] = useState(false);
  const payouts = useQuery(payoutsQuery);
  return (
    <section className="card p-5" aria-labelledby="history-title">
      <h2 id="history-title" className="pb-2 font-bold">
        {text.history}
      </h2>
      {payouts.isPending && <Skeletons label={text.loading} heights={['h-12', 'h-12']} />}
      {payouts.isError && payouts.data === undefined && (
        <ErrorState error={payouts.error} onRetry={() => void payouts.refetch()} />
      )}
      {payouts.data?.length === 0 && <p className="text-[15px] text-soft">{text.historyEmpty}</p>}
      <ul className="divide-y divide-line/60">
        {payouts.data?.slice(0, all ? undefined : AT_FIRST).map((payout) => (
          <li key={payout.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-3">
            <div>
              <p className="font-semibold tabular-nums">{formatMoney(payout.amount, payout.currency)}</p>
              <p className="text-sm text-soft">
                {payout.paid_at === null ? text.requestedAt(payout.requested_at) : text.paidAt(payout.paid_at)}
              </p>
            </div>
            <Badge tone={PAYOUT_TONES[payout.status]}>{text.payoutStatus[payout.status]}</Badge>
            {payout.status === 'failed' && payout.failure_message !== null && (
              <p className="w-full text-sm text-bad">{payout.failure_message}</p>
            )}
          </li>
        ))}
      </ul>
      {!all && (payouts.data?.length ?? 0) > AT_FIRST && (
        <Button wide onClick={() => setAll(true)}>
          {text.showMore}
        </Button>
      )}
    </section>
  );
}
