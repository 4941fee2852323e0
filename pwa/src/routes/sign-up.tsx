import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { requireNobody } from '@/app/guards';
import { SignUpForm } from '@/features/auth/components/sign-up-form';

export const Route = createFileRoute('/sign-up')({ beforeLoad: requireNobody, component: SignUpRoute });

function SignUpRoute() {
  const navigate = useNavigate();
  return <SignUpForm onDone={() => void navigate({ to: '/' })} />;
}
