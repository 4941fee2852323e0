import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useRef } from 'react';
import { formatTime } from '@/lib/dates';
import { toAppError } from '@/lib/errors';
import { StepUpCancelled, useStepUp, withStepUp } from '@/lib/step-up';
import { paperLink, startDownload } from '@/lib/storage';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { requestExport } from '../ops';
import { exportQuery } from '../queries';

/** A large file on a slow line may be resumed for so long; the button makes a new link at any time. */
const LINK_SECONDS = 3600;

/** One's own data to take home: asked for with the second factor, fetched within a day. */
export default function ExportSection() {
  const client = useQueryClient();
  const stepUp = useStepUp();
  const newest = useQuery(exportQuery);
  // Kept until the server has taken it, so that a second press after a lost answer is the same request.
  const requestId = useRef(uuidv7());
  const request = useMutation({
    mutationFn: () => withStepUp(stepUp, () => requestExport(requestId.current)),
    onSuccess: (made) => {
      requestId.current = uuidv7();
      client.setQueryData(exportQuery.queryKey, made);
    },
  });
  const download = useMutation({
    mutationFn: async (path: string) => startDownload(await paperLink('exports', path, 'my-data.zip', LINK_SECONDS)),
  });
  const waiting = newest.data?.status === 'waiting';
  const { path, expires_at: until } = newest.data?.status === 'ready' ? newest.data : { path: null, expires_at: null };
  const failed = [request.error, download.error].find((error) => error !== null && !(error instanceof StepUpCancelled));

  return (
    <section className="card grid gap-3 p-5" aria-labelledby="export-title">
      <h2 id="export-title" className="font-bold">
        {text.exportTitle}
      </h2>
      <p className="text-[15px] text-soft">{text.exportBody}</p>
      {failed !== undefined && <Problem>{toAppError(failed).message}</Problem>}
      {waiting && <Note>{text.exportWaiting}</Note>}
      {path !== null && until !== null && (
        <>
          <p className="text-[15px] text-soft">{text.exportReady(formatTime(until))}</p>
          <Button variant="primary" busy={download.isPending} onClick={() => download.mutate(path)}>
            <Download aria-hidden className="size-4" /> {text.exportDownload}
          </Button>
        </>
      )}
      <Button busy={request.isPending} disabled={waiting} onClick={() => request.mutate()}>
        {text.exportRequest}
      </Button>
    </section>
  );
}
