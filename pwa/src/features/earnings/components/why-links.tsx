import { useMutation } from '@tanstack/react-query';
import { ChevronRight, Download } from 'lucide-react';
import { toAppError } from '@/lib/errors';
import { formatMoney } from '@/lib/money';
import { paperLink, startDownload } from '@/lib/storage';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Problem } from '@/ui/states';
import { text as words } from '../messages';
import { LINE_TONES } from '../model';
import type { Why } from '../why';
import { text } from '../why-messages';

const ROW =
  'flex min-h-11 w-full items-center justify-between gap-3 rounded-xl bg-raised px-4 py-2 text-left hover:bg-line';

interface Props {
  why: Why;
  /** Shows another line in place of this one. */
  onShow: (commissionId: string) => void;
}

/** Where the line leads: to what was taken back from it, to the line it corrects, and to its statements. */
export function WhyLinks({ why, onShow }: Props) {
  const { currency, corrects, reversals, statements } = why;
  return (
    <>
      {corrects !== null && (
        <section aria-label={text.corrects} className="grid gap-2">
          <h3 className="text-sm font-semibold text-soft">{text.corrects}</h3>
          <button type="button" className={ROW} onClick={() => onShow(corrects)}>
            <span className="font-semibold">{text.showCorrected}</span>
            <ChevronRight aria-hidden className="size-5 shrink-0 text-soft" />
          </button>
        </section>
      )}
      {reversals.length > 0 && (
        <section aria-label={text.takenBack} className="grid gap-2">
          <h3 className="text-sm font-semibold text-soft">{text.takenBack}</h3>
          <ul className="grid gap-2">
            {reversals.map(({ commission_id: id, amount, status }) => (
              <li key={id}>
                <button type="button" className={ROW} onClick={() => onShow(id)}>
                  <span className="font-semibold tabular-nums">{text.showReversal(formatMoney(amount, currency))}</span>
                  <span className="flex items-center gap-2">
                    <Badge tone={LINE_TONES[status]}>{words.status[status]}</Badge>
                    <ChevronRight aria-hidden className="size-5 shrink-0 text-soft" />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {statements.length > 0 && (
        <section aria-label={text.statements} className="grid gap-2">
          <h3 className="text-sm font-semibold text-soft">{text.statements}</h3>
          {statements.map((statement) => (
            <StatementLink key={statement.id} statement={statement} />
          ))}
        </section>
      )}
    </>
  );
}

function StatementLink({ statement: { month, currency, pdf } }: { statement: Why['statements'][number] }) {
  const download = useMutation({
    mutationFn: async (path: string) =>
      startDownload(await paperLink('statements', path, `statement-${month}-${currency}.pdf`)),
  });
  if (pdf === null) return <p className="text-[15px] text-soft">{text.statementPreparing(month)}</p>;
  return (
    <>
      <Button className="justify-start" busy={download.isPending} onClick={() => download.mutate(pdf)}>
        <Download aria-hidden className="size-4" /> {text.statement(month)}
      </Button>
      {download.isError && <Problem>{toAppError(download.error).message}</Problem>}
    </>
  );
}
