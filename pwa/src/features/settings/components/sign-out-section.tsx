import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/ui/button';
import { text } from '../messages';

export function SignOutSection({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  return (
    <section className="card grid gap-3 p-5" aria-labelledby="sign-out-title">
      <h2 id="sign-out-title" className="font-bold">
        {text.signOutTitle}
      </h2>
      <p className="text-[15px] text-soft">{text.signOutBody}</p>
      <Button
        variant="danger"
        busy={busy}
        onClick={() => {
          setBusy(true);
          void onSignOut();
        }}
      >
        <LogOut aria-hidden className="size-4" /> {text.signOut}
      </Button>
    </section>
  );
}
