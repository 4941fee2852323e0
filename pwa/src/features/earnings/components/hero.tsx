import { TrendingDown, TrendingUp } from 'lucide-react';
import { formatMoney } from '@/lib/money';
import { MoneyCounter } from '@/ui/counter';
import { text } from '../messages';
import { monthChange, type Summary } from '../model';

function change(summary: Summary): string {
  const percent = monthChange(summary.this_month, summary.last_month);
  if (percent === null) return text.lastMonth(formatMoney(summary.last_month, summary.currency));
  if (percent === 0) return text.same;
  return percent > 0 ? text.more(`${percent}%`) : text.less(`${-percent}%`);
}

export function Hero({ summary }: { summary: Summary }) {
  const percent = monthChange(summary.this_month, summary.last_month) ?? 0;
  return (
    <section
      aria-labelledby="hero-title"
      className="grid gap-1 rounded-3xl bg-linear-135 from-[#5a49d0] to-[#33278f] p-6 text-white"
    >
      <h2 id="hero-title" className="text-sm font-semibold text-white/90">
        {text.thisMonth}
      </h2>
      <MoneyCounter
        amount={summary.this_month}
        currency={summary.currency}
        label={text.thisMonth}
        className="text-[2.6rem] leading-tight font-extrabold"
      />
      <p className="flex items-center gap-1.5 text-sm text-white/90">
        {percent > 0 && <TrendingUp aria-hidden className="size-4" />}
        {percent < 0 && <TrendingDown aria-hidden className="size-4" />}
        {change(summary)}
      </p>
    </section>
  );
}
