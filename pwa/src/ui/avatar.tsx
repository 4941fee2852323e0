import { cn } from '@/lib/cn';

/** The first letter of a name. Decorative: the name stands beside it or in the label around it. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid shrink-0 place-items-center rounded-full bg-accent font-bold text-white',
        large ? 'size-14 text-xl' : 'size-9',
      )}
    >
      {name.trim().charAt(0).toUpperCase() || '?'}
    </span>
  );
}
