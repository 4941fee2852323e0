import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { EarningsPage } from '@/features/earnings/components/earnings-page';

export const Route = createFileRoute('/partner/earnings')({
  validateSearch: z.object({ onboarding: z.catch(z.optional(z.enum(['done', 'again'])), undefined) }),
  component: EarningsRoute,
});

function EarningsRoute() {
  const { onboarding } = Route.useSearch();
  return <EarningsPage returned={onboarding} />;
}
