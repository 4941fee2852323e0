import { CircleHelp } from 'lucide-react';
import { cn } from '@/lib/cn';
import { formatDay } from '@/lib/dates';
import { formatMoney, formatRate } from '@/lib/money';
import { Badge } from '@/ui/badge';
import { text } from '../messages';
import { LINE_TONES, type CommissionLine } from '../model';

function origin(line: CommissionLine): string {
  const rate = line.rate === null || line.commission_type === 'reversal' ? null : formatRate(line.rate);
  return [
    // Where no client is named, the kind is the heading already.
    line.company_name === null && line.commission_type === line.kind
      ? rate
      : [text.types[line.commission_type], rate].filter(Boolean).join(' '),
    line.deal_reference,
    line.instalment === null ? null : text.instalment(line.instalment),
    formatDay(line.created_at).replaceAll(' ', '\u00A0'),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What comes next, where the badge does not say it already. */
function nextStep(line: CommissionLine): string | null {
  if (line.status === 'estimated' && line.outstanding !== null && line.outstanding < line.amount)
    return text.outstanding(formatMoney(line.outstanding, line.currency));
  if (line.status === 'paid') return null;
  if (line.status === 'pending' && line.clears_at !== null && line.next_step?.startsWith('Clears on') === true)
    return text.clearsOn(line.clears_at);
  return line.next_step;
}

interface Props {
  line: CommissionLine;
  /** What to say below it in place of what comes next. */
  says?: string;
  onAsk: () => void;
}

/** One entry, as it stands among all and among the debts. */
export function Line({ line, says, onAsk }: Props) {
  const next = says ?? nextStep(line);
  const about = line.company_name ?? text.types[line.kind];
  return (
    <li className="grid gap-1 py-3">
      <div className="flex items-start justify-between gap-3">
        <span className="min-w-0 font-semibold">{about}</span>
        <span className={cn('font-bold whitespace-nowrap tabular-nums', line.amount < 0 ? 'text-bad' : 'text-text')}>
          {formatMoney(line.amount, line.currency)}
        </span>
      </div>
      <p className="text-sm text-soft">{origin(line)}</p>
      <div className="flex flex-wrap items-center gap-x-3">
        {line.status === 'payable' && line.amount < 0 ? (
          <Badge tone="bad">{text.debtStatus}</Badge>
        ) : (
          <Badge tone={LINE_TONES[line.status]}>{text.status[line.status]}</Badge>
        )}
        <button
          type="button"
          aria-label={text.whyName([about, line.deal_reference].filter(Boolean).join(', '))}
          onClick={onAsk}
          className="inline-flex min-h-11 items-center gap-1.5 text-sm font-semibold text-accent-text hover:underline"
        >
          <CircleHelp aria-hidden className="size-4" /> {text.why}
        </button>
      </div>
      {next !== null && <p className="text-sm text-soft">{next}</p>}
    </li>
  );
}
