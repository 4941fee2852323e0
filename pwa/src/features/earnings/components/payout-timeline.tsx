import { Check, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';
import { formatMoney } from '@/lib/money';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { PAYOUT_STEPS, payoutProgress, type BankPayout, type Payout, type Standing } from '../model';
import { BankStep } from './bank-step';
import { Parked } from './parked';
import { PayoutBadge } from './payout-badge';

interface Props {
  payout: Payout;
  bank?: BankPayout | undefined;
  standing?: Standing | undefined;
  /** It was just asked for here: the button that asked has nothing left to pay out. */
  takesFocus?: boolean;
}

/** The way of one payout; changes by itself as the worker goes on. */
export function PayoutTimeline({ payout, bank, standing, takesFocus = false }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  const reached = payoutProgress(payout.status);
  const refused = bank?.status === 'failed';
  const amount = formatMoney(payout.amount, payout.currency);
  return (
    <div
      ref={ref}
      role="status"
      tabIndex={-1}
      aria-label={text.payoutCurrent}
      className="isolate grid gap-3 border-t border-line pt-4 outline-offset-4"
    >
      <p className="flex flex-wrap items-center justify-between gap-2 font-semibold">
        {text.payoutTimeline(amount)}
        <PayoutBadge payout={payout} bank={bank} />
      </p>
      {reached >= 0 && (
        <ol className="grid grid-cols-4">
          {PAYOUT_STEPS.map((step, index) => {
            const done = index < reached || payout.status === 'paid';
            const here = index === reached && !done;
            const failed = refused && step === 'paid';
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
                    done && !failed && 'border-good bg-good-soft text-good',
                    failed && 'border-bad bg-bad-soft text-bad',
                    here && 'border-accent-text bg-accent-soft',
                    !done && !here && 'border-line',
                  )}
                >
                  {done && !failed && <Check className="size-4" />}
                  {failed && <X className="size-4" />}
                  {here && <span className="size-2.5 animate-pulse rounded-full bg-accent-text" />}
                </span>
                <span className={cn('text-xs', done || here ? 'font-semibold' : 'text-soft')}>
                  {failed ? text.bankRefusedStep : text.payoutSteps[step]}
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <BankStep payout={payout} bank={bank} />
      {payout.status === 'draft' && <Note>{text.payoutReview}</Note>}
      {payout.status === 'parked' && <Parked payout={payout} standing={standing} />}
      {payout.status === 'cancelled' && <Note>{payout.failure_message ?? text.payoutCancelled}</Note>}
      {payout.status === 'reversed' && <Note tone="warn">{payout.failure_message ?? text.payoutReversed}</Note>}
      {payout.status === 'failed' && <Problem>{text.payoutFailed(payout.failure_message)}</Problem>}
    </div>
  );
}
