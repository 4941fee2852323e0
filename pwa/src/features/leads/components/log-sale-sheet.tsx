import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { formatMoney } from '@/lib/money';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { CHANNELS, type LeadCard } from '../model';
import { searchQuery } from '../queries';

interface Props {
  onClose: () => void;
  onChoose: (lead: LeadCard) => void;
  onAdd: () => void;
}

/** Which lead was won: the first step of the quick action "Log sale". */
export function LogSaleSheet({ onClose, onChoose, onAdd }: Props) {
  const [query, setQuery] = useState('');
  const leads = useQuery(searchQuery(useDeferredValue(query), true));
  return (
    <Sheet
      title={text.logSaleTitle}
      onClose={onClose}
      footer={
        <Button wide onClick={onAdd}>
          {text.logSaleNew}
        </Button>
      }
    >
      <div className="grid grid-cols-1 gap-3">
        <TextField
          data-autofocus
          label={text.logSaleIntro}
          type="search"
          placeholder={text.searchPlaceholder}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {leads.isPending && <Skeletons label={text.loading} heights={['h-14', 'h-14']} />}
        {leads.isError && <ErrorState error={leads.error} onRetry={() => void leads.refetch()} />}
        {leads.data?.length === 0 && (
          <p className="py-2 text-[15px] text-soft">{query === '' ? text.logSaleEmpty : text.nothingFound}</p>
        )}
        <ul className="grid grid-cols-1 gap-1.5">
          {leads.data?.map((lead) => (
            <li key={lead.id}>
              <button
                type="button"
                onClick={() => onChoose(lead)}
                className="flex min-h-14 w-full items-center gap-3 rounded-xl bg-raised px-4 py-2 text-left hover:bg-line"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-semibold">{lead.company_name}</span>
                  <span className="text-sm text-soft">
                    #{CHANNELS[lead.status].name}
                    {lead.estimated_value !== null &&
                      ` · ${formatMoney(lead.estimated_value, lead.currency, { short: true })}`}
                  </span>
                </span>
                <ChevronRight aria-hidden className="size-5 text-soft" />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
