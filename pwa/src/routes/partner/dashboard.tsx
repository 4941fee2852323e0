import { createFileRoute, Link } from '@tanstack/react-router';
import { Trophy, UserPlus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { text } from '@/app/messages';
import { MonthStat } from '@/features/earnings/components/month-stat';
import { OpenLeadsStat } from '@/features/leads/components/open-leads-stat';
import { RecentNotifications } from '@/features/notifications/components/notification-lists';
import { TierCard } from '@/features/tiers/components/tier-card';
import { buttonClass } from '@/ui/button';

// Asked once a quarter, so nobody waits for it.
const SurveyCard = lazy(() => import('@/features/survey/components/survey-card'));

export const Route = createFileRoute('/partner/dashboard')({ component: DashboardRoute });

function DashboardRoute() {
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <h1 className="sr-only">{text.dashboard}</h1>
      <div className="grid gap-4">
        <TierCard />
        <div className="grid grid-cols-2 gap-3">
          <MonthStat />
          <OpenLeadsStat />
        </div>
        <section aria-label={text.quickActions} className="grid grid-cols-2 gap-3">
          <Link to="/partner/leads" search={{ action: 'add' }} className={buttonClass({ variant: 'primary' })}>
            <UserPlus aria-hidden className="size-5" /> {text.addLead}
          </Link>
          <Link to="/partner/leads" search={{ action: 'win' }} className={buttonClass()}>
            <Trophy aria-hidden className="size-5" /> {text.logSale}
          </Link>
        </section>
        <Suspense>
          <SurveyCard />
        </Suspense>
      </div>
      <RecentNotifications />
    </div>
  );
}
