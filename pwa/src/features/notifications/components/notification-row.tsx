import {
  Award,
  Banknote,
  Bell,
  Coins,
  MessageCircle,
  ShieldCheck,
  TrendingUp,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import { cn } from '@/lib/cn';
import { formatRelative, formatTime } from '@/lib/dates';
import { text } from '../messages';
import type { Notification } from '../model';

const ICONS: Record<string, LucideIcon> = {
  achievement: Award,
  commission: Coins,
  tier_up: TrendingUp,
  message: MessageCircle,
  payout: Banknote,
  security: ShieldCheck,
  account: UserRound,
};

/** One notification; pressing it opens what it is about. */
export function NotificationRow({ item, onOpen }: { item: Notification; onOpen: (item: Notification) => void }) {
  const Icon = ICONS[item.type] ?? Bell;
  return (
    <button
      type="button"
      onClick={() => onOpen(item)}
      className="flex w-full items-start gap-3 rounded-xl px-2 py-2.5 text-left hover:bg-raised"
    >
      <span
        aria-hidden
        className={cn(
          'grid size-10 shrink-0 place-items-center rounded-xl',
          item.read ? 'bg-raised text-soft' : 'bg-accent-soft text-accent-text',
        )}
      >
        <Icon className="size-5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-start justify-between gap-3">
          <span className={cn(!item.read && 'font-semibold')}>
            {item.title}
            {!item.read && <span className="sr-only"> ({text.unread})</span>}
          </span>
          <time
            dateTime={item.created_at}
            title={formatTime(item.created_at)}
            className="shrink-0 pt-0.5 text-xs text-soft"
          >
            {formatRelative(item.created_at)}
          </time>
        </span>
        <span className="block text-sm text-soft">{item.message}</span>
      </span>
      {!item.read && <span aria-hidden className="mt-2 size-2.5 shrink-0 rounded-full bg-accent-text" />}
    </button>
  );
}
