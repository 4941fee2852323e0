import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonClass } from '@/ui/button';
import { EmptyState } from '@/ui/states';
import { text } from './messages';

export function NotFound() {
  return (
    <main className="mx-auto grid min-h-[70dvh] w-full max-w-md content-center p-4">
      <h1 className="sr-only">{text.notFound}</h1>
      <EmptyState icon={<Compass />} title={text.notFound}>
        <p>{text.notFoundBody}</p>
        <Link to="/" className={buttonClass({ variant: 'primary' })}>
          {text.toStart}
        </Link>
      </EmptyState>
    </main>
  );
}
