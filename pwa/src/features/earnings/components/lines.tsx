import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { cn } from '@/lib/cn';
import { formatDay } from '@/lib/dates';
import { formatMoney, formatRate } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { LINE_TONES, type CommissionLine } from '../model';
import { linesQuery } from '../queries';
import { WhySheet } from './why-sheet';

function origin(line: CommissionLine): string {
  return [
    `${text.types[line.commission_type]}${line.rate === null ? '' : ` ${formatRate(line.rate)}`}`,
    line.deal_reference,
    line.instalment === null ? null : text.instalment(line.instalment),
    formatDay(line.created_at).replaceAll(' ', '\u00A0'),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What comes next, where the badge does not say it already. */
function nextStep(line: CommissionLine): string | null {
  if (line.status === 'paid') return null;
  if (line.status === 'pending' && line.clears_at !== null && line.next_step?.startsWith('Clears on') === true)
    return text.clearsOn(line.clears_at);
  return line.next_step;
}

/** The single entries, newest first, each with its status in words. */
export function Lines({ currency }: { currency: string }) {
  const lines = useInfiniteQuery(linesQuery(currency));
  const [asked, setAsked] = useState<CommissionLine>();
  return (
    <section className="card p-5" aria-labelledby="lines-title">
      <h2 id="lines-title" className="pb-2 font-bold">
        {text.lines}
      </h2>
      {lines.isPending && <Skeletons label={text.loading} heights={['h-16', 'h-16', 'h-16']} />}
      {lines.isError && lines.data === undefined && (
        <ErrorState error={lines.error} onRetry={() => void lines.refetch()} />
      )}
      <ul className="divide-y divide-line/60">
        {lines.data?.pages.flat().map((line) => (
          <li key={line.id} className="grid gap-1 py-3">
            <div className="flex items-start justify-between gap-3">
              <span className="min-w-0 font-semibold">{line.company_name ?? text.types[line.commission_type]}</span>
              <span
                className={cn('font-bold whitespace-nowrap tabular-nums', line.amount < 0 ? 'text-bad' : 'text-text')}
              >
                {formatMoney(line.amount, line.currency)}
              </span>
            </div>
            <p className="text-sm text-soft">{origin(line)}</p>
            <div className="flex flex-wrap items-center gap-x-3">
              <Badge tone={LINE_TONES[line.status]}>{text.status[line.status]}</Badge>
              <button
                type="button"
                aria-label={text.whyName(line.company_name ?? text.types[line.commission_type])}
                onClick={() => setAsked(line)}
                className="inline-flex min-h-11 items-center gap-1.5 text-sm font-semibold text-accent-text hover:underline"
              >
                <CircleHelp aria-hidden className="size-4" /> {text.why}
              </button>
            </div>
            {nextStep(line) !== null && <p className="text-sm text-soft">{nextStep(line)}</p>}
          </li>
        ))}
      </ul>
      {lines.hasNextPage && (
        <Button wide busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {text.showMore}
        </Button>
      )}
      {asked !== undefined && <WhySheet line={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}
