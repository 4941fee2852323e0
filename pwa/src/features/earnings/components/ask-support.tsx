import { lazy, Suspense, useState } from 'react';
import { Button } from '@/ui/button';
import { text } from '../messages';

// Seldom needed, and then by a press.
const SupportSheet = lazy(() => import('./support-sheet'));

/** Asks support about what only a person can settle. */
export function AskSupport({ about }: { about: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" className="-ml-4" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text.ask}
      </Button>
      {open && (
        <Suspense>
          <SupportSheet about={about} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
