import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Banknote, Zap } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { accountQuery } from '@/lib/account';
import { cn } from '@/lib/cn';
import { toAppError } from '@/lib/errors';
import { formatMoney } from '@/lib/money';
import { useOnline } from '@/lib/online';
import { StepUpCancelled, useStepUp, withStepUp } from '@/lib/step-up';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { MoneyCounter } from '@/ui/counter';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { bankPayoutOf, currentPayout, payoutBlock, type Payout, type Summary } from '../model';
import { requestPayout } from '../ops';
import { bankPayoutsQuery, earningsKeys, payoutsQuery, standingQuery } from '../queries';
import { PayoutBlock } from './payout-block';
import { PayoutTimeline } from './payout-timeline';

// For Elite, by a press.
const InstantSheet = lazy(() => import('./instant-sheet'));

/** What can be paid out, the request, and the way of the payout that is under way. */
export function PayoutCard({ summary }: { summary: Summary }) {
  const client = useQueryClient();
  const online = useOnline();
  const stepUp = useStepUp();
  const standing = useQuery(standingQuery);
  const banks = useQuery(bankPayoutsQuery);
  const { data: account } = useQuery(accountQuery);
  const [instant, setInstant] = useState(false);
  const payouts = useQuery(payoutsQuery);
  // Kept until the server has taken it, so that a second press after a lost answer is the same request.
  const requestId = useRef(uuidv7());
  const [made, setMade] = useState<string>();
  const { currency } = summary;

  const request = useMutation({
    mutationFn: () => withStepUp(stepUp, () => requestPayout(currency, requestId.current)),
    onSuccess: (payout) => {
      requestId.current = uuidv7();
      setMade(payout.id);
      client.setQueryData<Payout[]>(earningsKeys.payouts, (list = []) => [
        payout,
        ...list.filter(({ id }) => id !== payout.id),
      ]);
      void client.invalidateQueries({ queryKey: earningsKeys.payouts });
      void client.invalidateQueries({ queryKey: earningsKeys.all });
      showToast(text.requested, { tone: 'good' });
    },
  });

  const block = payoutBlock(summary, standing.data);
  const current = currentPayout(
    (payouts.data ?? []).filter((payout) => payout.currency === currency),
    banks.data,
  );
  const isElite = account?.partner?.current_tier === 'elite';
  const amount = formatMoney(summary.available, currency);
  const label = summary.available < 0 ? text.balance : text.available;
  const cancelled = request.error instanceof StepUpCancelled;

  return (
    <section className="card grid gap-4 p-5" aria-labelledby="payout-title">
      <div className="flex items-center justify-between gap-3">
        <div>
          <h2 id="payout-title" className="text-sm font-semibold text-soft">
            {label}
          </h2>
          <MoneyCounter amount={summary.available} currency={currency} label={label} className="text-2xl font-bold" />
        </div>
        <Banknote aria-hidden className={cn('size-9', summary.available > 0 ? 'text-good' : 'text-soft')} />
      </div>
      {summary.owed > 0 && (
        <dl className="grid gap-1 text-sm text-soft">
          <div className="flex justify-between gap-3">
            <dt>{text.cleared}</dt>
            <dd className="tabular-nums">{formatMoney(summary.available + summary.owed, currency)}</dd>
          </div>
          <div className="flex justify-between gap-3">
            <dt>{text.owed}</dt>
            <dd className="tabular-nums">{formatMoney(-summary.owed, currency)}</dd>
          </div>
        </dl>
      )}
      {request.isError && !cancelled && <Problem>{toAppError(request.error).message}</Problem>}
      <Button
        variant="primary"
        wide
        busy={request.isPending}
        disabled={block !== null || !online || standing.isPending}
        onClick={() => request.mutate()}
      >
        {summary.available <= 0 ? text.requestNone : text.request(amount)}
      </Button>
      {isElite && summary.available > 0 && (
        <Button wide disabled={!online} aria-haspopup="dialog" onClick={() => setInstant(true)}>
          <Zap aria-hidden className="size-4" /> {text.instantOpen}
        </Button>
      )}
      {block === null ? (
        <p className="text-sm text-soft">{text.minimum(formatMoney(summary.minimum_payout, currency))}</p>
      ) : (
        <PayoutBlock block={block} standing={standing.data} summary={summary} />
      )}
      {current !== undefined && (
        <PayoutTimeline
          key={current.id}
          payout={current}
          bank={bankPayoutOf(current, banks.data ?? [])}
          standing={standing.data}
          takesFocus={current.id === made}
        />
      )}
      {instant && (
        <Suspense>
          <InstantSheet summary={summary} onMade={setMade} onClose={() => setInstant(false)} />
        </Suspense>
      )}
    </section>
  );
}
