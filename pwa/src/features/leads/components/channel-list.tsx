import { cn } from '@/lib/cn';
import { text } from '../messages';
import { CHANNELS, STATUSES, type LaneSummary, type LeadStatus } from '../model';

interface Props {
  current: LeadStatus | undefined;
  lanes: Record<LeadStatus, LaneSummary> | undefined;
  onChoose: (status: LeadStatus) => void;
}

/** The pipeline as channels: two columns on a phone, a list at the side on a wide screen. */
export function ChannelList({ current, lanes, onChoose }: Props) {
  return (
    <nav aria-label={text.channels}>
      <ul className="grid grid-cols-2 gap-1.5 lg:grid-cols-1 lg:gap-1">
        {STATUSES.map((status) => {
          const { name, dot } = CHANNELS[status];
          const active = status === current;
          const count = lanes?.[status].count;
          return (
            <li key={status}>
              <button
                type="button"
                aria-current={active ? 'page' : undefined}
                onClick={() => onChoose(status)}
                className={cn(
                  'flex min-h-11 w-full items-center gap-1.5 rounded-xl px-2.5 text-left text-sm max-[359px]:px-2 max-[359px]:text-[13px] lg:gap-2 lg:px-3 lg:text-[15px]',
                  active
                    ? 'bg-raised font-semibold text-text'
                    : 'bg-panel text-soft hover:bg-raised hover:text-text lg:bg-transparent',
                )}
              >
                <span aria-hidden className={cn('size-2.5 shrink-0 rounded-full max-[359px]:hidden', dot)} />
                <span className="min-w-0 flex-1 truncate">#{name}</span>
                {count !== undefined && (
                  <span
                    className={cn(
                      'rounded-full px-1.5 text-xs font-bold tabular-nums',
                      active ? 'bg-canvas' : 'bg-raised lg:bg-panel',
                    )}
                  >
                    {count}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
