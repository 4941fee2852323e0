import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { text } from '@/app/messages';
import { signOut } from '@/app/sign-out';
import { SecuritySection } from '@/features/mfa/components/security-section';
import { PushSection } from '@/features/notifications/components/push-section';
import { ProfileSection } from '@/features/settings/components/profile-section';
import { SignOutSection } from '@/features/settings/components/sign-out-section';
import { ThemeSection } from '@/features/settings/components/theme-section';
import { UsageSection } from '@/features/usage/components/usage-section';
import { accountQuery } from '@/lib/account';

// Asked for once in a while: not part of what every visit loads.
const CertificatesSection = lazy(() => import('@/features/certificates/components/certificates-section'));
const ExportSection = lazy(() => import('@/features/settings/components/export-section'));

export const Route = createFileRoute('/partner/settings')({ component: SettingsRoute });

function SettingsRoute() {
  const { partner: known } = Route.useRouteContext();
  const { data } = useQuery(accountQuery);
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <h1 className="sr-only">{text.settings}</h1>
      <ProfileSection partner={data?.partner ?? known} />
      <Suspense>
        <CertificatesSection />
      </Suspense>
      <ThemeSection />
      <SecuritySection />
      <PushSection />
      <UsageSection />
      <Suspense>
        <ExportSection />
      </Suspense>
      <SignOutSection onSignOut={signOut} />
    </div>
  );
}
