import { useQuery } from '@tanstack/react-query';
import { formatRate } from '@/lib/money';
import { tierQuery } from '@/lib/tier';
import { Badge } from '@/ui/badge';
import { Ring } from '@/ui/ring';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';

/** Where the partner stands and what is missing for the next tier. */
export function TierCard() {
  const { data, error, isPending, refetch } = useQuery(tierQuery);
  if (isPending) return <Skeletons label={text.loading} heights={['h-36']} />;
  if (data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const { next_label: next } = data;
  const percent = next === null ? 100 : data.progress_percentage;
  return (
    <section aria-labelledby="tier-title" className="card flex items-center gap-5 p-5">
      <Ring percent={percent} label={next === null ? text.top : text.progress(percent, next)}>
        <span className="text-xl font-extrabold tabular-nums">{percent}%</span>
      </Ring>
      <div className="grid min-w-0 gap-1.5">
        <h2 id="tier-title" className="text-xl font-bold">
          {text.tier(data.label)}
        </h2>
        <p className="text-[15px]">{next === null ? text.top : text.toGo(data.deals_needed, next)}</p>
        <p className="flex flex-wrap gap-1.5">
          <Badge tone="good">{text.rate(formatRate(data.commission_rate))}</Badge>
          {next !== null && data.next_commission_rate !== null && (
            <Badge tone="accent">{text.nextRate(next, formatRate(data.next_commission_rate))}</Badge>
          )}
        </p>
        <p className="text-sm text-soft">
          {text.deals(data.qualified_deals)}
          {data.provisional_deals > 0 && ` · ${text.provisional(data.provisional_deals)}`}
        </p>
      </div>
    </section>
  );
}
