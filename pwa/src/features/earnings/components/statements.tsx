import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatMoney } from '@/lib/money';
import { paperLink, startDownload } from '@/lib/storage';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Problem } from '@/ui/states';
import { toAppError } from '@/lib/errors';
import { text } from '../messages';
import { STATEMENT_FILES, type Statement } from '../model';
import { statementsQuery } from '../queries';

const AT_FIRST = 3;

/** The monthly statements, each with its files; the newest at first. */
export default function Statements() {
  const [all, setAll] = useState(false);
  const statements = useQuery(statementsQuery);
  return (
    <section className="card p-5" aria-labelledby="statements-title">
      <h2 id="statements-title" className="pb-2 font-bold">
        {text.statements}
      </h2>
      {statements.isPending && <Skeletons label={text.loading} heights={['h-16', 'h-16']} />}
      {statements.isError && statements.data === undefined && (
        <ErrorState error={statements.error} onRetry={() => void statements.refetch()} />
      )}
      {statements.data !== undefined && (
        <p className="text-[15px] text-soft">
          {statements.data.length === 0 ? text.statementsEmpty : text.statementsNote}
        </p>
      )}
      <ul className="divide-y divide-line/60">
        {statements.data?.slice(0, all ? undefined : AT_FIRST).map((statement) => (
          <Entry key={statement.id} statement={statement} />
        ))}
      </ul>
      {!all && (statements.data?.length ?? 0) > AT_FIRST && (
        <Button wide onClick={() => setAll(true)}>
          {text.showMore}
        </Button>
      )}
    </section>
  );
}

function Entry({ statement }: { statement: Statement }) {
  const { currency, files } = statement;
  const month = text.statementMonth(statement.month);
  const download = useMutation({
    mutationFn: async (kind: (typeof STATEMENT_FILES)[number]) => {
      const name = `statement-${statement.month}-${currency}.${kind}`;
      startDownload(await paperLink('statements', files[kind] ?? '', name));
    },
  });
  const ready = STATEMENT_FILES.filter((kind) => files[kind] !== undefined);
  return (
    <li className="grid gap-2 py-3">
      <p className="font-semibold">
        {month} <span className="text-soft">{currency}</span>
      </p>
      <p className="text-sm text-soft tabular-nums">
        {text.statementBalances(
          formatMoney(statement.opening_balance, currency),
          formatMoney(statement.closing_balance, currency),
        )}
      </p>
      {ready.length === 0 ? (
        <p className="text-sm text-soft">{text.statementPreparing}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {ready.map((kind) => (
            <Button
              key={kind}
              busy={download.isPending && download.variables === kind}
              aria-label={text.download(kind.toUpperCase(), month, currency)}
              onClick={() => download.mutate(kind)}
            >
              <Download aria-hidden className="size-4" /> {kind.toUpperCase()}
            </Button>
          ))}
        </div>
      )}
      {download.isError && <Problem>{toAppError(download.error).message}</Problem>}
    </li>
  );
}
