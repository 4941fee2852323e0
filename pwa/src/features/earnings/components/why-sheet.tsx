import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { whyQuery } from '../queries';
import { text } from '../why-messages';
import { WhyHolds } from './why-holds';
import { WhyLinks } from './why-links';
import { WhySteps } from './why-steps';

/** How an amount came to be, as the server has stored it; from a line to the one it corrects and back. */
export default function WhySheet({ id, onClose }: { id: string; onClose: () => void }) {
  const [trail, setTrail] = useState([id]);
  const shown = trail.at(-1) ?? id;
  const why = useQuery(whyQuery(shown));
  const top = useRef<HTMLDivElement>(null);
  // The button that led to another line is gone with its line: the focus goes to the beginning of the new one.
  useEffect(() => {
    if (trail.length > 1) top.current?.focus();
  }, [trail]);

  return (
    <Sheet title={text.title} onClose={onClose}>
      <div ref={top} tabIndex={-1} className="grid gap-4 outline-none">
        {trail.length > 1 && (
          <Button variant="quiet" className="justify-self-start" onClick={() => setTrail(trail.slice(0, -1))}>
            <ArrowLeft aria-hidden className="size-4" /> {text.back}
          </Button>
        )}
        {why.isPending && <Skeletons label={text.loading} heights={['h-14', 'h-10', 'h-10', 'h-10']} />}
        {why.isError && why.data === undefined && <ErrorState error={why.error} onRetry={() => void why.refetch()} />}
        {why.data !== undefined && (
          <>
            <WhyHolds holds={why.data.holds} />
            <WhySteps why={why.data} />
            <WhyLinks why={why.data} onShow={(next) => setTrail([...trail, next])} />
          </>
        )}
      </div>
    </Sheet>
  );
}
