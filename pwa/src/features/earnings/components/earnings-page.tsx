import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Coins } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { buttonClass } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { EmptyState, ErrorState } from '@/ui/states';
import { text } from '../messages';
import { summariesQuery } from '../queries';
import { AccountCard } from './account-card';
import { Breakdown } from './breakdown';
import { Hero } from './hero';
import { PayoutHistory } from './history';
import { Lines } from './lines';
import { PayoutCard } from './payout-card';

// Only while something is owed.
const DebtsCard = lazy(() => import('./debts-card'));
// Looked at once a month or a year: they need not be there before the money is.
const Statements = lazy(() => import('./statements'));
const TaxCard = lazy(() => import('./tax-card'));

export function EarningsPage({ returned }: { returned: 'done' | 'again' | undefined }) {
  const summaries = useQuery(summariesQuery);
  const [chosen, setChosen] = useState<string>();
  const summary = summaries.data?.find(({ currency }) => currency === chosen) ?? summaries.data?.[0];

  if (summaries.isPending) return <Skeletons label={text.loading} heights={['h-36', 'h-44', 'h-64']} />;
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <h1 className="sr-only">{text.title}</h1>
      <div className="grid gap-4">
        {summaries.isError && summaries.data === undefined && (
          <ErrorState error={summaries.error} onRetry={() => void summaries.refetch()} />
        )}
        {(summaries.data?.length ?? 0) > 1 && summary !== undefined && (
          <fieldset className="flex gap-2">
            <legend className="sr-only">{text.currency}</legend>
            {summaries.data?.map(({ currency }) => (
              <label
                key={currency}
                className="inline-flex min-h-11 items-center rounded-full bg-raised px-5 font-semibold has-checked:bg-accent has-checked:text-white has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text"
              >
                <input
                  type="radio"
                  name="currency"
                  className="sr-only"
                  checked={currency === summary.currency}
                  onChange={() => setChosen(currency)}
                />
                {currency}
              </label>
            ))}
          </fieldset>
        )}
        {summary === undefined && summaries.isSuccess && (
          <section className="card">
            <EmptyState icon={<Coins />} title={text.empty}>
              <p>{text.emptyBody}</p>
              <Link to="/partner/leads" className={buttonClass({ variant: 'primary' })}>
                {text.emptyAction}
              </Link>
            </EmptyState>
          </section>
        )}
        {summary !== undefined && (
          <>
            <Hero summary={summary} />
            <PayoutCard key={summary.currency} summary={summary} />
            {summary.owed > 0 && (
              <Suspense>
                <DebtsCard key={summary.currency} summary={summary} />
              </Suspense>
            )}
            <Breakdown summary={summary} />
          </>
        )}
      </div>
      <div className="grid gap-4">
        {summary !== undefined && <Lines currency={summary.currency} />}
        <AccountCard returned={returned} />
        <PayoutHistory />
        <Suspense>
          <Statements />
          <TaxCard />
        </Suspense>
      </div>
    </div>
  );
}
