import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, ArrowRightLeft, CalendarClock, Mail, Phone, StickyNote } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { formatDay } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { text } from '../messages';
import { CHANNELS, neighbour, type LeadCard as Card, type LeadStatus } from '../model';
import { useSwipe } from './use-swipe';

export interface CardActions {
  onStep: (lead: Card, to: LeadStatus) => void;
  onMove: (lead: Card) => void;
  onNote: (lead: Card) => void;
  onCall: (lead: Card) => void;
}

const ACTION =
  'inline-flex min-h-11 flex-1 items-center justify-center gap-1.5 rounded-xl bg-raised px-1 text-[13px] font-semibold whitespace-nowrap hover:bg-line';

export const LeadCard = memo(function LeadCard({
  lead,
  actions,
  showStage = false,
}: {
  lead: Card;
  actions: CardActions;
  showStage?: boolean;
}) {
  const next = neighbour(lead.status, 1);
  const previous = neighbour(lead.status, -1);
  const swipe = useSwipe({ forward: next !== null, back: previous !== null }, (direction) => {
    const to = direction === 1 ? next : previous;
    if (to !== null) actions.onStep(lead, to);
  });
  const target = swipe.offset > 0 ? next : previous;

  return (
    <article className="relative overflow-hidden rounded-2xl [contain-intrinsic-size:auto_172px] [content-visibility:auto]">
      {swipe.offset !== 0 && target !== null && (
        <div
          aria-hidden
          className={cn(
            'absolute inset-0 flex items-center gap-2 rounded-2xl px-5 text-sm font-bold',
            swipe.direction === 0 ? 'bg-raised text-soft' : 'bg-accent text-white',
            swipe.offset < 0 && 'justify-end',
          )}
        >
          {swipe.offset > 0 && <ArrowRight className="size-5" />}#{CHANNELS[target].name}
          {swipe.offset < 0 && <ArrowLeft className="size-5" />}
        </div>
      )}
      <div
        {...swipe.handlers}
        style={swipe.offset === 0 ? undefined : { transform: `translateX(${swipe.offset}px)` }}
        className={cn(
          'card relative grid touch-pan-y gap-3 p-4',
          swipe.offset === 0 && 'transition-transform duration-200',
        )}
      >
        <Link
          to="/partner/leads/$leadId"
          params={{ leadId: lead.id }}
          className="-m-2 grid gap-1 rounded-xl p-2 hover:bg-raised/50"
        >
          <span className="flex items-start justify-between gap-3">
            <span className="line-clamp-2 font-bold">{lead.company_name}</span>
            {lead.estimated_value !== null && (
              <span className="font-bold whitespace-nowrap text-good tabular-nums">
                {formatMoney(lead.estimated_value, lead.currency, { short: true })}
              </span>
            )}
          </span>
          <span className="truncate text-[15px] text-soft">
            {[lead.contact_name, lead.project_type].filter(Boolean).join(' · ') || lead.contact_email || ' '}
          </span>
          <span className="mt-1 flex flex-wrap items-center gap-2">
            {showStage && <Badge tone="accent">#{CHANNELS[lead.status].name}</Badge>}
            <Badge tone={lead.days_in_stage > 14 ? 'warn' : 'neutral'}>{text.daysInStage(lead.days_in_stage)}</Badge>
            {lead.next_action_date !== null && (
              <Badge tone="info">
                <CalendarClock aria-hidden className="size-3.5" /> {formatDay(lead.next_action_date)}
              </Badge>
            )}
            {lead.deal_reference !== null && (
              <Badge tone={lead.deal_status === 'verified' ? 'good' : 'accent'}>
                {lead.deal_reference} · {text.dealStatus[lead.deal_status ?? ''] ?? lead.deal_status}
              </Badge>
            )}
          </span>
        </Link>
        <div className="flex gap-2">
          {lead.contact_phone !== null && (
            <a
              href={`tel:${lead.contact_phone.replace(/[^+\d]/g, '')}`}
              aria-label={text.callName(lead.company_name)}
              className={ACTION}
              onClick={() => actions.onCall(lead)}
            >
              <Phone aria-hidden className="size-4" />
              <ActionLabel>{text.call}</ActionLabel>
            </a>
          )}
          {lead.contact_email !== null && (
            <a href={`mailto:${lead.contact_email}`} aria-label={text.mailName(lead.company_name)} className={ACTION}>
              <Mail aria-hidden className="size-4" />
              <ActionLabel>{text.mail}</ActionLabel>
            </a>
          )}
          <button
            type="button"
            aria-label={text.noteName(lead.company_name)}
            className={ACTION}
            onClick={() => actions.onNote(lead)}
          >
            <StickyNote aria-hidden className="size-4" />
            <ActionLabel>{text.note}</ActionLabel>
          </button>
          {lead.status !== 'closed_won' && (
            <button
              type="button"
              aria-label={text.moveName(lead.company_name)}
              className={ACTION}
              onClick={() => actions.onMove(lead)}
            >
              <ArrowRightLeft aria-hidden className="size-4" />
              <ActionLabel>{text.move}</ActionLabel>
            </button>
          )}
        </div>
      </div>
    </article>
  );
});

/** The word beside the icon goes first when the screen is very narrow. */
function ActionLabel({ children }: { children: ReactNode }) {
  return <span className="max-[359px]:hidden">{children}</span>;
}
