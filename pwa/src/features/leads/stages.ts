import type { Enum } from '@/lib/database';

export type LeadStatus = Enum<'lead_status'>;

/** The stages of the pipeline. This file loads nothing: the router reads them before the page is loaded. */
export const STATUSES = [
  'new',
  'contacted',
  'qualified',
  'proposal_sent',
  'closed_won',
  'closed_lost',
] as const satisfies readonly LeadStatus[];
