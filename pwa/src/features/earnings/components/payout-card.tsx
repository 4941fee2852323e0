import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Banknote } from 'lucide-react';
import { useRef } from 'react';
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
import { currentPayout, payoutBlock, type Payout, type Summary } from '../model';
import { requestPayout } from '../ops';
import { earningsKeys, payoutAccountQuery, payoutsQuery } from '../queries';
import { PayoutTimeline } from './payout-timeline';

/** What can be paid out, the request, and the way of the payout that is under way. */
export function PayoutCard({ summary }: { summary: Summary }) {
  const client = useQueryClient();
  const online = useOnline();
  const stepUp = useStepUp();
  const account = useQuery(payoutAccountQuery);
  const payouts = useQuery(payoutsQuery);
  // Kept until the server has taken it, so that a second press after a lost answer is the same request.
  const requestId = useRef(uuidv7());
  const { currency } = summary;

  const request = useMutation({
    mutationFn: () => withStepUp(stepUp, () => requestPayout(currency, requestId.current)),
    onSuccess: (payout) => {
      requestId.current = uuidv7();
      client.setQueryData<Payout[]>(earningsKeys.payouts, (list = []) => [
        payout,
        ...list.filter(({ id }) => id !== payout.id),
      ]);
      void client.invalidateQueries({ queryKey: earningsKeys.payouts });
      void client.invalidateQueries({ queryKey: earningsKeys.all });
      showToast(text.requested, { tone: 'good' });
    },
  });

  const block = payoutBlock(summary, account.data);
  const current = currentPayout((payouts.data ?? []).filter((payout) => payout.currency === currency));
  const amount = formatMoney(summary.available, currency);
  const cancelled = request.error instanceof StepUpCancelled;

  return (
    <section className="card grid gap-4 p-5" aria-labelledby="payout-title">
      <div className="flex items-center justify-between gap-3">
        <div>
          <h2 id="payout-title" className="text-sm font-semibold text-soft">
            {text.available}
          </h2>
          <MoneyCounter
            amount={summary.available}
            currency={currency}
            label={text.available}
            className="text-2xl font-bold"
          />
        </div>
        <Banknote aria-hidden className="size-9 text-good" />
      </div>
      {request.isError && !cancelled && <Problem>{toAppError(request.error).message}</Problem>}
      <Button
        variant="primary"
        wide
        busy={request.isPending}
        disabled={block !== null || !online || account.isPending}
        onClick={() => request.mutate()}
      >
        {block === 'nothing' ? text.requestNone : text.request(amount)}
      </Button>
      <p className="text-sm text-soft">
        {block === 'account' && !account.isPending && `${text.accountFirst} `}
        {block === 'minimum' &&
          `${text.underMinimum(formatMoney(summary.minimum_payout - summary.available, currency))} `}
        {text.minimum(formatMoney(summary.minimum_payout, currency))}
      </p>
      {current !== undefined && <PayoutTimeline payout={current} />}
    </section>
  );
}
