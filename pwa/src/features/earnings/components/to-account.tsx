import { cn } from '@/lib/cn';
import { buttonClass } from '@/ui/button';
import { text } from '../messages';

/** Goes to the payout account on this page, and takes the focus there. */
export function ToAccount() {
  return (
    <a href="#account" className={cn(buttonClass({ variant: 'quiet' }), '-ml-4')}>
      {text.toAccount}
    </a>
  );
}
