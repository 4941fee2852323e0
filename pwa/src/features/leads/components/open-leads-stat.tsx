import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { text } from '../messages';
import { isOpen, STATUSES } from '../model';
import { summaryQuery } from '../queries';

/** The number of open leads, as a tile of the dashboard. */
export function OpenLeadsStat() {
  const { data, isError } = useQuery(summaryQuery);
  const open =
    data === undefined ? undefined : STATUSES.filter(isOpen).reduce((sum, status) => sum + data[status].count, 0);
  return (
    <Link to="/partner/leads" className="card grid gap-1 p-4 hover:bg-raised">
      <span className="text-sm text-soft">{text.stat}</span>
      <span className="text-2xl font-bold tabular-nums">
        {open ?? (isError ? '–' : <span className="skeleton block h-8 w-12" />)}
      </span>
    </Link>
  );
}
