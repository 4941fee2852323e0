import { createFileRoute, useNavigate } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { LeadsPage } from '@/features/leads/components/leads-page';
import { STATUSES } from '@/features/leads/model';

export const Route = createFileRoute('/partner/leads/')({
  validateSearch: z.object({
    stage: z.optional(z.catch(z.enum(STATUSES), 'new')),
    action: z.catch(z.optional(z.enum(['add', 'win'])), undefined),
  }),
  component: LeadsRoute,
});

function LeadsRoute() {
  const { stage = 'new', action } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  return (
    <LeadsPage
      stage={stage}
      action={action}
      onStage={(next) => void navigate({ search: { stage: next }, replace: true, resetScroll: false })}
      onAction={(next) =>
        void navigate({ search: { stage, ...(next === undefined ? {} : { action: next }) }, replace: true, resetScroll: false })
      }
    />
  );
}
