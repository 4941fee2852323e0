import { Link, useRouterState } from '@tanstack/react-router';
import { Banknote, House, LifeBuoy, LogOut, Menu, Settings, Users, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Bell } from '@/features/notifications/components/bell';
import type { Partner } from '@/lib/account';
import { cn } from '@/lib/cn';
import { Avatar } from '@/ui/avatar';
import { Sheet } from '@/ui/sheet';
import { Bars } from './bars';
import { text } from './messages';

const PAGES = [
  { to: '/partner/dashboard', label: text.home, icon: House },
  { to: '/partner/leads', label: text.leads, icon: Users },
  { to: '/partner/earnings', label: text.earnings, icon: Banknote },
] as const;

const ITEM =
  'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-semibold lg:min-h-11 lg:flex-none lg:flex-row lg:justify-start lg:gap-3 lg:rounded-xl lg:px-3 lg:text-[15px]';
const IDLE = 'text-soft hover:text-text lg:hover:bg-panel';
const ACTIVE = 'text-accent-text lg:bg-raised lg:text-text';

function pageTitle(path: string): string {
  if (path.startsWith('/partner/leads')) return text.leads;
  if (path.startsWith('/partner/earnings')) return text.earnings;
  if (path.startsWith('/partner/settings')) return text.settings;
  if (path.startsWith('/partner/support')) return text.support;
  if (path.startsWith('/partner/notifications')) return text.notifications;
  return text.brand;
}

function NavIcon({ icon: Icon, active }: { icon: LucideIcon; active: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid h-7 w-14 place-items-center rounded-full lg:w-auto',
        active && 'bg-accent-soft lg:bg-transparent',
      )}
    >
      <Icon className="size-5" />
    </span>
  );
}

interface Props {
  partner: Partner;
  onSignOut: () => void;
  children: ReactNode;
}

/** The frame of the partner area: bar on top, navigation at the thumb (or at the side of a wide screen). */
export function Shell({ partner, onSignOut, children }: Props) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [more, setMore] = useState(false);
  const inMore = path.startsWith('/partner/settings') || path.startsWith('/partner/support');
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[232px_1fr]">
      <a
        href="#content"
        className="sr-only z-50 rounded-xl bg-accent px-4 py-3 font-semibold text-white focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {text.skip}
      </a>
      <div className="flex min-w-0 flex-col lg:col-start-2">
        <header className="sticky top-0 z-30 border-b border-line/60 bg-rail pt-[env(safe-area-inset-top)]">
          <div className="mx-auto flex h-14 w-full max-w-6xl items-center gap-2 px-2.5 lg:px-6">
            <Link
              to="/partner/settings"
              aria-label={text.profile(partner.name)}
              className="grid size-11 place-items-center rounded-full lg:hidden"
            >
              <Avatar name={partner.name} />
            </Link>
            <p className="flex-1 text-center text-[17px] font-bold lg:text-left">{pageTitle(path)}</p>
            <Bell />
          </div>
          <Bars />
        </header>
        {partner.status === 'suspended' && (
          <p role="alert" className="bg-bad-soft px-4 py-3 text-center text-[15px] text-bad">
            {text.suspended}{' '}
            <Link to="/partner/support" className="font-semibold underline">
              {text.askSupport}
            </Link>
          </p>
        )}
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl flex-1 px-4 pt-4 pb-[calc(156px+env(safe-area-inset-bottom))] outline-none lg:px-6 lg:pt-6"
        >
          {children}
        </main>
      </div>
      <nav
        aria-label={text.navigation}
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line/60 bg-rail pb-[env(safe-area-inset-bottom)] lg:inset-y-0 lg:right-auto lg:w-[232px] lg:flex-col lg:gap-1 lg:border-t-0 lg:border-r lg:p-3"
      >
        <div className="hidden items-center gap-3 px-2 pt-1 pb-4 lg:flex">
          <img src="/icon.svg" alt="" width="36" height="36" className="rounded-lg" />
          <span className="font-bold">{text.brand}</span>
        </div>
        {PAGES.map(({ to, label, icon }) => {
          const active = path.startsWith(to);
          return (
            <Link
              key={to}
              to={to}
              aria-current={active ? 'page' : undefined}
              className={cn(ITEM, active ? ACTIVE : IDLE)}
            >
              <NavIcon icon={icon} active={active} />
              {label}
            </Link>
          );
        })}
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setMore(true)}
          className={cn(ITEM, inMore ? ACTIVE : IDLE)}
        >
          <NavIcon icon={Menu} active={inMore} />
          {text.more}
        </button>
      </nav>
      {more && (
        <Sheet title={text.more} onClose={() => setMore(false)}>
          <ul className="grid gap-1.5">
            <li>
              <Link
                to="/partner/settings"
                onClick={() => setMore(false)}
                className="flex min-h-14 items-center gap-4 rounded-xl bg-raised px-4 font-semibold hover:bg-line"
              >
                <Settings aria-hidden className="size-5 text-accent-text" /> {text.settings}
              </Link>
            </li>
            <li>
              <Link
                to="/partner/support"
                onClick={() => setMore(false)}
                className="flex min-h-14 items-center gap-4 rounded-xl bg-raised px-4 font-semibold hover:bg-line"
              >
                <LifeBuoy aria-hidden className="size-5 text-accent-text" /> {text.support}
              </Link>
            </li>
            <li>
              <button
                type="button"
                onClick={onSignOut}
                className="flex min-h-14 w-full items-center gap-4 rounded-xl bg-raised px-4 text-left font-semibold hover:bg-line"
              >
                <LogOut aria-hidden className="size-5 text-accent-text" /> {text.signOut}
              </button>
            </li>
          </ul>
        </Sheet>
      )}
    </div>
  );
}
