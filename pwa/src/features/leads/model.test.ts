import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  laneToOpen,
  leadSchema,
  neighbour,
  searchPattern,
  stageChangeText,
  STATUSES,
  summarise,
  toFields,
  toForm,
  winSchema,
  type LeadFields,
} from './model';

const lead: LeadFields = {
  company_name: 'Client 17',
  contact_name: null,
  contact_email: 'client.17@example.com',
  contact_phone: null,
  project_type: 'Online shop',
  estimated_value: 250050,
  currency: 'USD',
  next_action: null,
  next_action_date: null,
  notes: null,
};

describe('neighbour', () => {
  it('walks the open stages one by one and ends at won', () => {
    expect(neighbour('new', 1)).toBe('contacted');
    expect(neighbour('proposal_sent', 1)).toBe('closed_won');
    expect(neighbour('new', -1)).toBeNull();
  });

  it('never leads to lost and never out of a closed stage', () => {
    for (const status of STATUSES) {
      expect(neighbour(status, 1)).not.toBe('closed_lost');
      expect(neighbour(status, -1)).not.toBe('closed_lost');
    }
    expect(neighbour('closed_won', -1)).toBeNull();
    expect(neighbour('closed_lost', 1)).toBeNull();
  });
});

describe('the form of a lead', () => {
  it('gives back what it was filled with', () => {
    expect(toFields(leadSchema.parse(toForm(lead)))).toMatchObject({
      company_name: 'Client 17',
      contact_name: null,
      contact_email: 'client.17@example.com',
      estimated_value: 250050,
      currency: 'USD',
    });
  });

  it('needs a company and nothing else', () => {
    expect(leadSchema.safeParse({ ...toForm(), company_name: 'A' }).success).toBe(true);
    expect(leadSchema.safeParse(toForm()).error?.issues[0]?.path).toEqual(['company_name']);
  });

  it.each([
    ['value', '12.345'],
    ['contact_email', 'nobody'],
    ['contact_phone', '12'],
  ])('refuses a bad %s', (field, value) => {
    const result = leadSchema.safeParse({ ...toForm(lead), [field]: value });
    expect(result.error?.issues[0]?.path).toEqual([field]);
  });

  it('does not take a win of nothing', () => {
    expect(winSchema.safeParse({ value: '0', currency: 'USD' }).success).toBe(false);
    expect(winSchema.safeParse({ value: '', currency: 'USD' }).success).toBe(false);
    expect(winSchema.safeParse({ value: '0.01', currency: 'USD' }).success).toBe(true);
  });
});

it('sums lanes per currency and loses no lead', () => {
  const facts = fc.record({
    status: fc.constantFrom(...STATUSES),
    estimated_value: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    currency: fc.constantFrom('USD', 'EUR'),
  });
  fc.assert(
    fc.property(fc.array(facts), (leads) => {
      const lanes = summarise(leads);
      expect(STATUSES.reduce((sum, status) => sum + lanes[status].count, 0)).toBe(leads.length);
      const total = STATUSES.reduce((sum, status) => sum + (lanes[status].values.get('EUR') ?? 0), 0);
      expect(total).toBe(
        leads.filter((l) => l.currency === 'EUR').reduce((sum, l) => sum + (l.estimated_value ?? 0), 0),
      );
    }),
  );
});

describe('searchPattern', () => {
  it('makes wildcards and quotes harmless', () => {
    expect(searchPattern(' acme ')).toBe('"%acme%"');
    expect(searchPattern('50%')).toBe('"%50\\\\%%"');
    expect(searchPattern('a"),id.gt.0')).toBe('"%a\\"),id.gt.0%"');
  });

  it('keeps every quote inside escaped', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const inner = searchPattern(query).slice(1, -1);
        expect(inner.replace(/\\./gs, '')).not.toContain('"');
      }),
    );
  });
});

it('names the channels of a stage change', () => {
  expect(stageChangeText('new → proposal_sent')).toBe('#new-leads → #proposal-sent');
});

describe('laneToOpen', () => {
  const lanes = (...full: (typeof STATUSES)[number][]) =>
    summarise(full.map((status) => ({ status, estimated_value: null, currency: 'USD' })));
  it('is the lane looked at last while it has leads', () => {
    expect(laneToOpen(lanes('new', 'qualified'), 'qualified')).toBe('qualified');
    expect(laneToOpen(lanes('contacted'), 'qualified')).toBe('contacted');
  });
  it('is the first with leads, and the first of all where there are none', () => {
    expect(laneToOpen(lanes('closed_won', 'qualified'), undefined)).toBe('qualified');
    expect(laneToOpen(lanes(), undefined)).toBe('new');
    expect(laneToOpen(lanes(), 'closed_lost')).toBe('new');
  });
  it('trusts the last one where the counts cannot be had', () => {
    expect(laneToOpen(undefined, 'contacted')).toBe('contacted');
    expect(laneToOpen(undefined, undefined)).toBe('new');
  });
});
