import { createFileRoute, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { MailLink } from '@/features/auth/components/mail-link';

export const Route = createFileRoute('/auth/confirm')({ component: ConfirmRoute });

function ConfirmRoute() {
  const router = useRouter();
  const onDone = useCallback(() => void router.navigate({ to: '/', replace: true }), [router]);
  return <MailLink onDone={onDone} />;
}
