import { buttonClass } from '@/ui/button';
import { text } from '../messages';

/** Goes to the payout account on this page, and takes the focus there. */
export function ToAccount() {
  return (
    <a href="#account" className={buttonClass({ variant: 'quiet' })}>
      {text.toAccount}
    </a>
  );
}
