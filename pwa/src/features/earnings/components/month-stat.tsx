import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MoneyCounter } from '@/ui/counter';
import { text } from '../messages';
import { summariesQuery } from '../queries';

/** The money of this month, as a tile of the dashboard. */
export function MonthStat() {
  const { data, isError } = useQuery(summariesQuery);
  const summary = data?.[0];
  return (
    <Link to="/partner/earnings" className="card grid gap-1 p-4 hover:bg-raised">
      <span className="text-sm text-soft">{text.stat}</span>
      {data === undefined &&
        (isError ? <span className="text-2xl font-bold">–</span> : <span className="skeleton block h-8 w-24" />)}
      {data !== undefined && (
        <MoneyCounter
          amount={summary?.this_month ?? 0}
          currency={summary?.currency ?? 'USD'}
          label={text.stat}
          className="text-2xl font-bold text-good"
        />
      )}
    </Link>
  );
}
