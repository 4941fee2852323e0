import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { askText } from '@/lib/ask-support';
import { useOnline } from '@/lib/online';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { ticketsQuery } from '../queries';
import { TicketEntry } from './ticket-entry';

const AskSheet = lazy(() => import('./ask-sheet'));

/** What was asked, what was answered, and a place to ask. */
export function SupportPage() {
  const tickets = useQuery(ticketsQuery);
  const online = useOnline();
  const [asking, setAsking] = useState(false);
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <h1 className="sr-only">{text.title}</h1>
      <section className="card grid gap-3 p-5" aria-label={askText.title}>
        <p className="text-[15px] text-soft">{text.intro}</p>
        <Button variant="primary" aria-haspopup="dialog" disabled={!online} onClick={() => setAsking(true)}>
          {askText.title}
        </Button>
      </section>
      <section className="card grid gap-2 p-5" aria-labelledby="tickets-title">
        <h2 id="tickets-title" className="font-bold">
          {text.list}
        </h2>
        {tickets.isPending && online && <Skeletons label={text.loading} heights={['h-16', 'h-16']} />}
        {tickets.isPending && !online && <p className="text-[15px] text-soft">{text.offline}</p>}
        {tickets.isError && tickets.data === undefined && (
          <ErrorState error={tickets.error} onRetry={() => void tickets.refetch()} />
        )}
        {tickets.data?.length === 0 && <p className="text-[15px] text-soft">{text.empty}</p>}
        <ul className="divide-y divide-line/60">
          {tickets.data?.map((ticket, index) => (
            <TicketEntry key={ticket.id} ticket={ticket} open={index === 0} />
          ))}
        </ul>
      </section>
      {asking && (
        <Suspense>
          <AskSheet onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  );
}
