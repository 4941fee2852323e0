import { lazy, Suspense, useState } from 'react';
import { askText } from '@/lib/ask-support';
import { Button } from '@/ui/button';

// Seldom needed, and then by a press.
const SupportSheet = lazy(() => import('./support-sheet'));

/** Asks support about what only a person can settle. */
export function AskSupport({ about }: { about: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" className="-ml-4" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {askText.title}
      </Button>
      {open && (
        <Suspense>
          <SupportSheet about={about} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
