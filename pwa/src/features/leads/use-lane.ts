import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { laneToOpen } from './model';
import { summaryQuery } from './queries';
import { lastLane } from './lanes';
import type { LeadStatus } from './stages';

/**
 * The lane to show. The address says which; where it does not, the one looked at last, or the first with leads. That one then
 * stands in the address, so that going back, or sharing it, leads to the same place. Undefined until it is known.
 */
export function useLane(stage: LeadStatus | undefined, onSettle: (stage: LeadStatus) => void): LeadStatus | undefined {
  const { data, isError } = useQuery(summaryQuery);
  const wanted = stage ?? (data === undefined && !isError ? undefined : laneToOpen(data, lastLane()));
  useEffect(() => {
    if (stage === undefined && wanted !== undefined) onSettle(wanted);
  }, [stage, wanted, onSettle]);
  return wanted;
}
