import { createFileRoute, useRouter } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { MailLink } from '@/features/auth/components/mail-link';
import { NewPasswordForm } from '@/features/auth/components/password-forms';

export const Route = createFileRoute('/auth/reset')({ component: ResetRoute });

function ResetRoute() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const onOpened = useCallback(() => setOpen(true), []);
  if (!open) return <MailLink onDone={onOpened} />;
  return <NewPasswordForm onDone={() => void router.navigate({ to: '/', replace: true })} />;
}
