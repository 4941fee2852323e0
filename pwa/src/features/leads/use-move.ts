import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { text } from './messages';
import { CHANNELS, type LeadCard, type LeadStatus, type StageFacts } from './model';
import { moveLead } from './ops';
import { leadKeys } from './queries';

interface Move {
  lead: LeadCard;
  to: LeadStatus;
  lostReason?: string;
  /** This move takes another one back: no undo of the undo. */
  isUndo?: boolean;
}

/** Moves a lead at once on the screen, then on the server; a refused move goes back with the reason. */
export function useMove() {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ lead, to, lostReason }: Move) => moveLead(lead.id, to, lostReason),
    onMutate: async ({ lead, to }) => {
      await client.cancelQueries({ queryKey: leadKeys.all });
      client.setQueryData<InfiniteData<LeadCard[]>>(leadKeys.lane(lead.status), (lane) =>
        lane === undefined
          ? lane
          : { ...lane, pages: lane.pages.map((page) => page.filter(({ id }) => id !== lead.id)) },
      );
      client.setQueryData<StageFacts[]>(leadKeys.summary, (facts) => {
        const index =
          facts?.findIndex((fact) => fact.status === lead.status && fact.estimated_value === lead.estimated_value) ??
          -1;
        return facts?.map((fact, at) => (at === index ? { ...fact, status: to } : fact));
      });
      client.setQueryData<LeadCard | null>(leadKeys.detail(lead.id), (shown) =>
        shown == null ? shown : { ...shown, status: to, days_in_stage: 0 },
      );
    },
    onSuccess: (_, { lead, to, isUndo }) => {
      const undo = {
        label: text.undo,
        run: () => mutation.mutate({ lead: { ...lead, status: to }, to: lead.status, isUndo: true }),
      };
      showToast(text.moved(lead.company_name, CHANNELS[to].name), isUndo === true ? {} : { action: undo });
    },
    onError: (error) => showToast(errorText(error), { tone: 'bad' }),
    onSettled: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  });
  return mutation;
}
