import { cn } from '@/lib/cn';

/** Grey blocks in the place of what is loading. One per region: its label is announced once. */
export function Skeletons({ label, heights }: { label: string; heights: readonly string[] }) {
  return (
    <div role="status" aria-label={label} className="grid gap-3">
      {heights.map((height, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the blocks have no identity
        <div key={index} className={cn('skeleton', height)} />
      ))}
    </div>
  );
}
