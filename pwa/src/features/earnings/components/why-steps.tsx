import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDay } from '@/lib/dates';
import { formatMoney, formatRate } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { text as words } from '../messages';
import { LINE_TONES } from '../model';
import { remains, trimmed, type Why } from '../why';
import { text } from '../why-messages';

/** "Team override" of a line, and of what it takes back. */
function typeOf({ type, kind }: Why): string {
  return type === 'reversal' ? `${words.types.reversal}: ${words.types[kind]}` : words.types[type];
}

/** The calculation, from what the client paid to the amount of the line. */
export function WhySteps({ why }: { why: Why }) {
  const { currency, deal, cap } = why;
  const money = (amount: number | null | undefined): string | null =>
    amount == null ? null : formatMoney(amount, currency);
  const cut = trimmed(why);
  const due = ['approved', 'payable', 'processing', 'paid'].includes(why.status);
  return (
    <>
      <div className="grid gap-1 rounded-2xl bg-raised px-4 py-3">
        <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <span className="font-semibold">{typeOf(why)}</span>
          {why.status === 'payable' && why.amount < 0 ? (
            <Badge tone="bad">{words.debtStatus}</Badge>
          ) : (
            <Badge tone={LINE_TONES[why.status]}>{words.status[why.status]}</Badge>
          )}
        </p>
        <p className="text-2xl font-bold tabular-nums">{formatMoney(why.amount, currency)}</p>
        {why.as !== null && why.as !== 'seller' && <p className="text-sm text-soft">{text.as[why.as]}</p>}
        {why.note !== null && <p className="text-sm text-soft">{why.note}</p>}
      </div>
      <dl className="divide-y divide-line/60">
        <Step term={text.deal}>{deal?.reference}</Step>
        <Step term={text.company}>{deal?.company_name}</Step>
        {why.payment !== null && (
          <Step term={`${text.payment}, ${text.instalment(why.payment.instalment)}`}>{money(why.payment.amount)}</Step>
        )}
        {why.refund !== null && <Step term={text.refund[why.refund.kind] ?? ''}>{money(-why.refund.amount)}</Step>}
        <Step term={text.netCash}>{money(why.net_cash)}</Step>
        {why.base_amount !== why.net_cash && <Step term={text.base}>{money(why.base_amount)}</Step>}
        <Step term={text.tier}>{why.tier === null ? null : why.tier.charAt(0).toUpperCase() + why.tier.slice(1)}</Step>
        <Step term={text.plan}>{why.plan_version}</Step>
        <Step term={text.rate}>{why.rate === null ? null : formatRate(why.rate)}</Step>
        {cap !== null && cut > 0 && (
          <>
            <Step term={text.uncapped}>{money(cap.uncapped)}</Step>
            <Step term={text.trimmed(formatRate(cap.rate))}>{money(-cut)}</Step>
          </>
        )}
        {why.booked_before !== 0 && (
          <>
            <Step term={text.entitled}>{money(why.entitled)}</Step>
            <Step term={text.before}>{money(-why.booked_before)}</Step>
          </>
        )}
        <Step term={text.amount} strong>
          {money(why.amount)}
        </Step>
        {why.reversals.length > 0 && <Step term={text.remains}>{money(remains(why))}</Step>}
        <Step term={text.rounding}>{why.rounding === null ? null : text.roundingText}</Step>
        <Step term={due ? text.cleared : text.clears}>{why.clears_at === null ? null : formatDay(why.clears_at)}</Step>
        {why.payout !== null && (
          <Step term={text.payout}>
            {`${formatMoney(why.payout.amount, currency)}, ${words.payoutStatus[why.payout.status].toLowerCase()}`}
          </Step>
        )}
      </dl>
      {cap !== null && (
        <p className="text-sm text-soft">{text.cap(formatRate(cap.rate), formatMoney(cap.amount, currency))}</p>
      )}
      {why.agrees !== null && (
        <p className="flex items-start gap-2 text-sm text-soft">
          {why.agrees ? (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
          ) : (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          )}
          {why.agrees ? text.agrees : text.differs}
        </p>
      )}
    </>
  );
}

function Step({ term, strong = false, children }: { term: string; strong?: boolean; children: ReactNode }) {
  if (children == null) return null;
  return (
    <div className="flex items-baseline justify-between gap-4 py-2.5">
      <dt className="min-w-0 text-soft">{term}</dt>
      <dd className={strong ? 'text-right text-lg font-bold tabular-nums' : 'text-right font-semibold tabular-nums'}>
        {children}
      </dd>
    </div>
  );
}
