import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
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
  const { stage, action } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const settle = useCallback(
    (lane: LeadStatus) =>
      void navigate({ search: (search) => ({ ...search, stage: lane }), replace: true, resetScroll: false }),
    [navigate],
  );
  return (
    <LeadsPage
      stage={stage}
      action={action}
      onSettle={settle}
      onStage={(next) => void navigate({ search: { stage: next }, replace: true, resetScroll: false })}
      onAction={(next) =>
        void navigate({
          search: { ...(stage && { stage }), ...(next === undefined ? {} : { action: next }) },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
