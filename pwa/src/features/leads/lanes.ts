import { STATUSES, type LeadStatus } from './stages';

/** The channels of the pipeline: name, and the colour of its dot as a class. */
export const CHANNELS: Record<LeadStatus, { name: string; dot: string }> = {
  new: { name: 'new-leads', dot: 'bg-warn' },
  contacted: { name: 'contacted', dot: 'bg-info' },
  qualified: { name: 'qualified', dot: 'bg-good' },
  proposal_sent: { name: 'proposal-sent', dot: 'bg-orange' },
  closed_won: { name: 'closed-won', dot: 'bg-accent-text' },
  closed_lost: { name: 'closed-lost', dot: 'bg-edge' },
};

const OPEN: readonly LeadStatus[] = ['new', 'contacted', 'qualified', 'proposal_sent'];

export const isOpen = (status: LeadStatus): boolean => OPEN.includes(status);

/** The stage one step further or back, where a swipe leads. Won is the step after the proposal; lost is never a swipe. */
export function neighbour(status: LeadStatus, step: 1 | -1): LeadStatus | null {
  if (!isOpen(status)) return null;
  const next = STATUSES[STATUSES.indexOf(status) + step];
  return next ?? null;
}

const LAST = 'siso-leads-lane';

/** The lane that was chosen last on this device. */
export function lastLane(): LeadStatus | undefined {
  const stored = localStorage.getItem(LAST);
  return STATUSES.find((status) => status === stored);
}

export function rememberLane(status: LeadStatus): void {
  localStorage.setItem(LAST, status);
}
