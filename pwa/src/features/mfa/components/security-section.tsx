import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '@/lib/errors';
import { StepUpCancelled, useStepUp, withStepUp } from '@/lib/step-up';
import { showToast } from '@/lib/toast';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { findFactor, removeFactor, type Factor } from '../ops';
import { EnrolSheet } from './enrol-sheet';

export function SecuritySection() {
  const client = useQueryClient();
  const factor = useQuery({ queryKey: ['mfa', 'factor'], queryFn: findFactor });
  const [sheet, setSheet] = useState<'enrol' | 'remove'>();
  const close = () => {
    setSheet(undefined);
    void client.invalidateQueries({ queryKey: ['mfa'] });
  };
  return (
    <section id="security" className="card grid gap-3 p-5" aria-labelledby="security-title">
      <div className="flex items-center justify-between gap-3">
        <h2 id="security-title" className="font-bold">
          {text.title}
        </h2>
        {factor.data !== undefined && (
          <Badge tone={factor.data === null ? 'warn' : 'good'}>{factor.data === null ? text.off : text.on}</Badge>
        )}
      </div>
      <p className="text-[15px] text-soft">{text.body}</p>
      {factor.isPending && <Skeletons label={text.loading} heights={['h-11']} />}
      {factor.isError && factor.data === undefined && (
        <ErrorState error={factor.error} onRetry={() => void factor.refetch()} />
      )}
      {factor.data === null && (
        <Button variant="primary" onClick={() => setSheet('enrol')}>
          {text.enrol}
        </Button>
      )}
      {factor.data != null && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-sm text-soft">{text.since(factor.data.created_at)}</span>
          <Button variant="danger" aria-label={text.removeTitle} onClick={() => setSheet('remove')}>
            {text.remove}
          </Button>
        </div>
      )}
      {sheet === 'enrol' && <EnrolSheet onClose={close} />}
      {sheet === 'remove' && factor.data != null && <RemoveSheet factor={factor.data} onClose={close} />}
    </section>
  );
}

function RemoveSheet({ factor, onClose }: { factor: Factor; onClose: () => void }) {
  const stepUp = useStepUp();
  const remove = useMutation({
    mutationFn: () => withStepUp(stepUp, () => removeFactor(factor.id)),
    onSuccess: () => {
      onClose();
      showToast(text.removed);
    },
  });
  return (
    <Sheet
      title={text.removeTitle}
      onClose={onClose}
      footer={
        <Button variant="danger" wide busy={remove.isPending} onClick={() => remove.mutate()}>
          {text.remove}
        </Button>
      }
    >
      <div className="grid gap-3">
        {remove.isError && !(remove.error instanceof StepUpCancelled) && <Problem>{errorText(remove.error)}</Problem>}
        <Note tone="warn">{text.removeBody}</Note>
      </div>
    </Sheet>
  );
}
