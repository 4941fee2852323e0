import { useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { formatMoney } from '@/lib/money';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Note } from '@/ui/states';
import type { Tax, TaxForm } from '../model';
import { taxQuery } from '../queries';
import { text } from '../tax-messages';
import { ToAccount } from './to-account';

/** How Stripe stands to the partner's tax details, how far this year's payouts may go, and what each year brought. */
export default function TaxCard() {
  const tax = useQuery(taxQuery);
  return (
    <section className="card grid gap-3 p-5" aria-labelledby="tax-title">
      <h2 id="tax-title" className="flex items-center gap-2 font-bold">
        <ReceiptText aria-hidden className="size-5 text-accent-text" /> {text.title}
      </h2>
      {tax.isPending && <Skeletons label={text.loading} heights={['h-12', 'h-16']} />}
      {tax.isError && tax.data === undefined && <ErrorState error={tax.error} onRetry={() => void tax.refetch()} />}
      {tax.data !== undefined && <Details tax={tax.data} />}
    </section>
  );
}

function Details({ tax }: { tax: Tax }) {
  const wanting = tax.tax_status === 'required' || tax.tax_status === 'rejected';
  return (
    <>
      {wanting ? (
        <Note tone="warn">{text.status[tax.tax_status]}</Note>
      ) : (
        <p className="text-[15px]">{text.status[tax.tax_status]}</p>
      )}
      {tax.forms.length === 0 && <p className="text-sm text-soft">{text.noForm}</p>}
      {tax.forms.map((form) => (
        <Form key={`${form.form} ${form.currency}`} form={form} year={tax.year} />
      ))}
      <div className="grid justify-items-start">
        <p className="text-sm text-soft">{text.documents}</p>
        <ToAccount />
      </div>
      <Years years={tax.years} />
    </>
  );
}

function Form({ form, year }: { form: TaxForm; year: number }) {
  const { currency, threshold, used, remaining } = form;
  const label = text.form(form.form, year);
  const bound = formatMoney(threshold, currency);
  return (
    <div className="grid gap-1.5 rounded-xl bg-raised px-4 py-3">
      <p className="text-sm font-semibold">{label}</p>
      {remaining === null ? (
        <p className="text-sm text-soft">{text.anyAmount(bound)}</p>
      ) : (
        <>
          <div
            role="progressbar"
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percentOf(used, threshold)}
            className="h-2 overflow-hidden rounded-full bg-line"
          >
            <div className="h-full rounded-full bg-accent" style={{ width: `${percentOf(used, threshold)}%` }} />
          </div>
          <p className="text-sm tabular-nums">{text.used(formatMoney(used, currency), bound)}</p>
          <p className="text-sm text-soft">
            {remaining === 0 ? text.reached : text.remaining(formatMoney(remaining, currency))}
          </p>
        </>
      )}
    </div>
  );
}

function percentOf(used: number, threshold: number): number {
  return Math.min(100, Math.round((used / threshold) * 100));
}

function Years({ years }: { years: Tax['years'] }) {
  return (
    <div className="grid gap-1">
      <h3 className="text-sm font-semibold">{text.years}</h3>
      {years.length === 0 && <p className="text-sm text-soft">{text.noYears}</p>}
      <ul className="divide-y divide-line/60">
        {years.map((year) => (
          <li
            key={`${year.tax_year} ${year.country} ${year.currency}`}
            className="flex flex-wrap items-baseline justify-between gap-x-3 py-2"
          >
            <span>{year.tax_year}</span>
            <span className="font-semibold tabular-nums">{formatMoney(year.total, year.currency)}</span>
            {year.taken_back > 0 && (
              <span className="w-full text-right text-sm text-soft">
                {text.takenBack(formatMoney(year.taken_back, year.currency))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {years.length > 0 && <p className="text-sm text-soft">{text.yearsNote}</p>}
    </div>
  );
}
