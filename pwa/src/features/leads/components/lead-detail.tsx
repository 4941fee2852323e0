import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ChevronDown, Mail, Pencil, Phone, SearchX, Trash2, Trophy } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { formatDay } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { Button, buttonClass, IconButton } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { EmptyState, ErrorState } from '@/ui/states';
import { text } from '../messages';
import { CHANNELS, isOpen, type LeadCard } from '../model';
import { leadQuery } from '../queries';
import { NoteForm } from './note-form';
import { Timeline } from './timeline';
import { useLeadSheets } from './use-lead-sheets';

export function LeadDetail({ leadId, onGone }: { leadId: string; onGone: () => void }) {
  const lead = useQuery(leadQuery(leadId));
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <Link
        to="/partner/leads"
        search={lead.data == null ? {} : { stage: lead.data.status }}
        className={cn(buttonClass({ variant: 'quiet' }), 'justify-self-start -ml-3')}
      >
        <ArrowLeft aria-hidden className="size-4" /> {text.back}
      </Link>
      {lead.isPending && <Skeletons label={text.loading} heights={['h-52', 'h-40']} />}
      {lead.isError && lead.data === undefined && <ErrorState error={lead.error} onRetry={() => void lead.refetch()} />}
      {lead.data === null && (
        <EmptyState icon={<SearchX />} title={text.notFound}>
          {text.notFoundBody}
        </EmptyState>
      )}
      {lead.data != null && <Content lead={lead.data} onGone={onGone} />}
    </div>
  );
}

function Content({ lead, onGone }: { lead: LeadCard; onGone: () => void }) {
  const { actions, open, sheets } = useLeadSheets(onGone);
  const channel = CHANNELS[lead.status];
  const won = lead.status === 'closed_won';
  return (
    <>
      <section className="card grid gap-4 p-5">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <h1 className="text-2xl font-bold">{lead.company_name}</h1>
            <p className="text-soft">{[lead.contact_name, lead.project_type].filter(Boolean).join(' · ')}</p>
          </div>
          <IconButton label={text.edit} onClick={() => open('edit', lead)}>
            <Pencil aria-hidden className="size-5" />
          </IconButton>
          {lead.deal_id === null && (
            <IconButton label={text.deleteTitle} onClick={() => open('delete', lead)}>
              <Trash2 aria-hidden className="size-5" />
            </IconButton>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <button
            type="button"
            disabled={won}
            aria-label={`#${channel.name}: ${text.moveName(lead.company_name)}`}
            onClick={() => open('move', lead)}
            className="inline-flex min-h-11 items-center gap-2 rounded-full bg-raised px-4 font-semibold hover:bg-line"
          >
            <span aria-hidden className={cn('size-2.5 rounded-full', channel.dot)} />#{channel.name}
            {!won && <ChevronDown aria-hidden className="size-4" />}
          </button>
          <Badge>{text.daysInStage(lead.days_in_stage)}</Badge>
          {lead.deal_reference !== null && (
            <Badge tone={lead.deal_status === 'verified' ? 'good' : 'accent'}>
              {text.deal} {lead.deal_reference} · {text.dealStatus[lead.deal_status ?? ''] ?? lead.deal_status}
            </Badge>
          )}
        </div>
        <div className="grid grid-cols-[repeat(auto-fit,minmax(6.5rem,1fr))] gap-2">
          {lead.contact_phone !== null && (
            <a
              href={`tel:${lead.contact_phone.replace(/[^+\d]/g, '')}`}
              className={buttonClass()}
              onClick={() => actions.onCall(lead)}
            >
              <Phone aria-hidden className="size-4" /> {text.call}
            </a>
          )}
          {lead.contact_email !== null && (
            <a href={`mailto:${lead.contact_email}`} className={buttonClass()}>
              <Mail aria-hidden className="size-4" /> {text.mail}
            </a>
          )}
          {isOpen(lead.status) && (
            <Button variant="primary" onClick={() => open('won', lead)}>
              <Trophy aria-hidden className="size-4" /> {text.wonTitle}
            </Button>
          )}
        </div>
      </section>
      <section className="card p-5" aria-labelledby="details-title">
        <h2 id="details-title" className="pb-3 font-bold">
          {text.details}
        </h2>
        <dl className="grid gap-3 sm:grid-cols-2">
          <Fact term={text.value}>
            {lead.estimated_value === null ? null : formatMoney(lead.estimated_value, lead.currency)}
          </Fact>
          <Fact term={text.phone}>{lead.contact_phone}</Fact>
          <Fact term={text.email}>{lead.contact_email}</Fact>
          <Fact term={text.nextAction}>
            {lead.next_action === null && lead.next_action_date === null
              ? null
              : [lead.next_action, lead.next_action_date && formatDay(lead.next_action_date)]
                  .filter(Boolean)
                  .join(' · ')}
          </Fact>
          <Fact term={text.source}>{lead.source}</Fact>
          <Fact term={text.lostBecause}>{lead.lost_reason}</Fact>
          <Fact term={text.notes}>{lead.notes}</Fact>
        </dl>
      </section>
      <section className="card grid gap-5 p-5" aria-labelledby="timeline-title">
        <h2 id="timeline-title" className="font-bold">
          {text.timeline}
        </h2>
        <NoteForm leadId={lead.id} />
        <Timeline leadId={lead.id} />
      </section>
      {sheets}
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  if (children === null || children === '') return null;
  return (
    <div>
      <dt className="text-sm text-soft">{term}</dt>
      <dd className="text-[15px] whitespace-pre-line">{children}</dd>
    </div>
  );
}
