import { Check } from 'lucide-react';
import { cn } from '@/lib/cn';
import { formatMoney } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { PAYOUT_STEPS, PAYOUT_TONES, payoutProgress, type BankPayout, type Payout } from '../model';
import { BankStep } from './bank-step';

/** The way of one payout; changes by itself as the worker goes on. */
export function PayoutTimeline({ payout, bank }: { payout: Payout; bank?: BankPayout | undefined }) {
  const reached = payoutProgress(payout.status);
  const amount = formatMoney(payout.amount, payout.currency);
  return (
    <div role="status" aria-label={text.payoutCurrent} className="isolate grid gap-3 border-t border-line pt-4">
      <p className="flex flex-wrap items-center justify-between gap-2 font-semibold">
        {text.payoutTimeline(amount)}
        <Badge tone={PAYOUT_TONES[payout.status]}>{text.payoutStatus[payout.status]}</Badge>
      </p>
      {reached >= 0 && (
        <ol className="grid grid-cols-4">
          {PAYOUT_STEPS.map((step, index) => {
            const done = index < reached || payout.status === 'paid';
            const here = index === reached && !done;
            return (
              <li
                key={step}
                aria-current={here ? 'step' : undefined}
                className="relative grid justify-items-center gap-1.5 text-center"
              >
                {index > 0 && (
                  <span
                    aria-hidden
                    className={cn(
                      'absolute top-3 right-1/2 -z-0 h-0.5 w-full',
                      index <= reached ? 'bg-good' : 'bg-line',
                    )}
                  />
                )}
                <span
                  aria-hidden
                  className={cn(
                    'relative z-10 grid size-6.5 place-items-center rounded-full border-2 bg-panel',
                    done && 'border-good bg-good-soft text-good',
                    here && 'border-accent-text bg-accent-soft',
                    !done && !here && 'border-line',
                  )}
                >
                  {done && <Check className="size-4" />}
                  {here && <span className="size-2.5 animate-pulse rounded-full bg-accent-text" />}
                </span>
                <span className={cn('text-xs', done || here ? 'font-semibold' : 'text-soft')}>
                  {text.payoutSteps[step]}
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <BankStep payout={payout} bank={bank} />
      {payout.status === 'draft' && <Note>{text.payoutReview}</Note>}
      {payout.status === 'parked' && <Note tone="warn">{payout.failure_message ?? text.payoutParked}</Note>}
      {payout.status === 'cancelled' && <Note>{payout.failure_message ?? text.payoutCancelled}</Note>}
      {payout.status === 'reversed' && <Note tone="warn">{payout.failure_message ?? text.payoutReversed}</Note>}
      {payout.status === 'failed' && payout.failure_message !== null && <Problem>{payout.failure_message}</Problem>}
    </div>
  );
}
