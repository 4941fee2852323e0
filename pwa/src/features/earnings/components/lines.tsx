import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { linesQuery } from '../queries';
import { Line } from './line';

// Opened by a press: not part of what the page loads first.
const WhySheet = lazy(() => import('./why-sheet'));

/** The single entries, newest first, each with its status in words. */
export function Lines({ currency }: { currency: string }) {
  const lines = useInfiniteQuery(linesQuery(currency));
  const [asked, setAsked] = useState<string>();
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
          <Line key={line.id} line={line} onAsk={() => setAsked(line.id)} />
        ))}
      </ul>
      {lines.hasNextPage && (
        <Button wide busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {text.showMore}
        </Button>
      )}
      {asked !== undefined && (
        <Suspense>
          <WhySheet id={asked} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
