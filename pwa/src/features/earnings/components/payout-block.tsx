import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountQuery } from '@/lib/account';
import { formatMoney } from '@/lib/money';
import { Note } from '@/ui/states';
import { text } from '../messages';
import type { Obstacle, Standing, Summary } from '../model';
import { AskSupport } from './ask-support';
import { ToAccount } from './to-account';

interface Props {
  block: Obstacle;
  standing: Standing | undefined;
  summary: Pick<Summary, 'available' | 'held' | 'minimum_payout' | 'currency'>;
}

/** Why no payout can be asked for, when or how that ends, and the next step. */
export function PayoutBlock({ block, standing, summary }: Props) {
  const money = (amount: number) => formatMoney(amount, summary.currency);
  switch (block) {
    case 'nothing_available':
      return (
        <p className="text-sm text-soft">
          {text.blocks.nothing_available} {text.minimum(money(summary.minimum_payout))}
        </p>
      );
    case 'below_minimum':
      return (
        <p className="text-sm text-soft">
          {text.belowMinimum(money(summary.minimum_payout), money(summary.minimum_payout - summary.available))}
        </p>
      );
    case 'destination_hold':
      return (
        <Says tone="warn">
          <p>{standing?.ends_at == null ? text.blockTitle : text.waitsUntil(standing.ends_at, standing.changed)}</p>
          <AskSupport about={text.askAbout.hold} />
        </Says>
      );
    case 'payouts_frozen':
      return (
        <Says tone="warn">
          {standing?.since != null && <p>{text.frozen(standing.since)}</p>}
          {standing?.reasons.map((reason) => (
            <p key={reason}>{text.reason(reason)}</p>
          ))}
          <AskSupport about={text.askAbout.frozen} />
        </Says>
      );
    case 'partner_not_active':
      return <NotActive held={summary.held > 0 ? text.heldMeanwhile(money(summary.held)) : ''} />;
    case 'country_not_payable':
      return (
        <Says tone="warn">
          <p>{text.blocks.country_not_payable}</p>
          <AskSupport about={text.askAbout.country} />
        </Says>
      );
    case 'tax_status_required':
    case 'no_payout_account':
    case 'payout_account_not_ready':
      return (
        <Says tone="info">
          <p>{text.blocks[block]}</p>
          <ToAccount />
        </Says>
      );
    default:
      return <Note>{text.blocks[block]}</Note>;
  }
}

function NotActive({ held }: { held: string }) {
  const partner = useQuery(accountQuery).data?.partner;
  const status = partner?.status;
  const what =
    status === 'suspended' || status === 'terminated' ? text.notActive[status] : text.blocks.partner_not_active;
  return (
    <Says tone="warn">
      <p>
        {what} {held}
      </p>
      {partner?.status_reason != null && <p>{text.reason(partner.status_reason)}</p>}
      <AskSupport about={text.askAbout.account} />
    </Says>
  );
}

function Says({ tone, children }: { tone: 'info' | 'warn'; children: ReactNode }) {
  return (
    <Note tone={tone}>
      <div className="grid justify-items-start gap-1">{children}</div>
    </Note>
  );
}
