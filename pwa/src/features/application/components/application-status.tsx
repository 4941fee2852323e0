import { Check } from 'lucide-react';
import type { Application } from '@/lib/account';
import { cn } from '@/lib/cn';
import { text } from '../messages';

const STEPS = ['submitted', 'in_review', 'approved'] as const;

/** Where an open application stands. */
export function ApplicationWaiting({ application }: { application: Application }) {
  const reached = application.status === 'in_review' ? 1 : 0;
  return (
    <div role="status" className="grid gap-5">
      <p className="text-[15px] text-soft">{text.waitingBody}</p>
      <ol className="grid gap-4">
        {STEPS.map((step, index) => (
          <li key={step} className="flex items-center gap-3" aria-current={index === reached ? 'step' : undefined}>
            <span
              aria-hidden
              className={cn(
                'grid size-9 place-items-center rounded-full border-2 text-sm font-bold',
                index < reached && 'border-good bg-good-soft text-good',
                index === reached && 'border-accent-text bg-accent-soft text-accent-text',
                index > reached && 'border-line text-soft',
              )}
            >
              {index < reached ? <Check className="size-5" /> : index + 1}
            </span>
            <span className={cn(index === reached ? 'font-semibold' : 'text-soft')}>{text.steps[step]}</span>
          </li>
        ))}
      </ol>
      <p className="text-sm text-soft">{text.sentOn(application.created_at)}</p>
    </div>
  );
}

export function ApplicationRejected({ application }: { application: Application }) {
  return (
    <div className="grid gap-4">
      <p className="text-[15px] text-soft">{text.rejectedBody}</p>
      {application.reason !== null && application.reason !== '' && (
        <figure className="rounded-xl border-l-4 border-warn bg-raised px-4 py-3">
          <figcaption className="text-sm font-semibold">{text.reason}</figcaption>
          <blockquote className="mt-1 text-[15px]">{application.reason}</blockquote>
        </figure>
      )}
    </div>
  );
}
