import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { formatMoney } from '@/lib/money';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Note } from '@/ui/states';
import { text } from '../messages';
import type { CommissionLine, Summary } from '../model';
import { debtsQuery } from '../queries';
import { Line } from './line';

const WhySheet = lazy(() => import('./why-sheet'));

function because({ commission_type: type, by_refund: byRefund }: CommissionLine): string {
  if (type === 'adjustment') return text.debtsBecause.adjustment;
  return byRefund ? text.debtsBecause.refund : text.debtsBecause.decision;
}

/** What is owed to SISO, why, and how it is set off. Shown only while something is owed. */
export default function DebtsCard({ summary }: { summary: Summary }) {
  const { currency, owed, available } = summary;
  const debts = useQuery(debtsQuery(currency));
  const [asked, setAsked] = useState<string>();
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <section className="card grid gap-3 p-5" aria-labelledby="debts-title">
      <h2 id="debts-title" className="flex items-baseline justify-between gap-3 font-bold">
        {text.debts} <span className="text-bad tabular-nums">{money(owed)}</span>
      </h2>
      <Note tone={available >= 0 ? 'info' : 'warn'}>
        {available >= 0
          ? text.debtsNext(money(available + owed), money(owed), money(available))
          : text.debtsCarried(money(owed), money(available + owed))}
      </Note>
      {debts.isPending && <Skeletons label={text.loading} heights={['h-16']} />}
      {debts.isError && debts.data === undefined && (
        <ErrorState error={debts.error} onRetry={() => void debts.refetch()} />
      )}
      <ul className="divide-y divide-line/60">
        {debts.data?.map((line) => (
          <Line key={line.id} line={line} says={because(line)} onAsk={() => setAsked(line.id)} />
        ))}
      </ul>
      {asked !== undefined && (
        <Suspense>
          <WhySheet id={asked} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
