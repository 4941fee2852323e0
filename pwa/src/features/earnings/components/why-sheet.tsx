import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatDay } from '@/lib/dates';
import { formatMoney, formatRate } from '@/lib/money';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import type { CommissionLine } from '../model';
import { whyQuery } from '../queries';

/** A part of the trace for people: a text, or the reference, label or status of an object. */
function words(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return null;
  const part = value as Record<string, unknown>;
  const named = part['reference'] ?? part['label'] ?? part['name'] ?? part['status'] ?? part['id'];
  return typeof named === 'string' || typeof named === 'number' ? String(named) : null;
}

function capitalised(word: string | null): string | null {
  return word === null ? null : word.charAt(0).toUpperCase() + word.slice(1);
}

/** An amount of money anywhere in the trace, if it is one. */
function money(value: unknown, currency: string): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return formatMoney(value, currency);
  if (typeof value === 'object' && value !== null) {
    const part = value as Record<string, unknown>;
    const code = typeof part['currency'] === 'string' ? part['currency'] : currency;
    return money(part['amount'] ?? part['net_amount'], code);
  }
  return null;
}

/** How an amount came to be, step by step, as the server has stored it. */
export function WhySheet({ line, onClose }: { line: CommissionLine; onClose: () => void }) {
  const trace = useQuery(whyQuery(line.id));
  const { currency } = line;
  return (
    <Sheet title={text.whyTitle} onClose={onClose}>
      {trace.isPending && <Skeletons label={text.loading} heights={['h-10', 'h-10', 'h-10']} />}
      {trace.isError && <ErrorState error={trace.error} onRetry={() => void trace.refetch()} />}
      {trace.data !== undefined && (
        <dl className="divide-y divide-line/60">
          <Step term={text.whyDeal}>{words(trace.data['deal']) ?? line.deal_reference}</Step>
          <Step term={text.whyPayment}>{money(trace.data['payment'], currency)}</Step>
          <Step term={text.whyBase}>{money(trace.data['base_amount'] ?? line.base_amount, currency)}</Step>
          <Step term={text.whyTier}>{capitalised(words(trace.data['tier']))}</Step>
          <Step term={text.whyPlan}>{words(trace.data['plan_version'])}</Step>
          <Step term={text.whyRate}>{line.rate === null ? null : formatRate(line.rate)}</Step>
          <Step term={text.whyRounding}>{trace.data['rounding'] == null ? null : text.whyRoundingText}</Step>
          <Step term={text.whyAmount}>
            <strong className="text-lg">{formatMoney(line.amount, currency)}</strong>
          </Step>
          <Step term={text.whyClears}>{line.clears_at === null ? null : formatDay(line.clears_at)}</Step>
          <Step term={text.whyStatus}>{text.status[line.status]}</Step>
          <Step term={text.whyPayout}>{capitalised(words(trace.data['payout']))}</Step>
        </dl>
      )}
    </Sheet>
  );
}

function Step({ term, children }: { term: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <div className="flex items-baseline justify-between gap-4 py-2.5">
      <dt className="text-soft">{term}</dt>
      <dd className="text-right font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
