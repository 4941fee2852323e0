import { Note } from '@/ui/states';
import { text } from '../messages';
import { parkedBecause, type Payout, type Standing } from '../model';
import { AskSupport } from './ask-support';
import { ToAccount } from './to-account';

/** Why a payout waits, what ends the wait, and what the partner can do about it. */
export function Parked({ payout, standing }: { payout: Payout; standing: Standing | undefined }) {
  const because = parkedBecause(payout.failure_code);
  const until = because === 'destination_hold' ? standing?.ends_at : undefined;
  return (
    <Note tone="warn">
      <div className="grid justify-items-start gap-1">
        <p>{until == null ? text.parked[because] : text.waitsUntil(until, standing?.changed ?? null)}</p>
        <NextStep because={because} />
      </div>
    </Note>
  );
}

function NextStep({ because }: { because: ReturnType<typeof parkedBecause> }) {
  switch (because) {
    case 'payout_account_not_ready':
    case 'tax_status_required':
      return <ToAccount />;
    case 'destination_hold':
      return <AskSupport about={text.askAbout.hold} />;
    case 'payouts_frozen':
      return <AskSupport about={text.askAbout.frozen} />;
    case 'country_not_payable':
      return <AskSupport about={text.askAbout.country} />;
    case 'partner_not_active':
      return <AskSupport about={text.askAbout.account} />;
    default:
      return null; // ours to settle
  }
}
