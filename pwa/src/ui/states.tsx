import { CloudOff, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { toAppError } from '@/lib/errors';
import { Button } from './button';

export function EmptyState({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-10 text-center">
      <div
        aria-hidden
        className="grid size-14 place-items-center rounded-2xl bg-raised text-accent-text [&>svg]:size-7"
      >
        {icon}
      </div>
      <p className="mt-1 font-semibold">{title}</p>
      {children !== undefined && (
        <div className="grid max-w-sm justify-items-center gap-4 text-[15px] text-soft">{children}</div>
      )}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { kind, message } = toAppError(error);
  const Icon = kind === 'offline' ? CloudOff : TriangleAlert;
  return (
    <div role="alert" className="card grid justify-items-center gap-3 px-6 py-8 text-center">
      <Icon aria-hidden className="size-8 text-warn" />
      <p className="text-[15px]">{message}</p>
      <Button onClick={onRetry}>
        <RotateCw aria-hidden className="size-4" /> Try again
      </Button>
    </div>
  );
}

/** What went wrong with a form or an action, inside the form. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded-xl bg-bad-soft px-4 py-3 text-[15px] text-bad">
      {children}
    </p>
  );
}

const NOTE_TONES = {
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  good: 'bg-good-soft text-good',
} as const;

export function Note({ tone = 'info', children }: { tone?: keyof typeof NOTE_TONES; children: ReactNode }) {
  return <div className={cn('rounded-xl px-4 py-3 text-[15px]', NOTE_TONES[tone])}>{children}</div>;
}
