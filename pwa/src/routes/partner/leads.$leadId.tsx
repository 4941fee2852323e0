import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { LeadDetail } from '@/features/leads/components/lead-detail';

export const Route = createFileRoute('/partner/leads/$leadId')({ component: LeadRoute });

function LeadRoute() {
  const { leadId } = Route.useParams();
  const navigate = useNavigate();
  return <LeadDetail key={leadId} leadId={leadId} onGone={() => void navigate({ to: '/partner/leads', search: {} })} />;
}
