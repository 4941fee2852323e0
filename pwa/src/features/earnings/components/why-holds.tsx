import { Note } from '@/ui/states';
import { openHolds, type WhyHold } from '../why';
import { text } from '../why-messages';

function reason(hold: WhyHold): string {
  return hold.detail ?? text.reasons[hold.reason_code] ?? text.otherReason;
}

/** What holds the line and until when somebody decides; what was decided before, for the record. */
export function WhyHolds({ holds }: { holds: readonly WhyHold[] }) {
  const open = openHolds(holds);
  const past = holds.filter(({ decided_at }) => decided_at !== null);
  return (
    <>
      {open.length > 0 && (
        <section aria-label={text.holds} className="grid gap-2">
          {open.map((hold) => (
            <Note key={hold.id} tone="warn">
              <p className="font-semibold">{text.heldSince(hold.opened_at)}</p>
              <p>{reason(hold)}</p>
              <p>{text.reviewBy(hold.review_by)}</p>
            </Note>
          ))}
        </section>
      )}
      {past.length > 0 && (
        <section aria-label={text.holdsPast} className="grid gap-1 text-sm text-soft">
          {past.map((hold) => (
            <p key={hold.id}>
              {hold.decided_at !== null &&
                (hold.decision === 'upheld' ? text.upheld(hold.decided_at) : text.released(hold.decided_at))}
              {`: ${reason(hold)}${hold.decision_reason === null ? '' : ` ${hold.decision_reason}`}`}
            </p>
          ))}
        </section>
      )}
    </>
  );
}
