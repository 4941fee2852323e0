/**
 * What changes leads. Every row has an id made here and every claim a request id, so that sending twice does nothing
 * twice; an outbox can later stand between these functions and the network.
 */
import { db, rows, rpc } from '@/lib/data';
import { toAppError } from '@/lib/errors';
import type { ActivityType, Claim, Lead, LeadFields, LeadStatus } from './model';

/** Adds a lead under the given id. An answer "exists already" means that an earlier try has arrived. */
export async function addLead(id: string, fields: LeadFields): Promise<void> {
  const client = await db();
  try {
    await rows(client.from('leads').insert({ id, ...fields }));
  } catch (error) {
    if (toAppError(error).kind !== 'duplicate') throw error;
  }
}

export async function updateLead(id: string, fields: LeadFields): Promise<void> {
  const client = await db();
  await rows(client.from('leads').update(fields).eq('id', id));
}

export function moveLead(leadId: string, to: LeadStatus, lostReason?: string): Promise<Lead> {
  return rpc('move_lead', {
    lead_id: leadId,
    to_status: to,
    ...(lostReason === undefined ? {} : { lost_reason: lostReason }),
  });
}

export function claimWin(leadId: string, value: number, currency: string, requestId: string): Promise<Claim> {
  return rpc('claim_win', { lead_id: leadId, value, currency, request_id: requestId });
}

export function deleteLead(leadId: string, reason: string): Promise<unknown> {
  return rpc('delete_lead', { lead_id: leadId, reason });
}

export async function addActivity(id: string, leadId: string, type: ActivityType, notes: string): Promise<void> {
  const client = await db();
  try {
    await rows(client.from('lead_activities').insert({ id, lead_id: leadId, activity_type: type, notes }));
  } catch (error) {
    if (toAppError(error).kind !== 'duplicate') throw error;
  }
}
