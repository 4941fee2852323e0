import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { Skeletons } from '@/ui/skeletons';
import { EmptyState, ErrorState } from '@/ui/states';
import { text } from '../messages';
import { searchQuery } from '../queries';
import { LeadCard, type CardActions } from './lead-card';

export function SearchResults({ query, actions }: { query: string; actions: CardActions }) {
  const found = useQuery(searchQuery(query));
  if (found.isPending) return <Skeletons label={text.loading} heights={['h-40', 'h-40']} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <section aria-label={text.search} className="grid gap-3">
      <p role="status" className="text-sm text-soft">
        {text.results(found.data.length)}
      </p>
      {found.data.length === 0 && (
        <EmptyState icon={<SearchX />} title={text.nothingFound}>
          {text.nothingFoundBody}
        </EmptyState>
      )}
      <ul className="grid gap-3">
        {found.data.map((lead) => (
          <li key={lead.id} className="min-w-0">
            <LeadCard lead={lead} actions={actions} showStage />
          </li>
        ))}
      </ul>
    </section>
  );
}
