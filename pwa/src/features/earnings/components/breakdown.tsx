import { cn } from '@/lib/cn';
import { formatMoney } from '@/lib/money';
import { text } from '../messages';
import { MONEY_STATES, type Summary } from '../model';

const DOTS: Record<(typeof MONEY_STATES)[number], string> = {
  estimated: 'bg-edge',
  pending: 'bg-warn',
  approved: 'bg-info',
  payable: 'bg-good',
  processing: 'bg-accent-text',
  paid: 'bg-good',
  held: 'bg-bad',
};

/** Every state with its sum and what happens next. */
export function Breakdown({ summary }: { summary: Summary }) {
  const shown = MONEY_STATES.filter((state) => state !== 'held' || summary.held !== 0);
  return (
    <section className="card p-5" aria-labelledby="breakdown-title">
      <h2 id="breakdown-title" className="pb-2 font-bold">
        {text.breakdown}
      </h2>
      <dl className="divide-y divide-line/60">
        {shown.map((state) => (
          <div key={state} className="flex items-start gap-3 py-2.5">
            <dt className="min-w-0 flex-1">
              <span className="flex items-center gap-2 font-semibold">
                <span aria-hidden className={cn('size-2.5 rounded-full', DOTS[state])} />
                {text.states[state].label}
              </span>
              <span className="block pl-4.5 text-sm text-soft">{text.states[state].next}</span>
            </dt>
            <dd className={cn('font-semibold whitespace-nowrap tabular-nums', summary[state] === 0 && 'text-soft')}>
              {formatMoney(summary[state], summary.currency)}
            </dd>
          </div>
        ))}
      </dl>
      {summary.next_clearing_at !== null && (
        <p className="pt-2 text-sm text-soft">{text.nextClearing(summary.next_clearing_at)}</p>
      )}
    </section>
  );
}
