export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      applications: {
        Row: {
          country: string;
          created_at: string;
          decided_at: string | null;
          decided_by: string | null;
          email: string;
          id: string;
          issuer: string;
          motivation: string | null;
          name: string;
          phone: string | null;
          reason: string | null;
          status: Database['public']['Enums']['application_status'];
          subject: string;
          terms_accepted_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          country: string;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          email: string;
          id?: string;
          issuer: string;
          motivation?: string | null;
          name: string;
          phone?: string | null;
          reason?: string | null;
          status?: Database['public']['Enums']['application_status'];
          subject: string;
          terms_accepted_at: string;
          user_id?: string | null;
        };
        Update: {
          country?: string;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          email?: string;
          id?: string;
          issuer?: string;
          motivation?: string | null;
          name?: string;
          phone?: string | null;
          reason?: string | null;
          status?: Database['public']['Enums']['application_status'];
          subject?: string;
          terms_accepted_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'applications_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      client_payments: {
        Row: {
          amount: number;
          cleared_at: string;
          created_at: string;
          currency: string;
          deal_id: string;
          id: string;
          inbound_event_id: string;
          instalment: number;
          source: string;
          source_id: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          cleared_at: string;
          created_at?: string;
          currency: string;
          deal_id: string;
          id?: string;
          inbound_event_id: string;
          instalment: number;
          source: string;
          source_id: string;
        };
        Update: {
          amount?: number;
          cleared_at?: string;
          created_at?: string;
          currency?: string;
          deal_id?: string;
          id?: string;
          inbound_event_id?: string;
          instalment?: number;
          source?: string;
          source_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_payments_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_payments_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
        ];
      };
      commission_plan_rates: {
        Row: {
          base_bp: number;
          clearing_days: number;
          plan_id: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        ComputedFields: never;
        Insert: {
          base_bp: number;
          clearing_days: number;
          plan_id: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Update: {
          base_bp?: number;
          clearing_days?: number;
          plan_id?: string;
          tier?: Database['public']['Enums']['partner_tier'];
        };
        Relationships: [
          {
            foreignKeyName: 'commission_plan_rates_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commission_plan_rates_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      commission_plans: {
        Row: {
          created_at: string;
          effective_from: string;
          id: string;
          reason: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          effective_from: string;
          id?: string;
          reason: string;
          version: number;
        };
        Update: {
          created_at?: string;
          effective_from?: string;
          id?: string;
          reason?: string;
          version?: number;
        };
        Relationships: [];
      };
      commissions: {
        Row: {
          amount: number;
          base_amount: number;
          booked_before: number;
          clears_at: string | null;
          client_payment_id: string | null;
          commission_type: Database['public']['Enums']['commission_type'];
          corrects_id: string | null;
          created_at: string;
          currency: string;
          deal_id: string;
          id: string;
          lead_id: string;
          partner_id: string;
          payment_date: string | null;
          plan_id: string;
          project_id: string | null;
          rate_bp: number;
          status: Database['public']['Enums']['commission_status'];
          stripe_transfer_id: string | null;
          tier: Database['public']['Enums']['partner_tier'];
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          base_amount: number;
          booked_before?: number;
          clears_at?: string | null;
          client_payment_id?: string | null;
          commission_type: Database['public']['Enums']['commission_type'];
          corrects_id?: string | null;
          created_at?: string;
          currency: string;
          deal_id: string;
          id?: string;
          lead_id: string;
          partner_id: string;
          payment_date?: string | null;
          plan_id: string;
          project_id?: string | null;
          rate_bp: number;
          status: Database['public']['Enums']['commission_status'];
          stripe_transfer_id?: string | null;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Update: {
          amount?: number;
          base_amount?: number;
          booked_before?: number;
          clears_at?: string | null;
          client_payment_id?: string | null;
          commission_type?: Database['public']['Enums']['commission_type'];
          corrects_id?: string | null;
          created_at?: string;
          currency?: string;
          deal_id?: string;
          id?: string;
          lead_id?: string;
          partner_id?: string;
          payment_date?: string | null;
          plan_id?: string;
          project_id?: string | null;
          rate_bp?: number;
          status?: Database['public']['Enums']['commission_status'];
          stripe_transfer_id?: string | null;
          tier?: Database['public']['Enums']['partner_tier'];
        };
        Relationships: [
          {
            foreignKeyName: 'commissions_client_payment_id_fkey';
            columns: ['client_payment_id'];
            isOneToOne: false;
            referencedRelation: 'client_payments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_corrects_id_fkey';
            columns: ['corrects_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_corrects_id_fkey';
            columns: ['corrects_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'commissions_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
        ];
      };
      deals: {
        Row: {
          claimed_value: number;
          clearing_days: number;
          contracted_value: number | null;
          created_at: string;
          currency: string;
          id: string;
          lead_id: string;
          partner_id: string;
          plan_id: string;
          rate_bp: number;
          reference: string;
          rejected_reason: string | null;
          request_id: string;
          status: Database['public']['Enums']['deal_status'];
          tier_at_win: Database['public']['Enums']['partner_tier'];
          updated_at: string;
          verified_at: string | null;
          verified_by: string | null;
          won_at: string;
        };
        ComputedFields: never;
        Insert: {
          claimed_value: number;
          clearing_days: number;
          contracted_value?: number | null;
          created_at?: string;
          currency: string;
          id?: string;
          lead_id: string;
          partner_id: string;
          plan_id: string;
          rate_bp: number;
          reference?: string;
          rejected_reason?: string | null;
          request_id: string;
          status?: Database['public']['Enums']['deal_status'];
          tier_at_win: Database['public']['Enums']['partner_tier'];
          updated_at?: string;
          verified_at?: string | null;
          verified_by?: string | null;
          won_at?: string;
        };
        Update: {
          claimed_value?: number;
          clearing_days?: number;
          contracted_value?: number | null;
          created_at?: string;
          currency?: string;
          id?: string;
          lead_id?: string;
          partner_id?: string;
          plan_id?: string;
          rate_bp?: number;
          reference?: string;
          rejected_reason?: string | null;
          request_id?: string;
          status?: Database['public']['Enums']['deal_status'];
          tier_at_win?: Database['public']['Enums']['partner_tier'];
          updated_at?: string;
          verified_at?: string | null;
          verified_by?: string | null;
          won_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'deals_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'deals_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_verified_by_fkey';
            columns: ['verified_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      lead_activities: {
        Row: {
          activity_type: Database['public']['Enums']['lead_activity_type'];
          created_at: string;
          id: string;
          lead_id: string;
          notes: string | null;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          activity_type: Database['public']['Enums']['lead_activity_type'];
          created_at?: string;
          id?: string;
          lead_id: string;
          notes?: string | null;
          partner_id?: string;
        };
        Update: {
          activity_type?: Database['public']['Enums']['lead_activity_type'];
          created_at?: string;
          id?: string;
          lead_id?: string;
          notes?: string | null;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_activities_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_activities_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_activities_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      leads: {
        Row: {
          attribution_data: Json | null;
          company_name: string;
          contact_email: string | null;
          contact_name: string | null;
          contact_phone: string | null;
          created_at: string;
          currency: string;
          deleted_at: string | null;
          deleted_reason: string | null;
          estimated_value: number | null;
          id: string;
          lost_reason: string | null;
          next_action: string | null;
          next_action_date: string | null;
          notes: string | null;
          partner_id: string;
          project_type: string | null;
          source: string | null;
          stage_entered_at: string;
          status: Database['public']['Enums']['lead_status'];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          attribution_data?: Json | null;
          company_name: string;
          contact_email?: string | null;
          contact_name?: string | null;
          contact_phone?: string | null;
          created_at?: string;
          currency?: string;
          deleted_at?: string | null;
          deleted_reason?: string | null;
          estimated_value?: number | null;
          id?: string;
          lost_reason?: string | null;
          next_action?: string | null;
          next_action_date?: string | null;
          notes?: string | null;
          partner_id?: string;
          project_type?: string | null;
          source?: string | null;
          stage_entered_at?: string;
          status?: Database['public']['Enums']['lead_status'];
          updated_at?: string;
        };
        Update: {
          attribution_data?: Json | null;
          company_name?: string;
          contact_email?: string | null;
          contact_name?: string | null;
          contact_phone?: string | null;
          created_at?: string;
          currency?: string;
          deleted_at?: string | null;
          deleted_reason?: string | null;
          estimated_value?: number | null;
          id?: string;
          lost_reason?: string | null;
          next_action?: string | null;
          next_action_date?: string | null;
          notes?: string | null;
          partner_id?: string;
          project_type?: string | null;
          source?: string | null;
          stage_entered_at?: string;
          status?: Database['public']['Enums']['lead_status'];
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'leads_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'leads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      notifications: {
        Row: {
          action_url: string | null;
          created_at: string;
          id: string;
          message: string;
          partner_id: string;
          read: boolean;
          read_at: string | null;
          title: string;
          type: Database['public']['Enums']['notification_type'];
        };
        ComputedFields: never;
        Insert: {
          action_url?: string | null;
          created_at?: string;
          id?: string;
          message: string;
          partner_id: string;
          read?: boolean;
          read_at?: string | null;
          title: string;
          type: Database['public']['Enums']['notification_type'];
        };
        Update: {
          action_url?: string | null;
          created_at?: string;
          id?: string;
          message?: string;
          partner_id?: string;
          read?: boolean;
          read_at?: string | null;
          title?: string;
          type?: Database['public']['Enums']['notification_type'];
        };
        Relationships: [
          {
            foreignKeyName: 'notifications_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      partner_tier_history: {
        Row: {
          id: string;
          partner_id: string;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
          valid_from: string;
          valid_to: string | null;
        };
        ComputedFields: never;
        Insert: {
          id?: string;
          partner_id: string;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string | null;
        };
        Update: {
          id?: string;
          partner_id?: string;
          reason?: string;
          tier?: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'partner_tier_history_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_tier_history_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      partners: {
        Row: {
          commission_rate: number;
          country: string | null;
          created_at: string;
          current_tier: Database['public']['Enums']['partner_tier'];
          email: string;
          id: string;
          locale: string;
          name: string;
          phone: string | null;
          referral_code: string;
          region: string | null;
          status: Database['public']['Enums']['partner_status'];
          team_leader_id: string | null;
          timezone: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          commission_rate?: number;
          country?: string | null;
          created_at?: string;
          current_tier?: Database['public']['Enums']['partner_tier'];
          email: string;
          id?: string;
          locale?: string;
          name: string;
          phone?: string | null;
          referral_code?: string;
          region?: string | null;
          status?: Database['public']['Enums']['partner_status'];
          team_leader_id?: string | null;
          timezone?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          commission_rate?: number;
          country?: string | null;
          created_at?: string;
          current_tier?: Database['public']['Enums']['partner_tier'];
          email?: string;
          id?: string;
          locale?: string;
          name?: string;
          phone?: string | null;
          referral_code?: string;
          region?: string | null;
          status?: Database['public']['Enums']['partner_status'];
          team_leader_id?: string | null;
          timezone?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'partners_current_tier_fkey';
            columns: ['current_tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
          {
            foreignKeyName: 'partners_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      payout_account_links: {
        Row: {
          created_at: string;
          error: string | null;
          expires_at: string | null;
          id: string;
          partner_id: string;
          url: string | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          error?: string | null;
          expires_at?: string | null;
          id: string;
          partner_id: string;
          url?: string | null;
        };
        Update: {
          created_at?: string;
          error?: string | null;
          expires_at?: string | null;
          id?: string;
          partner_id?: string;
          url?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'payout_account_links_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      payout_accounts: {
        Row: {
          country: string | null;
          created_at: string;
          destination_changed_at: string | null;
          destination_fingerprint: string | null;
          destination_label: string | null;
          partner_id: string;
          requirements_due: string[];
          status: Database['public']['Enums']['payout_account_status'];
          stripe_account_id: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          country?: string | null;
          created_at?: string;
          destination_changed_at?: string | null;
          destination_fingerprint?: string | null;
          destination_label?: string | null;
          partner_id: string;
          requirements_due?: string[];
          status?: Database['public']['Enums']['payout_account_status'];
          stripe_account_id?: string | null;
          updated_at?: string;
        };
        Update: {
          country?: string | null;
          created_at?: string;
          destination_changed_at?: string | null;
          destination_fingerprint?: string | null;
          destination_label?: string | null;
          partner_id?: string;
          requirements_due?: string[];
          status?: Database['public']['Enums']['payout_account_status'];
          stripe_account_id?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'payout_accounts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      payout_items: {
        Row: {
          amount: number;
          commission_id: string;
          payout_id: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          commission_id: string;
          payout_id: string;
        };
        Update: {
          amount?: number;
          commission_id?: string;
          payout_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'payout_items_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: true;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_items_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: true;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_items_payout_id_fkey';
            columns: ['payout_id'];
            isOneToOne: false;
            referencedRelation: 'payouts';
            referencedColumns: ['id'];
          },
        ];
      };
      payout_minimums: {
        Row: {
          amount: number;
          currency: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          currency: string;
        };
        Update: {
          amount?: number;
          currency?: string;
        };
        Relationships: [];
      };
      payouts: {
        Row: {
          amount: number;
          attempt: number;
          attempt_started_at: string | null;
          currency: string;
          failure_code: string | null;
          failure_message: string | null;
          id: string;
          idempotency_key: string | null;
          paid_at: string | null;
          partner_id: string;
          request: Json | null;
          request_id: string;
          requested_at: string;
          sent_at: string | null;
          status: Database['public']['Enums']['payout_status'];
          stripe_transfer_id: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          attempt?: number;
          attempt_started_at?: string | null;
          currency: string;
          failure_code?: string | null;
          failure_message?: string | null;
          id?: string;
          idempotency_key?: string | null;
          paid_at?: string | null;
          partner_id: string;
          request?: Json | null;
          request_id: string;
          requested_at?: string;
          sent_at?: string | null;
          status: Database['public']['Enums']['payout_status'];
          stripe_transfer_id?: string | null;
          updated_at?: string;
        };
        Update: {
          amount?: number;
          attempt?: number;
          attempt_started_at?: string | null;
          currency?: string;
          failure_code?: string | null;
          failure_message?: string | null;
          id?: string;
          idempotency_key?: string | null;
          paid_at?: string | null;
          partner_id?: string;
          request?: Json | null;
          request_id?: string;
          requested_at?: string;
          sent_at?: string | null;
          status?: Database['public']['Enums']['payout_status'];
          stripe_transfer_id?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'payouts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      push_subscriptions: {
        Row: {
          auth: string;
          created_at: string;
          endpoint: string;
          failures: number;
          id: string;
          last_success_at: string | null;
          p256dh: string;
          partner_id: string;
          user_agent: string | null;
        };
        ComputedFields: never;
        Insert: {
          auth: string;
          created_at?: string;
          endpoint: string;
          failures?: number;
          id?: string;
          last_success_at?: string | null;
          p256dh: string;
          partner_id: string;
          user_agent?: string | null;
        };
        Update: {
          auth?: string;
          created_at?: string;
          endpoint?: string;
          failures?: number;
          id?: string;
          last_success_at?: string | null;
          p256dh?: string;
          partner_id?: string;
          user_agent?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'push_subscriptions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
        ];
      };
      staff_members: {
        Row: {
          active: boolean;
          created_at: string;
          email: string;
          id: string;
          name: string;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          created_at?: string;
          email: string;
          id?: string;
          name: string;
        };
        Update: {
          active?: boolean;
          created_at?: string;
          email?: string;
          id?: string;
          name?: string;
        };
        Relationships: [];
      };
      staff_roles: {
        Row: {
          granted_at: string;
          role: Database['public']['Enums']['staff_role'];
          staff_id: string;
        };
        ComputedFields: never;
        Insert: {
          granted_at?: string;
          role: Database['public']['Enums']['staff_role'];
          staff_id: string;
        };
        Update: {
          granted_at?: string;
          role?: Database['public']['Enums']['staff_role'];
          staff_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'staff_roles_staff_id_fkey';
            columns: ['staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      tier_definitions: {
        Row: {
          colour: string;
          label: string;
          min_qualified_deals: number;
          position: number;
          tier: Database['public']['Enums']['partner_tier'];
          typical_days_from: number;
          typical_days_to: number | null;
        };
        ComputedFields: never;
        Insert: {
          colour: string;
          label: string;
          min_qualified_deals: number;
          position: number;
          tier: Database['public']['Enums']['partner_tier'];
          typical_days_from: number;
          typical_days_to?: number | null;
        };
        Update: {
          colour?: string;
          label?: string;
          min_qualified_deals?: number;
          position?: number;
          tier?: Database['public']['Enums']['partner_tier'];
          typical_days_from?: number;
          typical_days_to?: number | null;
        };
        Relationships: [];
      };
    };
    Views: {
      commission_lines: {
        Row: {
          amount: number;
          base_amount: number;
          clears_at: string | null;
          commission_type: Database['public']['Enums']['commission_type'];
          company_name: string;
          created_at: string;
          currency: string;
          deal_reference: string;
          id: string;
          instalment: number | null;
          next_step: string | null;
          payment_date: string | null;
          rate: number;
          status: Database['public']['Enums']['commission_status'];
        };
        ComputedFields: never;
        Relationships: [];
      };
      lead_cards: {
        Row: {
          claimed_value: number | null;
          company_name: string;
          contact_email: string | null;
          contact_name: string | null;
          contact_phone: string | null;
          created_at: string;
          currency: string;
          days_in_stage: number | null;
          deal_id: string | null;
          deal_reference: string | null;
          deal_status: Database['public']['Enums']['deal_status'] | null;
          estimated_value: number | null;
          id: string;
          lost_reason: string | null;
          next_action: string | null;
          next_action_date: string | null;
          notes: string | null;
          project_type: string | null;
          source: string | null;
          stage_entered_at: string;
          status: Database['public']['Enums']['lead_status'];
          updated_at: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'leads_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
        ];
      };
    };
    Functions: {
      approve_payout: { Args: { payout_id: string }; Returns: Json };
      claim_win: { Args: { currency: string; lead_id: string; request_id: string; value: number }; Returns: Json };
      decide_application: { Args: { application_id: string; decision: string; reason?: string }; Returns: Json };
      delete_lead: { Args: { lead_id: string; reason: string }; Returns: undefined };
      earnings_summary: { Args: Record<PropertyKey, never>; Returns: Json };
      mark_notifications_read: { Args: { ids: string[] }; Returns: number };
      move_lead: {
        Args: { lead_id: string; lost_reason?: string; to_status: Database['public']['Enums']['lead_status'] };
        Returns: Json;
      };
      my_account: { Args: Record<PropertyKey, never>; Returns: Json };
      request_onboarding_link: { Args: { request_id: string }; Returns: Json };
      request_payout: { Args: { currency: string; request_id: string }; Returns: Json };
      submit_application: {
        Args: { accept_terms: boolean; country: string; motivation: string; name: string; phone: string };
        Returns: Json;
      };
      subscribe_push: {
        Args: { auth: string; endpoint: string; p256dh: string; user_agent?: string };
        Returns: undefined;
      };
      tier_status: { Args: Record<PropertyKey, never>; Returns: Json };
      unsubscribe_push: { Args: { endpoint: string }; Returns: undefined };
      verify_deal: { Args: { contracted_value: number; reference: string }; Returns: Json };
      why_this_amount: { Args: { commission_id: string }; Returns: Json };
    };
    Enums: {
      application_status: 'submitted' | 'in_review' | 'approved' | 'rejected' | 'withdrawn';
      commission_status:
        | 'estimated'
        | 'pending'
        | 'approved'
        | 'payable'
        | 'processing'
        | 'paid'
        | 'held'
        | 'reversed'
        | 'disputed'
        | 'settled';
      commission_type: 'base' | 'team_override' | 'referral' | 'bonus' | 'adjustment' | 'reversal';
      deal_status: 'claimed' | 'verified' | 'rejected' | 'cancelled';
      lead_activity_type: 'call' | 'email' | 'meeting' | 'note' | 'status_change';
      lead_status: 'new' | 'contacted' | 'qualified' | 'proposal_sent' | 'closed_won' | 'closed_lost';
      notification_type:
        'achievement' | 'commission' | 'tier_up' | 'message' | 'reminder' | 'payout' | 'security' | 'account';
      partner_status: 'invited' | 'pending' | 'active' | 'inactive' | 'suspended' | 'terminated';
      partner_tier: 'starter' | 'active' | 'performer' | 'elite';
      payout_account_status: 'none' | 'onboarding' | 'ready' | 'restricted';
      payout_status:
        'draft' | 'approved' | 'sending' | 'sent' | 'paid' | 'parked' | 'failed' | 'reversed' | 'cancelled';
      staff_role: 'support' | 'moderator' | 'finance' | 'admin' | 'owner';
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    keyof (DefaultSchema['Tables'] & DefaultSchema['Views']) | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    keyof DefaultSchema['CompositeTypes'] | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {
      application_status: ['submitted', 'in_review', 'approved', 'rejected', 'withdrawn'],
      commission_status: [
        'estimated',
        'pending',
        'approved',
        'payable',
        'processing',
        'paid',
        'held',
        'reversed',
        'disputed',
        'settled',
      ],
      commission_type: ['base', 'team_override', 'referral', 'bonus', 'adjustment', 'reversal'],
      deal_status: ['claimed', 'verified', 'rejected', 'cancelled'],
      lead_activity_type: ['call', 'email', 'meeting', 'note', 'status_change'],
      lead_status: ['new', 'contacted', 'qualified', 'proposal_sent', 'closed_won', 'closed_lost'],
      notification_type: [
        'achievement',
        'commission',
        'tier_up',
        'message',
        'reminder',
        'payout',
        'security',
        'account',
      ],
      partner_status: ['invited', 'pending', 'active', 'inactive', 'suspended', 'terminated'],
      partner_tier: ['starter', 'active', 'performer', 'elite'],
      payout_account_status: ['none', 'onboarding', 'ready', 'restricted'],
      payout_status: ['draft', 'approved', 'sending', 'sent', 'paid', 'parked', 'failed', 'reversed', 'cancelled'],
      staff_role: ['support', 'moderator', 'finance', 'admin', 'owner'],
    },
  },
} as const;
