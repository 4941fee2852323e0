import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';
import { formatMoney } from '@/lib/money';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { EmptyState, ErrorState } from '@/ui/states';
import { text } from '../messages';
import { CHANNELS, isOpen, type LaneSummary, type LeadStatus } from '../model';
import { laneQuery } from '../queries';
import { LeadCard, type CardActions } from './lead-card';

interface Props {
  status: LeadStatus;
  summary: LaneSummary | undefined;
  actions: CardActions;
  onAdd: () => void;
}

function laneValue(summary: LaneSummary): string {
  return [...summary.values].map(([currency, sum]) => formatMoney(sum, currency, { short: true })).join(' + ');
}

/** One channel with its leads, page by page. */
export function Lane({ status, summary, actions, onAdd }: Props) {
  const lane = useInfiniteQuery(laneQuery(status));
  const leads = lane.data?.pages.flat() ?? [];
  const { name, dot } = CHANNELS[status];

  return (
    <section aria-labelledby="lane-title" className="grid content-start gap-3">
      <header className="flex items-baseline justify-between gap-3">
        <h2 id="lane-title" className="flex items-center gap-2 text-lg font-bold">
          <span aria-hidden className={cn('size-3 rounded-full', dot)} />#{name}
        </h2>
        {summary !== undefined && (
          <p className="text-sm text-soft">{text.laneTotal(summary.count, laneValue(summary))}</p>
        )}
      </header>
      {lane.isPending && <Skeletons label={text.loading} heights={['h-40', 'h-40', 'h-40']} />}
      {lane.isError && leads.length === 0 && <ErrorState error={lane.error} onRetry={() => void lane.refetch()} />}
      {lane.isSuccess && leads.length === 0 && (
        <EmptyState icon={<Inbox />} title={status === 'new' ? text.emptyNew : text.emptyLane(name)}>
          <p>{status === 'new' ? text.emptyNewBody : text.emptyLaneBody}</p>
          {status === 'new' && (
            <Button variant="primary" onClick={onAdd}>
              {text.add}
            </Button>
          )}
        </EmptyState>
      )}
      {leads.length > 0 && (
        <ul className="grid gap-3 2xl:grid-cols-2">
          {leads.map((lead) => (
            <li key={lead.id} className="min-w-0">
              <LeadCard lead={lead} actions={actions} />
            </li>
          ))}
        </ul>
      )}
      {lane.hasNextPage && <LoadMore busy={lane.isFetchingNextPage} onMore={() => void lane.fetchNextPage()} />}
      {leads.length > 0 && isOpen(status) && (
        <p className="text-center text-sm text-soft lg:hidden">{text.swipeHint}</p>
      )}
    </section>
  );
}

/** Loads the next page when it comes near, and by a press. */
function LoadMore({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = ref.current;
    if (node === null || busy) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      { rootMargin: '600px' },
    );
    observer.observe(node);
    return () => observer.disconnect();
  }, [busy, onMore]);
  return (
    <div ref={ref} className="grid">
      <Button busy={busy} onClick={onMore}>
        {text.loadMore}
      </Button>
    </div>
  );
}
