import * as z from 'zod/mini';
import type { Enum, Row } from '@/lib/database';
import { CURRENCIES, parseMoney, toDecimal } from '@/lib/money';
import { text } from './messages';
import { CHANNELS } from './lanes';
import { STATUSES, type LeadStatus } from './stages';

export { CHANNELS, isOpen, neighbour } from './lanes';
export { STATUSES, type LeadStatus } from './stages';

export type LeadCard = Row<'lead_cards'>;
export type Lead = Pick<LeadCard, keyof LeadCard & keyof Row<'leads'>>;

/** What a partner notes by hand; a change of stage the database notes by itself. */
export const ACTIVITY_TYPES = [
  'note',
  'call',
  'email',
  'meeting',
] as const satisfies readonly Enum<'lead_activity_type'>[];
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** What `claim_win` answers. */
export type Claim = Pick<Row<'deals'>, 'id' | 'reference' | 'claimed_value' | 'currency'> & {
  estimated_commission: number;
};

const optionalText = (max: number) => z.string().check(z.trim(), z.maxLength(max));

export const leadSchema = z
  .object({
    company_name: z.string().check(z.trim(), z.minLength(1, text.companyMissing), z.maxLength(200)),
    contact_name: optionalText(120),
    contact_email: z.union([z.literal(''), z.string().check(z.trim(), z.email(text.emailWrong))], text.emailWrong),
    contact_phone: z.string().check(z.trim(), z.regex(/^$|^\+?(?:[\s()./-]*\d){6,20}$/, text.phoneWrong)),
    project_type: optionalText(120),
    value: z.string(),
    currency: z.enum(CURRENCIES),
    next_action: optionalText(200),
    next_action_date: z.string(),
    notes: optionalText(4000),
  })
  .check(
    z.refine(({ value, currency }) => value.trim() === '' || parseMoney(value, currency) !== null, {
      error: text.valueWrong,
      path: ['value'],
    }),
  );
export type LeadForm = z.infer<typeof leadSchema>;

/** The columns of `leads` that a partner writes. */
export type LeadFields = Pick<
  Lead,
  | 'company_name'
  | 'contact_name'
  | 'contact_email'
  | 'contact_phone'
  | 'project_type'
  | 'estimated_value'
  | 'currency'
  | 'next_action'
  | 'next_action_date'
  | 'notes'
>;

const orNull = (value: string): string | null => (value === '' ? null : value);

export function toFields(form: LeadForm): LeadFields {
  return {
    company_name: form.company_name,
    contact_name: orNull(form.contact_name),
    contact_email: orNull(form.contact_email),
    contact_phone: orNull(form.contact_phone),
    project_type: orNull(form.project_type),
    estimated_value: form.value.trim() === '' ? null : parseMoney(form.value, form.currency),
    currency: form.currency,
    next_action: orNull(form.next_action),
    next_action_date: orNull(form.next_action_date),
    notes: orNull(form.notes),
  };
}

export function toForm(lead?: LeadFields): LeadForm {
  const currency = CURRENCIES.find((known) => known === lead?.currency) ?? 'USD';
  return {
    company_name: lead?.company_name ?? '',
    contact_name: lead?.contact_name ?? '',
    contact_email: lead?.contact_email ?? '',
    contact_phone: lead?.contact_phone ?? '',
    project_type: lead?.project_type ?? '',
    value: lead?.estimated_value == null ? '' : toDecimal(lead.estimated_value, currency),
    currency,
    next_action: lead?.next_action ?? '',
    next_action_date: lead?.next_action_date?.slice(0, 10) ?? '',
    notes: lead?.notes ?? '',
  };
}

export const winSchema = z
  .object({ value: z.string().check(z.minLength(1, text.valueMissing)), currency: z.enum(CURRENCIES) })
  .check(
    z.refine(({ value, currency }) => value === '' || (parseMoney(value, currency) ?? 0) > 0, {
      error: text.valueWrong,
      path: ['value'],
    }),
  );

export type WinForm = z.infer<typeof winSchema>;

export type StageFacts = Pick<Lead, 'status' | 'estimated_value' | 'currency'>;

export interface LaneSummary {
  count: number;
  /** Sum of the estimated values per currency, in minor units. */
  values: ReadonlyMap<string, number>;
}

/** Count and value of every lane. Amounts of different currencies are never added up. */
export function summarise(leads: readonly StageFacts[]): Record<LeadStatus, LaneSummary> {
  const lanes = Object.fromEntries(
    STATUSES.map((status) => [status, { count: 0, values: new Map<string, number>() }]),
  ) as Record<LeadStatus, { count: number; values: Map<string, number> }>;
  for (const { status, estimated_value, currency } of leads) {
    const lane = lanes[status];
    lane.count += 1;
    if (estimated_value !== null) lane.values.set(currency, (lane.values.get(currency) ?? 0) + estimated_value);
  }
  return lanes;
}

/** Where the pipeline opens: the lane looked at last if it has leads, else the first one that has, else the first. */
export function laneToOpen(
  lanes: Record<LeadStatus, LaneSummary> | undefined,
  last: LeadStatus | undefined,
): LeadStatus {
  if (lanes === undefined) return last ?? 'new';
  if (last !== undefined && lanes[last].count > 0) return last;
  return STATUSES.find((status) => lanes[status].count > 0) ?? 'new';
}

/** What a search box may send inside PostgREST's `or=(…)`: quoted, with its own wildcards and quotes made harmless. */
export function searchPattern(query: string): string {
  const literal = query.trim().replace(/[\\%_*]/g, '\\$&');
  return `"%${literal.replace(/[\\"]/g, '\\$&')}%"`;
}

/** "new → contacted", as the database writes a stage change, with the names of the channels. */
export function stageChangeText(notes: string): string {
  return notes.replace(/[a-z_]+/g, (word) => {
    const status = STATUSES.find((known) => known === word);
    return status === undefined ? word : `#${CHANNELS[status].name}`;
  });
}
