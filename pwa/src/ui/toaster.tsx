import { X } from 'lucide-react';
import { cn } from '@/lib/cn';
import { dismissToast, useToasts } from '@/lib/toast';
import { IconButton } from './button';

const EDGES = { plain: 'border-l-accent', good: 'border-l-good', bad: 'border-l-bad' } as const;

export default function Toaster() {
  const toasts = useToasts();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(76px+env(safe-area-inset-bottom))] z-40 grid justify-items-center gap-2 px-3 max-lg:[body:has([data-floating])_&]:bottom-[calc(148px+env(safe-area-inset-bottom))] lg:bottom-6"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={cn(
            'animate-rise pointer-events-auto flex w-full max-w-md items-center gap-1 rounded-xl border border-l-4 border-line bg-raised py-1 pr-1 pl-4 shadow-xl',
            EDGES[toast.tone],
          )}
        >
          <p className="flex-1 py-2 text-[15px]">{toast.text}</p>
          {toast.action !== undefined && (
            <button
              type="button"
              className="min-h-11 rounded-lg px-3 font-semibold text-accent-text hover:bg-line"
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
          <IconButton label="Dismiss" onClick={() => dismissToast(toast.id)}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
