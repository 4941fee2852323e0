import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatMoney } from '@/lib/money';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { bankPayoutOf, type BankPayout, type Payout } from '../model';
import { bankPayoutsQuery, payoutsQuery } from '../queries';
import { PayoutBadge } from './payout-badge';

const AT_FIRST = 5;

export function PayoutHistory() {
  const [all, setAll] = useState(false);
  const payouts = useQuery(payoutsQuery);
  const banks = useQuery(bankPayoutsQuery);
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
          <Entry key={payout.id} payout={payout} bank={bankPayoutOf(payout, banks.data ?? [])} />
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

/** What kind of payout it was, where it is not a plain one. */
function kindOf(payout: Payout): string | null {
  if (payout.kind === 'fee_refund') return text.feeRefund;
  return payout.kind === 'instant' && payout.instant?.status !== 'fell_back' ? text.instant : null;
}

function Entry({ payout, bank }: { payout: Payout; bank: BankPayout | undefined }) {
  const kind = kindOf(payout);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-3">
      <div>
        <p className="font-semibold tabular-nums">{formatMoney(payout.amount, payout.currency)}</p>
        <p className="text-sm text-soft">
          {kind !== null && `${kind} · `}
          {payout.paid_at === null ? text.requestedAt(payout.requested_at) : text.paidAt(payout.paid_at)}
        </p>
      </div>
      <PayoutBadge payout={payout} bank={bank} />
      {payout.status === 'failed' && payout.failure_message !== null && (
        <p className="w-full text-sm text-bad">{payout.failure_message}</p>
      )}
      {bank?.status === 'failed' && (
        <p className="w-full text-sm text-bad">
          {text.bankRefused(formatMoney(bank.amount, bank.currency))} {bank.reason}
        </p>
      )}
    </li>
  );
}
