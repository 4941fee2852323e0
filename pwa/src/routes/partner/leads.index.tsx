import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { LeadsPage } from '@/features/leads/components/leads-page';
import { STATUSES, type LeadStatus } from '@/features/leads/stages';
import { oneOf } from '@/lib/search';

interface LeadsSearch {
  stage?: LeadStatus;
  action?: 'add' | 'win';
}

export const Route = createFileRoute('/partner/leads/')({
  validateSearch: (search: Record<string, unknown>): LeadsSearch => {
    const stage = oneOf(search['stage'], STATUSES);
    const action = oneOf(search['action'], ['add', 'win'] as const);
    return { ...(stage && { stage }), ...(action && { action }) };
  },
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
        void navigate({
          search: { stage, ...(next === undefined ? {} : { action: next }) },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
