import type { ReactNode } from 'react';
import { formatMoney } from '@/lib/money';
import { Note } from '@/ui/states';
import { text } from '../messages';
import type { Obstacle, Standing, Summary } from '../model';
import { ToAccount } from './to-account';

interface Props {
  block: Obstacle;
  standing: Standing | undefined;
  summary: Pick<Summary, 'available' | 'minimum_payout' | 'currency'>;
}

/** Why no payout can be asked for, and when or how that ends. */
export function PayoutBlock({ block, standing, summary }: Props) {
  const says = (tone: 'info' | 'warn', children: ReactNode) => <Note tone={tone}>{children}</Note>;
  switch (block) {
    case 'nothing_available':
      return <p className="text-sm text-soft">{text.blocks.nothing_available}</p>;
    case 'below_minimum':
      return (
        <p className="text-sm text-soft">
          {text.belowMinimum(formatMoney(summary.minimum_payout - summary.available, summary.currency))}
        </p>
      );
    case 'destination_hold':
      return says(
        'warn',
        standing?.ends_at == null ? text.blockTitle : text.waitsUntil(standing.ends_at, standing.changed),
      );
    case 'payouts_frozen':
      return says(
        'warn',
        <div className="grid gap-1">
          {standing?.since != null && <p>{text.frozen(standing.since)}</p>}
          {standing?.reasons.map((reason) => (
            <p key={reason}>{text.frozenReason(reason)}</p>
          ))}
        </div>,
      );
    case 'tax_status_required':
    case 'no_payout_account':
    case 'payout_account_not_ready':
      return says(
        'info',
        <div className="grid justify-items-start gap-1">
          <p>{text.blocks[block]}</p>
          <ToAccount />
        </div>,
      );
    default:
      return says('info', text.blocks[block]);
  }
}
