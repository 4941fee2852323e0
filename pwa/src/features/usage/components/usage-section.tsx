import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { privacyControl, setUsageRecording, usageQuery } from '../ops';
import { startUsage, stopUsage } from '../start';

/** The objection to being counted, and its withdrawal. */
export function UsageSection() {
  const client = useQueryClient();
  const { data: on } = useQuery(usageQuery);
  const change = useMutation({
    mutationFn: setUsageRecording,
    onSuccess: (recording) => {
      client.setQueryData(usageQuery.queryKey, recording);
      if (recording) void startUsage(client);
      else stopUsage();
      showToast(recording ? text.enabled : text.disabled, { tone: 'good' });
    },
  });
  const controlled = privacyControl();
  return (
    <section className="card grid gap-3 p-5" aria-labelledby="usage-title">
      <div className="flex items-center justify-between gap-3">
        <h2 id="usage-title" className="font-bold">
          {text.title}
        </h2>
        {on !== undefined && (
          <Badge tone={on && !controlled ? 'good' : 'neutral'}>{on && !controlled ? text.on : text.off}</Badge>
        )}
      </div>
      <p className="text-[15px] text-soft">{text.body}</p>
      {controlled && <Note>{text.control}</Note>}
      {change.isError && <Problem>{errorText(change.error)}</Problem>}
      {on !== undefined && (
        <Button variant="plain" busy={change.isPending} onClick={() => change.mutate(!on)}>
          {on ? text.disable : text.enable}
        </Button>
      )}
    </section>
  );
}
