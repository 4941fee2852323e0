import { useQuery } from '@tanstack/react-query';
import { Landmark } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDay } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { buttonClass } from '@/ui/button';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { changedSince, type BankPayout, type Payout } from '../model';
import { payoutAccountQuery } from '../queries';

/** What a bank refused, why, and what to do; or what comes next when it is done. */
function Refused({ bank }: { bank: BankPayout }) {
  const { data: account } = useQuery(payoutAccountQuery);
  const what = `${text.bankRefused(formatMoney(bank.amount, bank.currency))} ${bank.reason ?? ''}`;
  if (changedSince(bank, account)) {
    return (
      <Note>
        {what} {text.bankRefusedChanged}
      </Note>
    );
  }
  return (
    <>
      <Problem>
        {what} {text.bankRefusedNext}
      </Problem>
      <a href="#account" className={buttonClass({ wide: true })}>
        {text.bankChange}
      </a>
    </>
  );
}

/** The step from Stripe to the bank, where it is known, and how an instant payout went. */
export function BankStep({ payout, bank }: { payout: Payout; bank: BankPayout | undefined }) {
  const { instant } = payout;
  return (
    <>
      {instant !== null && instant.status === 'fell_back' && (
        <Note tone="warn">
          {instant.fallback_reason} {text.instantStatus.fell_back}
          {payout.fee > 0 && ` ${text.instantFeeBack}`}
        </Note>
      )}
      {instant !== null && instant.status !== 'fell_back' && (
        <Line>
          {text.instantStatus[instant.status]} {text.instantFeeNote(formatMoney(payout.fee, payout.currency))}.
        </Line>
      )}
      {bank?.status === 'failed' && <Refused bank={bank} />}
      {bank !== undefined && bank.status !== 'failed' && (instant === null || instant.status === 'fell_back') && (
        <Line>
          {text.bankStatus[bank.status]}
          {bank.arrives_at !== null &&
            (bank.status === 'pending' || bank.status === 'in_transit') &&
            ` ${text.bankExpected(bank.arrives_at)}`}
          {bank.status === 'paid' && bank.arrives_at !== null && ` ${formatDay(bank.arrives_at)}.`}
        </Line>
      )}
    </>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 text-sm text-soft">
      <Landmark aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
