import { createFileRoute } from '@tanstack/react-router';
import { EarningsPage } from '@/features/earnings/components/earnings-page';
import { oneOf } from '@/lib/search';

export const Route = createFileRoute('/partner/earnings')({
  validateSearch: (search: Record<string, unknown>): { onboarding?: 'done' | 'again' } => {
    const onboarding = oneOf(search['onboarding'], ['done', 'again'] as const);
    return onboarding === undefined ? {} : { onboarding };
  },
  component: EarningsRoute,
});

function EarningsRoute() {
  const { onboarding } = Route.useSearch();
  return <EarningsPage returned={onboarding} />;
}
