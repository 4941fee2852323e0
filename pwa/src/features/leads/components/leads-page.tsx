import { useQuery } from '@tanstack/react-query';
import { Plus, Search, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { buttonClass, IconButton } from '@/ui/button';
import { cn } from '@/lib/cn';
import { Skeletons } from '@/ui/skeletons';
import { text } from '../messages';
import type { LeadStatus } from '../model';
import { summaryQuery } from '../queries';
import { rememberLane } from '../lanes';
import { useLane } from '../use-lane';
import { ChannelList } from './channel-list';
import { Lane } from './lane';
import { LeadFormSheet } from './lead-form-sheet';
import { LogSaleSheet } from './log-sale-sheet';
import { SearchResults } from './search-results';
import { useLeadSheets } from './use-lead-sheets';

interface Props {
  /** The lane of the address; undefined where it names none. */
  stage: LeadStatus | undefined;
  /** A sheet that the address asks for. */
  action: 'add' | 'win' | undefined;
  onStage: (stage: LeadStatus) => void;
  /** The lane that was opened without being asked for. */
  onSettle: (stage: LeadStatus) => void;
  onAction: (action: 'add' | 'win' | undefined) => void;
}

export function LeadsPage({ stage, action, onStage, onSettle, onAction }: Props) {
  const [query, setQuery] = useState('');
  const searched = useDeferredValue(query.trim());
  const summary = useQuery(summaryQuery);
  const lane = useLane(stage, onSettle);
  const { actions, open, sheets } = useLeadSheets();
  const add = () => onAction('add');

  return (
    <div className="grid gap-4 lg:grid-cols-[248px_1fr] lg:gap-8">
      <h1 className="sr-only">{text.title}</h1>
      <div className="grid content-start gap-3 lg:sticky lg:top-20 lg:self-start">
        <div role="search" className="relative">
          <Search aria-hidden className="absolute top-3 left-3.5 size-5 text-soft" />
          <input
            type="search"
            aria-label={text.search}
            placeholder={text.searchPlaceholder}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="min-h-11 w-full rounded-xl border border-edge/70 bg-panel pr-3 pl-11 text-base not-placeholder-shown:pr-11 placeholder:text-soft [&::-webkit-search-cancel-button]:hidden"
          />
          {query !== '' && (
            <IconButton label={text.clearSearch} className="absolute top-0 right-0" onClick={() => setQuery('')}>
              <X aria-hidden className="size-4" />
            </IconButton>
          )}
        </div>
        <ChannelList
          current={lane}
          lanes={summary.data}
          onChoose={(next) => {
            setQuery('');
            rememberLane(next);
            onStage(next);
          }}
        />
      </div>
      {searched !== '' && <SearchResults query={searched} actions={actions} />}
      {searched === '' && lane === undefined && (
        <Skeletons label={text.loading} heights={['h-8', 'h-40', 'h-40', 'h-40']} />
      )}
      {searched === '' && lane !== undefined && (
        <Lane status={lane} summary={summary.data?.[lane]} actions={actions} onAdd={add} />
      )}
      <button
        type="button"
        data-floating
        onClick={add}
        className={cn(
          buttonClass({ variant: 'primary' }),
          'fixed right-4 bottom-[calc(80px+env(safe-area-inset-bottom))] z-20 min-h-14 rounded-2xl px-5 shadow-xl lg:right-8 lg:bottom-8',
        )}
      >
        <Plus aria-hidden className="size-5" /> {text.add}
      </button>
      {action === 'add' && <LeadFormSheet onClose={() => onAction(undefined)} />}
      {action === 'win' && (
        <LogSaleSheet
          onClose={() => onAction(undefined)}
          onAdd={add}
          onChoose={(lead) => {
            onAction(undefined);
            open('won', lead);
          }}
        />
      )}
      {sheets}
    </div>
  );
}
