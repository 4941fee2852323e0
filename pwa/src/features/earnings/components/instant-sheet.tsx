import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { toAppError } from '@/lib/errors';
import { formatMoney, formatRate } from '@/lib/money';
import { useOnline } from '@/lib/online';
import { StepUpCancelled, useStepUp, withStepUp } from '@/lib/step-up';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Note, Problem } from '@/ui/states';
import { text } from '../messages';
import type { Payout, Quote, Summary } from '../model';
import { requestInstantPayout } from '../ops';
import { earningsKeys, quoteQuery, standingQuery } from '../queries';
import { PayoutBlock } from './payout-block';

interface Props {
  summary: Summary;
  onMade: (payoutId: string) => void;
  onClose: () => void;
}

/** The fee first, then the second factor, then the money: an instant payout of what has cleared (Elite). */
export default function InstantSheet({ summary, onMade, onClose }: Props) {
  const { currency } = summary;
  const client = useQueryClient();
  const online = useOnline();
  const stepUp = useStepUp();
  const quote = useQuery(quoteQuery(currency));
  const standing = useQuery(standingQuery);
  // Kept until the server has taken it, so that a second press after a lost answer is the same request.
  const requestId = useRef(uuidv7());

  const request = useMutation({
    mutationFn: (fee: number) => withStepUp(stepUp, () => requestInstantPayout(currency, fee, requestId.current)),
    onSuccess: (payout) => {
      client.setQueryData<Payout[]>(earningsKeys.payouts, (list = []) => [
        payout,
        ...list.filter(({ id }) => id !== payout.id),
      ]);
      void client.invalidateQueries({ queryKey: earningsKeys.payouts });
      void client.invalidateQueries({ queryKey: earningsKeys.all });
      showToast(text.instantRequested, { tone: 'good' });
      onMade(payout.id);
      onClose();
    },
    onError: (error) => {
      if (toAppError(error).rule === 'fee_changed') void quote.refetch();
    },
  });
  const refused = request.error === null || request.error instanceof StepUpCancelled ? null : toAppError(request.error);
  const { data } = quote;

  return (
    <Sheet
      title={text.instant}
      onClose={onClose}
      footer={
        data?.obstacle === null && data.fee !== null && data.net !== null ? (
          <Button
            variant="primary"
            wide
            busy={request.isPending || quote.isFetching}
            disabled={!online}
            onClick={() => request.mutate(data.fee ?? 0)}
          >
            {text.instantConfirm(formatMoney(data.net, currency))}
          </Button>
        ) : undefined
      }
    >
      <div className="grid gap-4">
        <p className="text-[15px] text-soft">{text.instantIntro}</p>
        {quote.isPending && <Skeletons label={text.loading} heights={['h-10', 'h-10', 'h-10']} />}
        {quote.isError && data === undefined && <ErrorState error={quote.error} onRetry={() => void quote.refetch()} />}
        {refused !== null && (
          <Problem>{refused.rule === 'fee_changed' ? text.instantFeeChanged : refused.message}</Problem>
        )}
        {data !== undefined && data.obstacle !== null && (
          <PayoutBlock block={data.obstacle} standing={standing.data} summary={summary} />
        )}
        {data?.obstacle === null && <Terms quote={data} />}
      </div>
    </Sheet>
  );
}

/** What is taken, what it costs, what arrives, and what happens where it is not possible. */
function Terms({ quote }: { quote: Quote }) {
  const money = (amount: number) => formatMoney(amount, quote.currency);
  const stays = quote.available - quote.amount;
  return (
    <>
      <dl className="divide-y divide-line/60">
        <Row term={text.instantAmount}>{money(quote.amount)}</Row>
        <Row term={text.instantFee(formatRate(quote.rate ?? 0), money(quote.minimum_fee ?? 0))}>
          {money(-(quote.fee ?? 0))}
        </Row>
        <Row term={text.instantNet} strong>
          {money(quote.net ?? 0)}
        </Row>
        {stays > 0 && <Row term={text.instantStays}>{money(stays)}</Row>}
      </dl>
      {(quote.approvals_needed ?? 0) > 0 && <Note tone="warn">{text.instantReview}</Note>}
      <p className="text-sm text-soft">
        {text.instantFallback} {text.instantLimit(money(quote.limit_left))}
      </p>
    </>
  );
}

function Row({ term, strong = false, children }: { term: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 py-2.5">
      <dt className="text-soft">{term}</dt>
      <dd className={strong ? 'text-lg font-bold tabular-nums' : 'font-semibold tabular-nums'}>{children}</dd>
    </div>
  );
}
