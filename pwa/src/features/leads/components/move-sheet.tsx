import { Check, ChevronRight } from 'lucide-react';
import { cn } from '@/lib/cn';
import { Sheet } from '@/ui/sheet';
import { text } from '../messages';
import { CHANNELS, STATUSES, type LeadCard, type LeadStatus } from '../model';

interface Props {
  lead: LeadCard;
  onClose: () => void;
  onChoose: (to: LeadStatus) => void;
}

/** Every stage by one tap: the exact way beside the swipe. */
export function MoveSheet({ lead, onClose, onChoose }: Props) {
  return (
    <Sheet title={`${text.moveTitle} …`} onClose={onClose}>
      <p className="pb-3 text-[15px] text-soft">{lead.company_name}</p>
      <ul className="grid gap-1.5">
        {STATUSES.map((status) => {
          const here = status === lead.status;
          return (
            <li key={status}>
              <button
                type="button"
                disabled={here}
                aria-current={here || undefined}
                onClick={() => onChoose(status)}
                className={cn(
                  'flex min-h-12 w-full items-center gap-3 rounded-xl px-4 text-left',
                  here ? 'bg-canvas text-soft' : 'bg-raised font-semibold hover:bg-line',
                )}
              >
                <span aria-hidden className={cn('size-3 rounded-full', CHANNELS[status].dot)} />
                <span className="flex-1">#{CHANNELS[status].name}</span>
                {here ? (
                  <span className="flex items-center gap-1 text-sm">
                    <Check aria-hidden className="size-4" /> {text.here}
                  </span>
                ) : (
                  <ChevronRight aria-hidden className="size-5 text-soft" />
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
