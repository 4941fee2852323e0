import { useMutation, useQuery } from '@tanstack/react-query';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { disablePush, enablePush, pushState, type PushState } from '../ops';

/** Push on this device: off, on, or why it cannot be. */
export function PushSection() {
  const state = useQuery({ queryKey: ['push-state'], queryFn: pushState, staleTime: 0 });
  const change = useMutation({
    // The state that was left decides what is said: when the change is done, the state read again may be the new one.
    mutationFn: async (was: PushState | undefined) => {
      await (was === 'on' ? disablePush() : enablePush());
      return was === 'on' ? text.push.disabled : text.push.enabled;
    },
    onSuccess: (said) => showToast(said, { tone: 'good' }),
    onSettled: () => state.refetch(),
  });
  const on = state.data === 'on';
  return (
    <section className="card grid gap-3 p-5" aria-labelledby="push-title">
      <div className="flex items-center justify-between gap-3">
        <h2 id="push-title" className="font-bold">
          {text.push.title}
        </h2>
        {(on || state.data === 'off') && (
          <Badge tone={on ? 'good' : 'neutral'}>{on ? text.push.on : text.push.off}</Badge>
        )}
      </div>
      <p className="text-[15px] text-soft">{text.push.body}</p>
      {change.isError && <Problem>{errorText(change.error)}</Problem>}
      {state.data === 'unsupported' && <Note>{text.push.unsupported}</Note>}
      {state.data === 'denied' && !change.isError && <Note tone="warn">{text.push.denied}</Note>}
      {(on || state.data === 'off') && (
        <Button variant={on ? 'plain' : 'primary'} busy={change.isPending} onClick={() => change.mutate(state.data)}>
          {on ? text.push.disable : text.push.enable}
        </Button>
      )}
    </section>
  );
}
