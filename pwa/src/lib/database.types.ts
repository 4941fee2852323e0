export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      achievements: {
        Row: {
          awarded_by: string | null;
          badge_name: string;
          badge_type: string;
          earned_at: string;
          id: string;
          partner_id: string;
          reason: string | null;
          revoked_at: string | null;
          revoked_by: string | null;
          revoked_reason: string | null;
        };
        ComputedFields: never;
        Insert: {
          awarded_by?: string | null;
          badge_name: string;
          badge_type: string;
          earned_at?: string;
          id?: string;
          partner_id: string;
          reason?: string | null;
          revoked_at?: string | null;
          revoked_by?: string | null;
          revoked_reason?: string | null;
        };
        Update: {
          awarded_by?: string | null;
          badge_name?: string;
          badge_type?: string;
          earned_at?: string;
          id?: string;
          partner_id?: string;
          reason?: string | null;
          revoked_at?: string | null;
          revoked_by?: string | null;
          revoked_reason?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'achievements_awarded_by_fkey';
            columns: ['awarded_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'achievements_badge_type_fkey';
            columns: ['badge_type'];
            isOneToOne: false;
            referencedRelation: 'badges';
            referencedColumns: ['badge_type'];
          },
          {
            foreignKeyName: 'achievements_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'achievements_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'achievements_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'achievements_revoked_by_fkey';
            columns: ['revoked_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      adjustments: {
        Row: {
          amount: number;
          claim_id: string | null;
          commission_id: string | null;
          currency: string;
          deal_id: string | null;
          decided_at: string | null;
          decided_by: string | null;
          decision_reason: string | null;
          id: string;
          line_id: string | null;
          partner_id: string;
          proposed_at: string;
          proposed_by: string;
          purpose: string;
          reason: string;
          state: Database['public']['Enums']['adjustment_state'];
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          claim_id?: string | null;
          commission_id?: string | null;
          currency: string;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision_reason?: string | null;
          id: string;
          line_id?: string | null;
          partner_id: string;
          proposed_at?: string;
          proposed_by: string;
          purpose: string;
          reason: string;
          state?: Database['public']['Enums']['adjustment_state'];
        };
        Update: {
          amount?: number;
          claim_id?: string | null;
          commission_id?: string | null;
          currency?: string;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision_reason?: string | null;
          id?: string;
          line_id?: string | null;
          partner_id?: string;
          proposed_at?: string;
          proposed_by?: string;
          purpose?: string;
          reason?: string;
          state?: Database['public']['Enums']['adjustment_state'];
        };
        Relationships: [
          {
            foreignKeyName: 'adjustments_claim_id_fkey';
            columns: ['claim_id'];
            isOneToOne: false;
            referencedRelation: 'attribution_claims';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'adjustments_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'adjustments_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_line_id_fkey';
            columns: ['line_id'];
            isOneToOne: true;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_line_id_fkey';
            columns: ['line_id'];
            isOneToOne: true;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'adjustments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'adjustments_proposed_by_fkey';
            columns: ['proposed_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
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
          recruiter_id: string | null;
          reviewer_id: string | null;
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
          recruiter_id?: string | null;
          reviewer_id?: string | null;
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
          recruiter_id?: string | null;
          reviewer_id?: string | null;
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
          {
            foreignKeyName: 'applications_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'applications_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'applications_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'applications_reviewer_id_fkey';
            columns: ['reviewer_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      asset_downloads: {
        Row: {
          asset_id: string;
          downloaded_at: string;
          id: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          asset_id: string;
          downloaded_at?: string;
          id?: string;
          partner_id: string;
        };
        Update: {
          asset_id?: string;
          downloaded_at?: string;
          id?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'asset_downloads_asset_id_fkey';
            columns: ['asset_id'];
            isOneToOne: false;
            referencedRelation: 'marketing_assets';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'asset_downloads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'asset_downloads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'asset_downloads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      asset_versions: {
        Row: {
          asset_id: string;
          created_at: string;
          file_size: number;
          file_type: string;
          id: string;
          note: string | null;
          path: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          asset_id: string;
          created_at?: string;
          file_size: number;
          file_type: string;
          id?: string;
          note?: string | null;
          path: string;
          version: number;
        };
        Update: {
          asset_id?: string;
          created_at?: string;
          file_size?: number;
          file_type?: string;
          id?: string;
          note?: string | null;
          path?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'asset_versions_asset_id_fkey';
            columns: ['asset_id'];
            isOneToOne: false;
            referencedRelation: 'marketing_assets';
            referencedColumns: ['id'];
          },
        ];
      };
      attachments: {
        Row: {
          alt_text: string | null;
          bucket_id: string;
          created_at: string;
          duration_ms: number | null;
          id: string;
          message_id: string;
          mime_type: string;
          name: string;
          path: string;
          size: number;
        };
        ComputedFields: never;
        Insert: {
          alt_text?: string | null;
          bucket_id: string;
          created_at?: string;
          duration_ms?: number | null;
          id?: string;
          message_id: string;
          mime_type: string;
          name: string;
          path: string;
          size: number;
        };
        Update: {
          alt_text?: string | null;
          bucket_id?: string;
          created_at?: string;
          duration_ms?: number | null;
          id?: string;
          message_id?: string;
          mime_type?: string;
          name?: string;
          path?: string;
          size?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'attachments_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
        ];
      };
      attribution_claims: {
        Row: {
          about: string;
          appeal_of: string | null;
          commission_id: string | null;
          created_at: string;
          deal_id: string | null;
          decided_at: string | null;
          decided_by: string | null;
          decision_reason: string | null;
          due_at: string;
          escalated_at: string | null;
          id: string;
          lead_id: string | null;
          partner_id: string;
          reason: string;
          resolution: string | null;
          resolution_amount: number | null;
          resolution_currency: string | null;
          resolved_commission_id: string | null;
          state: Database['public']['Enums']['claim_state'];
          subject: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          about: string;
          appeal_of?: string | null;
          commission_id?: string | null;
          created_at?: string;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision_reason?: string | null;
          due_at: string;
          escalated_at?: string | null;
          id?: string;
          lead_id?: string | null;
          partner_id: string;
          reason: string;
          resolution?: string | null;
          resolution_amount?: number | null;
          resolution_currency?: string | null;
          resolved_commission_id?: string | null;
          state?: Database['public']['Enums']['claim_state'];
          subject?: string | null;
          updated_at?: string;
        };
        Update: {
          about?: string;
          appeal_of?: string | null;
          commission_id?: string | null;
          created_at?: string;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision_reason?: string | null;
          due_at?: string;
          escalated_at?: string | null;
          id?: string;
          lead_id?: string | null;
          partner_id?: string;
          reason?: string;
          resolution?: string | null;
          resolution_amount?: number | null;
          resolution_currency?: string | null;
          resolved_commission_id?: string | null;
          state?: Database['public']['Enums']['claim_state'];
          subject?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'attribution_claims_appeal_of_fkey';
            columns: ['appeal_of'];
            isOneToOne: true;
            referencedRelation: 'attribution_claims';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'attribution_claims_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'attribution_claims_resolution_currency_fkey';
            columns: ['resolution_currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'attribution_claims_resolved_commission_id_fkey';
            columns: ['resolved_commission_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attribution_claims_resolved_commission_id_fkey';
            columns: ['resolved_commission_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
        ];
      };
      badges: {
        Row: {
          badge_name: string;
          badge_type: string;
          description: string;
          position: number;
          retired_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          badge_name: string;
          badge_type: string;
          description: string;
          position: number;
          retired_at?: string | null;
        };
        Update: {
          badge_name?: string;
          badge_type?: string;
          description?: string;
          position?: number;
          retired_at?: string | null;
        };
        Relationships: [];
      };
      bank_payouts: {
        Row: {
          amount: number;
          arrives_at: string | null;
          currency: string;
          failure_code: string | null;
          made_at: string;
          method: Database['public']['Enums']['payout_method'];
          partner_id: string;
          payout_id: string | null;
          reason: string | null;
          status: Database['public']['Enums']['bank_payout_status'];
          stripe_payout_id: string;
          told_at: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          arrives_at?: string | null;
          currency: string;
          failure_code?: string | null;
          made_at: string;
          method: Database['public']['Enums']['payout_method'];
          partner_id: string;
          payout_id?: string | null;
          reason?: string | null;
          status: Database['public']['Enums']['bank_payout_status'];
          stripe_payout_id: string;
          told_at?: string | null;
          updated_at?: string;
        };
        Update: {
          amount?: number;
          arrives_at?: string | null;
          currency?: string;
          failure_code?: string | null;
          made_at?: string;
          method?: Database['public']['Enums']['payout_method'];
          partner_id?: string;
          payout_id?: string | null;
          reason?: string | null;
          status?: Database['public']['Enums']['bank_payout_status'];
          stripe_payout_id?: string;
          told_at?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'bank_payouts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'bank_payouts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'bank_payouts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'bank_payouts_payout_id_fkey';
            columns: ['payout_id'];
            isOneToOne: false;
            referencedRelation: 'payouts';
            referencedColumns: ['id'];
          },
        ];
      };
      beta_feedback: {
        Row: {
          answer: string | null;
          created_at: string;
          feature: string;
          handled_at: string | null;
          handled_by: string | null;
          id: string;
          message: string;
          partner_id: string;
          program_id: string | null;
          state: string;
        };
        ComputedFields: never;
        Insert: {
          answer?: string | null;
          created_at?: string;
          feature: string;
          handled_at?: string | null;
          handled_by?: string | null;
          id?: string;
          message: string;
          partner_id?: string;
          program_id?: string | null;
          state?: string;
        };
        Update: {
          answer?: string | null;
          created_at?: string;
          feature?: string;
          handled_at?: string | null;
          handled_by?: string | null;
          id?: string;
          message?: string;
          partner_id?: string;
          program_id?: string | null;
          state?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'beta_feedback_handled_by_fkey';
            columns: ['handled_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'beta_feedback_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'beta_feedback_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'beta_feedback_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'beta_feedback_program_id_fkey';
            columns: ['program_id'];
            isOneToOne: false;
            referencedRelation: 'beta_programs';
            referencedColumns: ['id'];
          },
        ];
      };
      beta_programs: {
        Row: {
          closed_at: string | null;
          created_at: string;
          description: string;
          id: string;
          name: string;
          opened_at: string | null;
          tier_requirement: Database['public']['Enums']['partner_tier'];
        };
        ComputedFields: never;
        Insert: {
          closed_at?: string | null;
          created_at?: string;
          description: string;
          id?: string;
          name: string;
          opened_at?: string | null;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
        };
        Update: {
          closed_at?: string | null;
          created_at?: string;
          description?: string;
          id?: string;
          name?: string;
          opened_at?: string | null;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
        };
        Relationships: [
          {
            foreignKeyName: 'beta_programs_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      brand_profiles: {
        Row: {
          contact_email: string | null;
          contact_name: string | null;
          contact_phone: string | null;
          logo_path: string | null;
          page_published: boolean;
          page_slug: string | null;
          partner_id: string;
          primary_colour: string | null;
          taken_down_at: string | null;
          taken_down_by: string | null;
          taken_down_reason: string | null;
          updated_at: string;
          website: string | null;
        };
        ComputedFields: never;
        Insert: {
          contact_email?: string | null;
          contact_name?: string | null;
          contact_phone?: string | null;
          logo_path?: string | null;
          page_published?: boolean;
          page_slug?: string | null;
          partner_id: string;
          primary_colour?: string | null;
          taken_down_at?: string | null;
          taken_down_by?: string | null;
          taken_down_reason?: string | null;
          updated_at?: string;
          website?: string | null;
        };
        Update: {
          contact_email?: string | null;
          contact_name?: string | null;
          contact_phone?: string | null;
          logo_path?: string | null;
          page_published?: boolean;
          page_slug?: string | null;
          partner_id?: string;
          primary_colour?: string | null;
          taken_down_at?: string | null;
          taken_down_by?: string | null;
          taken_down_reason?: string | null;
          updated_at?: string;
          website?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'brand_profiles_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'brand_profiles_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'brand_profiles_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'brand_profiles_taken_down_by_fkey';
            columns: ['taken_down_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      business_calendar: {
        Row: {
          closes: string;
          opens: string;
          timezone: string;
          weekday: number;
        };
        ComputedFields: never;
        Insert: {
          closes: string;
          opens: string;
          timezone?: string;
          weekday: number;
        };
        Update: {
          closes?: string;
          opens?: string;
          timezone?: string;
          weekday?: number;
        };
        Relationships: [];
      };
      business_holidays: {
        Row: {
          day: string;
          name: string;
        };
        ComputedFields: never;
        Insert: {
          day: string;
          name: string;
        };
        Update: {
          day?: string;
          name?: string;
        };
        Relationships: [];
      };
      campaign_participants: {
        Row: {
          campaign_id: string;
          joined_at: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          campaign_id: string;
          joined_at?: string;
          partner_id: string;
        };
        Update: {
          campaign_id?: string;
          joined_at?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaign_participants_campaign_id_fkey';
            columns: ['campaign_id'];
            isOneToOne: false;
            referencedRelation: 'campaigns';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_participants_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_participants_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaign_participants_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      campaigns: {
        Row: {
          brief: string | null;
          closed_at: string | null;
          closing_note: string | null;
          created_at: string;
          ends_on: string | null;
          id: string;
          kind: string;
          name: string;
          owner_id: string | null;
          starts_on: string | null;
          status: string;
        };
        ComputedFields: never;
        Insert: {
          brief?: string | null;
          closed_at?: string | null;
          closing_note?: string | null;
          created_at?: string;
          ends_on?: string | null;
          id?: string;
          kind: string;
          name: string;
          owner_id?: string | null;
          starts_on?: string | null;
          status?: string;
        };
        Update: {
          brief?: string | null;
          closed_at?: string | null;
          closing_note?: string | null;
          created_at?: string;
          ends_on?: string | null;
          id?: string;
          kind?: string;
          name?: string;
          owner_id?: string | null;
          starts_on?: string | null;
          status?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'campaigns_owner_id_fkey';
            columns: ['owner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_owner_id_fkey';
            columns: ['owner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'campaigns_owner_id_fkey';
            columns: ['owner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      certificate_files: {
        Row: {
          bytes: number;
          certificate_id: string;
          created_at: string;
          path: string;
          sha256: string;
        };
        ComputedFields: never;
        Insert: {
          bytes: number;
          certificate_id: string;
          created_at?: string;
          path: string;
          sha256: string;
        };
        Update: {
          bytes?: number;
          certificate_id?: string;
          created_at?: string;
          path?: string;
          sha256?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'certificate_files_certificate_id_fkey';
            columns: ['certificate_id'];
            isOneToOne: true;
            referencedRelation: 'certificates';
            referencedColumns: ['id'];
          },
        ];
      };
      certificates: {
        Row: {
          expired_at: string | null;
          expires_at: string;
          id: string;
          issued_at: string;
          number: string;
          partner_id: string;
          reminded_at: string | null;
          revoked_at: string | null;
          revoked_by: string | null;
          revoked_reason: string | null;
          track: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          expired_at?: string | null;
          expires_at: string;
          id?: string;
          issued_at?: string;
          number?: string;
          partner_id: string;
          reminded_at?: string | null;
          revoked_at?: string | null;
          revoked_by?: string | null;
          revoked_reason?: string | null;
          track: string;
          version: number;
        };
        Update: {
          expired_at?: string | null;
          expires_at?: string;
          id?: string;
          issued_at?: string;
          number?: string;
          partner_id?: string;
          reminded_at?: string | null;
          revoked_at?: string | null;
          revoked_by?: string | null;
          revoked_reason?: string | null;
          track?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'certificates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'certificates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'certificates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'certificates_revoked_by_fkey';
            columns: ['revoked_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'certificates_track_fkey';
            columns: ['track'];
            isOneToOne: false;
            referencedRelation: 'training_tracks';
            referencedColumns: ['track'];
          },
        ];
      };
      challenge_entries: {
        Row: {
          challenge_id: string;
          estimate_id: string | null;
          joined_at: string;
          missed_reason: string | null;
          partner_id: string;
          prize_line_id: string | null;
          progress: number;
          reached_at: string | null;
          status: Database['public']['Enums']['entry_status'];
        };
        ComputedFields: never;
        Insert: {
          challenge_id: string;
          estimate_id?: string | null;
          joined_at?: string;
          missed_reason?: string | null;
          partner_id: string;
          prize_line_id?: string | null;
          progress?: number;
          reached_at?: string | null;
          status?: Database['public']['Enums']['entry_status'];
        };
        Update: {
          challenge_id?: string;
          estimate_id?: string | null;
          joined_at?: string;
          missed_reason?: string | null;
          partner_id?: string;
          prize_line_id?: string | null;
          progress?: number;
          reached_at?: string | null;
          status?: Database['public']['Enums']['entry_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'challenge_entries_challenge_id_fkey';
            columns: ['challenge_id'];
            isOneToOne: false;
            referencedRelation: 'challenges';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenge_entries_estimate_id_fkey';
            columns: ['estimate_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenge_entries_estimate_id_fkey';
            columns: ['estimate_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenge_entries_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenge_entries_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenge_entries_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'challenge_entries_prize_line_id_fkey';
            columns: ['prize_line_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenge_entries_prize_line_id_fkey';
            columns: ['prize_line_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
        ];
      };
      challenges: {
        Row: {
          budget: number | null;
          cancelled_at: string | null;
          created_at: string;
          created_by: string | null;
          description: string | null;
          ends_at: string;
          goal: number;
          id: string;
          metric: Database['public']['Enums']['challenge_metric'];
          prize_amount: number | null;
          prize_currency: string | null;
          request_id: string | null;
          starts_at: string;
          tier_requirement: Database['public']['Enums']['partner_tier'] | null;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          budget?: number | null;
          cancelled_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          ends_at: string;
          goal: number;
          id?: string;
          metric: Database['public']['Enums']['challenge_metric'];
          prize_amount?: number | null;
          prize_currency?: string | null;
          request_id?: string | null;
          starts_at: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          title: string;
        };
        Update: {
          budget?: number | null;
          cancelled_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          ends_at?: string;
          goal?: number;
          id?: string;
          metric?: Database['public']['Enums']['challenge_metric'];
          prize_amount?: number | null;
          prize_currency?: string | null;
          request_id?: string | null;
          starts_at?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'challenges_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'challenges_prize_currency_fkey';
            columns: ['prize_currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'challenges_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      channel_members: {
        Row: {
          channel_id: string;
          joined_at: string;
          left_at: string | null;
          moderator: boolean;
          muted_until: string | null;
          notifications: Database['public']['Enums']['channel_notifications'];
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          channel_id: string;
          joined_at?: string;
          left_at?: string | null;
          moderator?: boolean;
          muted_until?: string | null;
          notifications?: Database['public']['Enums']['channel_notifications'];
          partner_id: string;
        };
        Update: {
          channel_id?: string;
          joined_at?: string;
          left_at?: string | null;
          moderator?: boolean;
          muted_until?: string | null;
          notifications?: Database['public']['Enums']['channel_notifications'];
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'channel_members_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'channel_members_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'channel_members_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'channel_members_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      chat_categories: {
        Row: {
          id: string;
          name: string;
          position: number;
        };
        ComputedFields: never;
        Insert: {
          id?: string;
          name: string;
          position: number;
        };
        Update: {
          id?: string;
          name?: string;
          position?: number;
        };
        Relationships: [];
      };
      chat_channels: {
        Row: {
          archived_at: string | null;
          category_id: string | null;
          created_at: string;
          direct_key: string | null;
          id: string;
          last_seq: number;
          leader_id: string | null;
          name: string;
          position: number;
          slow_mode_seconds: number;
          staff_only_writes: boolean;
          tier_requirement: Database['public']['Enums']['partner_tier'] | null;
          topic: string | null;
          type: Database['public']['Enums']['channel_type'];
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          category_id?: string | null;
          created_at?: string;
          direct_key?: string | null;
          id?: string;
          last_seq?: number;
          leader_id?: string | null;
          name: string;
          position?: number;
          slow_mode_seconds?: number;
          staff_only_writes?: boolean;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          topic?: string | null;
          type: Database['public']['Enums']['channel_type'];
        };
        Update: {
          archived_at?: string | null;
          category_id?: string | null;
          created_at?: string;
          direct_key?: string | null;
          id?: string;
          last_seq?: number;
          leader_id?: string | null;
          name?: string;
          position?: number;
          slow_mode_seconds?: number;
          staff_only_writes?: boolean;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          topic?: string | null;
          type?: Database['public']['Enums']['channel_type'];
        };
        Relationships: [
          {
            foreignKeyName: 'chat_channels_category_id_fkey';
            columns: ['category_id'];
            isOneToOne: false;
            referencedRelation: 'chat_categories';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_channels_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_channels_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_channels_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'chat_channels_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      chat_messages: {
        Row: {
          author_name: string;
          channel_id: string;
          created_at: string;
          deleted_at: string | null;
          edited_at: string | null;
          id: string;
          kind: Database['public']['Enums']['message_kind'];
          message: string;
          parent_message_id: string | null;
          partner_id: string | null;
          reactions: NonNullable<Json>;
          reply_count: number;
          search: unknown;
          seq: number;
          thread_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          author_name: string;
          channel_id: string;
          created_at?: string;
          deleted_at?: string | null;
          edited_at?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['message_kind'];
          message: string;
          parent_message_id?: string | null;
          partner_id?: string | null;
          reactions?: NonNullable<Json>;
          reply_count?: number;
          search?: never;
          seq: number;
          thread_id?: string | null;
        };
        Update: {
          author_name?: string;
          channel_id?: string;
          created_at?: string;
          deleted_at?: string | null;
          edited_at?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['message_kind'];
          message?: string;
          parent_message_id?: string | null;
          partner_id?: string | null;
          reactions?: NonNullable<Json>;
          reply_count?: number;
          search?: never;
          seq?: number;
          thread_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'chat_messages_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_messages_parent_message_id_fkey';
            columns: ['parent_message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_messages_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_messages_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chat_messages_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'chat_messages_thread_id_fkey';
            columns: ['thread_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
        ];
      };
      claim_evidence: {
        Row: {
          added_by_partner: string | null;
          added_by_staff: string | null;
          claim_id: string;
          created_at: string;
          file_name: string | null;
          id: string;
          mime_type: string | null;
          note: string | null;
          path: string | null;
          size_bytes: number | null;
        };
        ComputedFields: never;
        Insert: {
          added_by_partner?: string | null;
          added_by_staff?: string | null;
          claim_id: string;
          created_at?: string;
          file_name?: string | null;
          id?: string;
          mime_type?: string | null;
          note?: string | null;
          path?: never;
          size_bytes?: number | null;
        };
        Update: {
          added_by_partner?: string | null;
          added_by_staff?: string | null;
          claim_id?: string;
          created_at?: string;
          file_name?: string | null;
          id?: string;
          mime_type?: string | null;
          note?: string | null;
          path?: never;
          size_bytes?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'claim_evidence_added_by_partner_fkey';
            columns: ['added_by_partner'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'claim_evidence_added_by_partner_fkey';
            columns: ['added_by_partner'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'claim_evidence_added_by_partner_fkey';
            columns: ['added_by_partner'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'claim_evidence_added_by_staff_fkey';
            columns: ['added_by_staff'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'claim_evidence_claim_id_fkey';
            columns: ['claim_id'];
            isOneToOne: false;
            referencedRelation: 'attribution_claims';
            referencedColumns: ['id'];
          },
        ];
      };
      client_disputes: {
        Row: {
          amount: number;
          client_payment_id: string;
          closed_at: string | null;
          created_at: string;
          currency: string;
          deal_id: string;
          id: string;
          opened_at: string;
          source: string;
          source_id: string;
          status: Database['public']['Enums']['dispute_status'];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          client_payment_id: string;
          closed_at?: string | null;
          created_at?: string;
          currency: string;
          deal_id: string;
          id?: string;
          opened_at: string;
          source: string;
          source_id: string;
          status?: Database['public']['Enums']['dispute_status'];
          updated_at?: string;
        };
        Update: {
          amount?: number;
          client_payment_id?: string;
          closed_at?: string | null;
          created_at?: string;
          currency?: string;
          deal_id?: string;
          id?: string;
          opened_at?: string;
          source?: string;
          source_id?: string;
          status?: Database['public']['Enums']['dispute_status'];
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_disputes_client_payment_id_fkey';
            columns: ['client_payment_id'];
            isOneToOne: false;
            referencedRelation: 'client_payments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_disputes_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_disputes_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
        ];
      };
      client_feedback: {
        Row: {
          comment: string | null;
          deal_id: string;
          given_at: string;
          id: string;
          partner_id: string;
          score: number;
        };
        ComputedFields: never;
        Insert: {
          comment?: string | null;
          deal_id: string;
          given_at?: string;
          id?: string;
          partner_id: string;
          score: number;
        };
        Update: {
          comment?: string | null;
          deal_id?: string;
          given_at?: string;
          id?: string;
          partner_id?: string;
          score?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'client_feedback_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: true;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_feedback_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: true;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'client_feedback_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_feedback_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_feedback_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
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
          posting: number;
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
          posting?: never;
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
          posting?: never;
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
      client_refunds: {
        Row: {
          amount: number;
          client_payment_id: string;
          created_at: string;
          currency: string;
          deal_id: string;
          id: string;
          inbound_event_id: string;
          kind: string;
          refunded_at: string;
          reported_amount: number;
          source: string;
          source_id: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          client_payment_id: string;
          created_at?: string;
          currency: string;
          deal_id: string;
          id?: string;
          inbound_event_id: string;
          kind: string;
          refunded_at: string;
          reported_amount: number;
          source: string;
          source_id: string;
        };
        Update: {
          amount?: number;
          client_payment_id?: string;
          created_at?: string;
          currency?: string;
          deal_id?: string;
          id?: string;
          inbound_event_id?: string;
          kind?: string;
          refunded_at?: string;
          reported_amount?: number;
          source?: string;
          source_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'client_refunds_client_payment_id_fkey';
            columns: ['client_payment_id'];
            isOneToOne: false;
            referencedRelation: 'client_payments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_refunds_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'client_refunds_deal_id_fkey';
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
          active_leader_days: number;
          created_at: string;
          demotion_grace_days: number;
          effective_from: string;
          id: string;
          instant_daily_limit: number;
          one_approval_from: number;
          override_basis: Database['public']['Enums']['override_basis'];
          override_min_tier: Database['public']['Enums']['partner_tier'];
          program_cap_bp: number;
          published_by: string | null;
          reason: string;
          referral_bp: number;
          referral_min_tier: Database['public']['Enums']['partner_tier'];
          referral_months: number;
          request_id: string | null;
          sponsor_rest_days: number;
          team_override_bp: number;
          two_approvals_from: number;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          active_leader_days?: number;
          created_at?: string;
          demotion_grace_days?: number;
          effective_from: string;
          id?: string;
          instant_daily_limit?: number;
          one_approval_from?: number;
          override_basis?: Database['public']['Enums']['override_basis'];
          override_min_tier?: Database['public']['Enums']['partner_tier'];
          program_cap_bp?: number;
          published_by?: string | null;
          reason: string;
          referral_bp?: number;
          referral_min_tier?: Database['public']['Enums']['partner_tier'];
          referral_months?: number;
          request_id?: string | null;
          sponsor_rest_days?: number;
          team_override_bp?: number;
          two_approvals_from?: number;
          version: number;
        };
        Update: {
          active_leader_days?: number;
          created_at?: string;
          demotion_grace_days?: number;
          effective_from?: string;
          id?: string;
          instant_daily_limit?: number;
          one_approval_from?: number;
          override_basis?: Database['public']['Enums']['override_basis'];
          override_min_tier?: Database['public']['Enums']['partner_tier'];
          program_cap_bp?: number;
          published_by?: string | null;
          reason?: string;
          referral_bp?: number;
          referral_min_tier?: Database['public']['Enums']['partner_tier'];
          referral_months?: number;
          request_id?: string | null;
          sponsor_rest_days?: number;
          team_override_bp?: number;
          two_approvals_from?: number;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'commission_plans_published_by_fkey';
            columns: ['published_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      commissions: {
        Row: {
          amount: number;
          base_amount: number | null;
          booked_before: number;
          booking: number | null;
          clears_at: string | null;
          client_payment_id: string | null;
          commission_type: Database['public']['Enums']['commission_type'];
          corrects_id: string | null;
          created_at: string;
          currency: string;
          deal_id: string | null;
          entitled: number | null;
          estimate: boolean;
          id: string;
          kind: Database['public']['Enums']['commission_type'];
          lead_id: string | null;
          net_cash: number | null;
          note: string | null;
          partner_id: string;
          payment_date: string | null;
          plan_id: string | null;
          project_id: string | null;
          rate_bp: number | null;
          refund_id: string | null;
          reverses_type: Database['public']['Enums']['commission_type'] | null;
          source: string | null;
          source_id: string | null;
          status: Database['public']['Enums']['commission_status'];
          stripe_transfer_id: string | null;
          tier: Database['public']['Enums']['partner_tier'] | null;
          uncapped: number | null;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          base_amount?: number | null;
          booked_before?: number;
          booking?: number | null;
          clears_at?: string | null;
          client_payment_id?: string | null;
          commission_type: Database['public']['Enums']['commission_type'];
          corrects_id?: string | null;
          created_at?: string;
          currency: string;
          deal_id?: string | null;
          entitled?: number | null;
          estimate?: boolean;
          id?: string;
          kind?: never;
          lead_id?: string | null;
          net_cash?: number | null;
          note?: string | null;
          partner_id: string;
          payment_date?: string | null;
          plan_id?: string | null;
          project_id?: string | null;
          rate_bp?: number | null;
          refund_id?: string | null;
          reverses_type?: Database['public']['Enums']['commission_type'] | null;
          source?: string | null;
          source_id?: string | null;
          status: Database['public']['Enums']['commission_status'];
          stripe_transfer_id?: string | null;
          tier?: Database['public']['Enums']['partner_tier'] | null;
          uncapped?: number | null;
        };
        Update: {
          amount?: number;
          base_amount?: number | null;
          booked_before?: number;
          booking?: number | null;
          clears_at?: string | null;
          client_payment_id?: string | null;
          commission_type?: Database['public']['Enums']['commission_type'];
          corrects_id?: string | null;
          created_at?: string;
          currency?: string;
          deal_id?: string | null;
          entitled?: number | null;
          estimate?: boolean;
          id?: string;
          kind?: never;
          lead_id?: string | null;
          net_cash?: number | null;
          note?: string | null;
          partner_id?: string;
          payment_date?: string | null;
          plan_id?: string | null;
          project_id?: string | null;
          rate_bp?: number | null;
          refund_id?: string | null;
          reverses_type?: Database['public']['Enums']['commission_type'] | null;
          source?: string | null;
          source_id?: string | null;
          status?: Database['public']['Enums']['commission_status'];
          stripe_transfer_id?: string | null;
          tier?: Database['public']['Enums']['partner_tier'] | null;
          uncapped?: number | null;
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
            foreignKeyName: 'commissions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'commissions_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'commissions_refund_id_fkey';
            columns: ['refund_id'];
            isOneToOne: false;
            referencedRelation: 'client_refunds';
            referencedColumns: ['id'];
          },
        ];
      };
      council_topics: {
        Row: {
          body: string;
          closes_at: string;
          created_at: string;
          id: string;
          result: string | null;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          body: string;
          closes_at: string;
          created_at?: string;
          id?: string;
          result?: string | null;
          title: string;
        };
        Update: {
          body?: string;
          closes_at?: string;
          created_at?: string;
          id?: string;
          result?: string | null;
          title?: string;
        };
        Relationships: [];
      };
      council_votes: {
        Row: {
          comment: string | null;
          partner_id: string;
          topic_id: string;
          vote: number;
          voted_at: string;
        };
        ComputedFields: never;
        Insert: {
          comment?: string | null;
          partner_id: string;
          topic_id: string;
          vote: number;
          voted_at?: string;
        };
        Update: {
          comment?: string | null;
          partner_id?: string;
          topic_id?: string;
          vote?: number;
          voted_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'council_votes_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'council_votes_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'council_votes_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'council_votes_topic_id_fkey';
            columns: ['topic_id'];
            isOneToOne: false;
            referencedRelation: 'council_topics';
            referencedColumns: ['id'];
          },
        ];
      };
      curated_posts: {
        Row: {
          archived_at: string | null;
          body: string;
          id: string;
          published_at: string | null;
          tier_requirement: Database['public']['Enums']['partner_tier'];
          title: string;
          topic: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          body: string;
          id?: string;
          published_at?: string | null;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
          topic: string;
        };
        Update: {
          archived_at?: string | null;
          body?: string;
          id?: string;
          published_at?: string | null;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title?: string;
          topic?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'curated_posts_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      custom_deals: {
        Row: {
          created_at: string;
          currency: string;
          decided_at: string | null;
          decided_by: string | null;
          decision: string | null;
          expected_volume: number | null;
          id: string;
          lead_id: string | null;
          partner_id: string;
          proposal: string;
          status: Database['public']['Enums']['request_status'];
          wanted_rate: number | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          currency?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: string | null;
          expected_volume?: number | null;
          id?: string;
          lead_id?: string | null;
          partner_id?: string;
          proposal: string;
          status?: Database['public']['Enums']['request_status'];
          wanted_rate?: number | null;
        };
        Update: {
          created_at?: string;
          currency?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: string | null;
          expected_volume?: number | null;
          id?: string;
          lead_id?: string | null;
          partner_id?: string;
          proposal?: string;
          status?: Database['public']['Enums']['request_status'];
          wanted_rate?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'custom_deals_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'custom_deals_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'custom_deals_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'custom_deals_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'custom_deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'custom_deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'custom_deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      customised_assets: {
        Row: {
          asset_id: string;
          created_at: string;
          id: string;
          kind: string;
          partner_id: string;
          path: string | null;
          status: string;
        };
        ComputedFields: never;
        Insert: {
          asset_id: string;
          created_at?: string;
          id?: string;
          kind: string;
          partner_id: string;
          path?: string | null;
          status?: string;
        };
        Update: {
          asset_id?: string;
          created_at?: string;
          id?: string;
          kind?: string;
          partner_id?: string;
          path?: string | null;
          status?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'customised_assets_asset_id_fkey';
            columns: ['asset_id'];
            isOneToOne: false;
            referencedRelation: 'marketing_assets';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'customised_assets_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'customised_assets_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'customised_assets_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      deal_cases: {
        Row: {
          concerns: string[];
          created_at: string;
          deal_id: string;
          decided_at: string | null;
          decided_by: string | null;
          decision: string | null;
          decision_reason: string | null;
          due_at: string | null;
          escalated_at: string | null;
          id: string;
          partner_id: string;
          question: string | null;
          state: Database['public']['Enums']['deal_case_state'];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          concerns?: string[];
          created_at?: string;
          deal_id: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: string | null;
          decision_reason?: string | null;
          due_at?: string | null;
          escalated_at?: string | null;
          id?: string;
          partner_id: string;
          question?: string | null;
          state?: Database['public']['Enums']['deal_case_state'];
          updated_at?: string;
        };
        Update: {
          concerns?: string[];
          created_at?: string;
          deal_id?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: string | null;
          decision_reason?: string | null;
          due_at?: string | null;
          escalated_at?: string | null;
          id?: string;
          partner_id?: string;
          question?: string | null;
          state?: Database['public']['Enums']['deal_case_state'];
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'deal_cases_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_cases_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'deal_cases_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_cases_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_cases_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_cases_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      deal_evidence: {
        Row: {
          added_by_partner: string | null;
          added_by_staff: string | null;
          created_at: string;
          deal_id: string;
          id: string;
          note: string | null;
          path: string | null;
        };
        ComputedFields: never;
        Insert: {
          added_by_partner?: string | null;
          added_by_staff?: string | null;
          created_at?: string;
          deal_id: string;
          id?: string;
          note?: string | null;
          path?: string | null;
        };
        Update: {
          added_by_partner?: string | null;
          added_by_staff?: string | null;
          created_at?: string;
          deal_id?: string;
          id?: string;
          note?: string | null;
          path?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'deal_evidence_added_by_partner_fkey';
            columns: ['added_by_partner'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_evidence_added_by_partner_fkey';
            columns: ['added_by_partner'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_evidence_added_by_partner_fkey';
            columns: ['added_by_partner'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'deal_evidence_added_by_staff_fkey';
            columns: ['added_by_staff'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_evidence_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deal_evidence_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
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
          disqualified_at: string | null;
          disqualified_reason: string | null;
          flags: string[];
          id: string;
          lead_id: string;
          leader_id: string | null;
          override_bp: number;
          partner_id: string;
          plan_id: string;
          rate_bp: number;
          rate_override_id: string | null;
          recruiter_id: string | null;
          reference: string;
          referral_bp: number;
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
          disqualified_at?: string | null;
          disqualified_reason?: string | null;
          flags?: string[];
          id?: string;
          lead_id: string;
          leader_id?: string | null;
          override_bp?: number;
          partner_id: string;
          plan_id: string;
          rate_bp: number;
          rate_override_id?: string | null;
          recruiter_id?: string | null;
          reference?: string;
          referral_bp?: number;
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
          disqualified_at?: string | null;
          disqualified_reason?: string | null;
          flags?: string[];
          id?: string;
          lead_id?: string;
          leader_id?: string | null;
          override_bp?: number;
          partner_id?: string;
          plan_id?: string;
          rate_bp?: number;
          rate_override_id?: string | null;
          recruiter_id?: string | null;
          reference?: string;
          referral_bp?: number;
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
            foreignKeyName: 'deals_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'deals_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_rate_override_id_fkey';
            columns: ['rate_override_id'];
            isOneToOne: false;
            referencedRelation: 'rate_overrides';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'deals_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
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
      event_rsvps: {
        Row: {
          answered_at: string;
          attended_marked_by: string | null;
          event_id: string;
          partner_id: string;
          status: Database['public']['Enums']['rsvp_status'];
        };
        ComputedFields: never;
        Insert: {
          answered_at?: string;
          attended_marked_by?: string | null;
          event_id: string;
          partner_id: string;
          status: Database['public']['Enums']['rsvp_status'];
        };
        Update: {
          answered_at?: string;
          attended_marked_by?: string | null;
          event_id?: string;
          partner_id?: string;
          status?: Database['public']['Enums']['rsvp_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'event_rsvps_attended_marked_by_fkey';
            columns: ['attended_marked_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'event_rsvps_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'engagement_events';
            referencedColumns: ['event_id'];
          },
          {
            foreignKeyName: 'event_rsvps_event_id_fkey';
            columns: ['event_id'];
            isOneToOne: false;
            referencedRelation: 'events';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'event_rsvps_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'event_rsvps_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'event_rsvps_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      events: {
        Row: {
          cancel_reason: string | null;
          cancelled_at: string | null;
          capacity: number | null;
          created_at: string;
          description: string | null;
          ends_at: string;
          host_partner_id: string | null;
          host_staff_id: string | null;
          id: string;
          kind: Database['public']['Enums']['event_kind'];
          location: string | null;
          starts_at: string;
          tier_requirement: Database['public']['Enums']['partner_tier'] | null;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          cancel_reason?: string | null;
          cancelled_at?: string | null;
          capacity?: number | null;
          created_at?: string;
          description?: string | null;
          ends_at: string;
          host_partner_id?: string | null;
          host_staff_id?: string | null;
          id?: string;
          kind: Database['public']['Enums']['event_kind'];
          location?: string | null;
          starts_at: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          title: string;
        };
        Update: {
          cancel_reason?: string | null;
          cancelled_at?: string | null;
          capacity?: number | null;
          created_at?: string;
          description?: string | null;
          ends_at?: string;
          host_partner_id?: string | null;
          host_staff_id?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['event_kind'];
          location?: string | null;
          starts_at?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'events_host_partner_id_fkey';
            columns: ['host_partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'events_host_partner_id_fkey';
            columns: ['host_partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'events_host_partner_id_fkey';
            columns: ['host_partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'events_host_staff_id_fkey';
            columns: ['host_staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'events_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      exports: {
        Row: {
          bytes: number | null;
          expires_at: string | null;
          id: string;
          partner_id: string;
          path: string | null;
          ready_at: string | null;
          requested_at: string;
          row_count: number | null;
          sha256: string | null;
          status: Database['public']['Enums']['export_status'];
        };
        ComputedFields: never;
        Insert: {
          bytes?: number | null;
          expires_at?: string | null;
          id: string;
          partner_id: string;
          path?: string | null;
          ready_at?: string | null;
          requested_at?: string;
          row_count?: number | null;
          sha256?: string | null;
          status?: Database['public']['Enums']['export_status'];
        };
        Update: {
          bytes?: number | null;
          expires_at?: string | null;
          id?: string;
          partner_id?: string;
          path?: string | null;
          ready_at?: string | null;
          requested_at?: string;
          row_count?: number | null;
          sha256?: string | null;
          status?: Database['public']['Enums']['export_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'exports_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'exports_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'exports_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      faq_articles: {
        Row: {
          answer: string;
          archived_at: string | null;
          category: string;
          helpful_count: number;
          id: string;
          published: boolean;
          question: string;
          search: unknown;
          slug: string;
          tier_requirement: Database['public']['Enums']['partner_tier'] | null;
          unhelpful_count: number;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          answer: string;
          archived_at?: string | null;
          category: string;
          helpful_count?: number;
          id?: string;
          published?: boolean;
          question: string;
          search?: never;
          slug: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          unhelpful_count?: number;
          updated_at?: string;
        };
        Update: {
          answer?: string;
          archived_at?: string | null;
          category?: string;
          helpful_count?: number;
          id?: string;
          published?: boolean;
          question?: string;
          search?: never;
          slug?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'] | null;
          unhelpful_count?: number;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'faq_articles_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      faq_votes: {
        Row: {
          article_id: string;
          created_at: string;
          helpful: boolean;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          article_id: string;
          created_at?: string;
          helpful: boolean;
          partner_id: string;
        };
        Update: {
          article_id?: string;
          created_at?: string;
          helpful?: boolean;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'faq_votes_article_id_fkey';
            columns: ['article_id'];
            isOneToOne: false;
            referencedRelation: 'faq_articles';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'faq_votes_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'faq_votes_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'faq_votes_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      feature_flag_partners: {
        Row: {
          enabled: boolean;
          flag_key: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          enabled: boolean;
          flag_key: string;
          partner_id: string;
        };
        Update: {
          enabled?: boolean;
          flag_key?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'feature_flag_partners_flag_key_fkey';
            columns: ['flag_key'];
            isOneToOne: false;
            referencedRelation: 'feature_flags';
            referencedColumns: ['key'];
          },
          {
            foreignKeyName: 'feature_flag_partners_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'feature_flag_partners_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'feature_flag_partners_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      feature_flags: {
        Row: {
          created_at: string;
          description: string;
          enabled: boolean;
          key: string;
          min_tier: Database['public']['Enums']['partner_tier'];
          share: number;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          description: string;
          enabled?: boolean;
          key: string;
          min_tier?: Database['public']['Enums']['partner_tier'];
          share?: number;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          description?: string;
          enabled?: boolean;
          key?: string;
          min_tier?: Database['public']['Enums']['partner_tier'];
          share?: number;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'feature_flags_min_tier_fkey';
            columns: ['min_tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      finance_exports: {
        Row: {
          bytes: number | null;
          expires_at: string | null;
          id: string;
          kind: Database['public']['Enums']['finance_export_kind'];
          path: string | null;
          period_from: string;
          period_to: string;
          ready_at: string | null;
          requested_at: string;
          requested_by: string;
          row_count: number | null;
          sha256: string | null;
          status: Database['public']['Enums']['export_status'];
        };
        ComputedFields: never;
        Insert: {
          bytes?: number | null;
          expires_at?: string | null;
          id: string;
          kind: Database['public']['Enums']['finance_export_kind'];
          path?: string | null;
          period_from: string;
          period_to: string;
          ready_at?: string | null;
          requested_at?: string;
          requested_by: string;
          row_count?: number | null;
          sha256?: string | null;
          status?: Database['public']['Enums']['export_status'];
        };
        Update: {
          bytes?: number | null;
          expires_at?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['finance_export_kind'];
          path?: string | null;
          period_from?: string;
          period_to?: string;
          ready_at?: string | null;
          requested_at?: string;
          requested_by?: string;
          row_count?: number | null;
          sha256?: string | null;
          status?: Database['public']['Enums']['export_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'finance_exports_requested_by_fkey';
            columns: ['requested_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      follow_up_rules: {
        Row: {
          active: boolean;
          idle_days: number;
          status: Database['public']['Enums']['lead_status'];
          suggestion: string;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          idle_days: number;
          status: Database['public']['Enums']['lead_status'];
          suggestion: string;
        };
        Update: {
          active?: boolean;
          idle_days?: number;
          status?: Database['public']['Enums']['lead_status'];
          suggestion?: string;
        };
        Relationships: [];
      };
      hold_appeals: {
        Row: {
          created_at: string;
          hold_id: string;
          id: string;
          partner_id: string;
          statement: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          hold_id: string;
          id: string;
          partner_id: string;
          statement: string;
        };
        Update: {
          created_at?: string;
          hold_id?: string;
          id?: string;
          partner_id?: string;
          statement?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'hold_appeals_hold_id_fkey';
            columns: ['hold_id'];
            isOneToOne: true;
            referencedRelation: 'risk_holds';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hold_appeals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hold_appeals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hold_appeals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      instant_fees: {
        Row: {
          currency: string;
          fee_bp: number;
          minimum_fee: number;
        };
        ComputedFields: never;
        Insert: {
          currency: string;
          fee_bp: number;
          minimum_fee: number;
        };
        Update: {
          currency?: string;
          fee_bp?: number;
          minimum_fee?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'instant_fees_currency_fkey';
            columns: ['currency'];
            isOneToOne: true;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
        ];
      };
      instant_payouts: {
        Row: {
          arrived_at: string | null;
          attempt_started_at: string | null;
          created_at: string;
          fallback_reason: string | null;
          idempotency_key: string | null;
          payout_id: string;
          quoted_fee: number;
          request: Json | null;
          status: Database['public']['Enums']['instant_status'];
          stripe_account_id: string | null;
          stripe_payout_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          arrived_at?: string | null;
          attempt_started_at?: string | null;
          created_at?: string;
          fallback_reason?: string | null;
          idempotency_key?: string | null;
          payout_id: string;
          quoted_fee: number;
          request?: Json | null;
          status?: Database['public']['Enums']['instant_status'];
          stripe_account_id?: string | null;
          stripe_payout_id?: string | null;
        };
        Update: {
          arrived_at?: string | null;
          attempt_started_at?: string | null;
          created_at?: string;
          fallback_reason?: string | null;
          idempotency_key?: string | null;
          payout_id?: string;
          quoted_fee?: number;
          request?: Json | null;
          status?: Database['public']['Enums']['instant_status'];
          stripe_account_id?: string | null;
          stripe_payout_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'instant_payouts_payout_id_fkey';
            columns: ['payout_id'];
            isOneToOne: true;
            referencedRelation: 'payouts';
            referencedColumns: ['id'];
          },
        ];
      };
      lead_activities: {
        Row: {
          activity_type: Database['public']['Enums']['lead_activity_type'];
          changed_xid: unknown;
          created_at: string;
          field_rev: NonNullable<Json>;
          id: string;
          lead_id: string;
          notes: string | null;
          partner_id: string;
          rev: number;
        };
        ComputedFields: never;
        Insert: {
          activity_type: Database['public']['Enums']['lead_activity_type'];
          changed_xid?: unknown;
          created_at?: string;
          field_rev?: NonNullable<Json>;
          id?: string;
          lead_id: string;
          notes?: string | null;
          partner_id?: string;
          rev?: number;
        };
        Update: {
          activity_type?: Database['public']['Enums']['lead_activity_type'];
          changed_xid?: unknown;
          created_at?: string;
          field_rev?: NonNullable<Json>;
          id?: string;
          lead_id?: string;
          notes?: string | null;
          partner_id?: string;
          rev?: number;
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
          {
            foreignKeyName: 'lead_activities_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_activities_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      lead_attachments: {
        Row: {
          activity_id: string | null;
          created_at: string;
          duration_seconds: number | null;
          file_name: string;
          id: string;
          lead_id: string;
          mime_type: string;
          partner_id: string;
          path: string;
          size_bytes: number;
        };
        ComputedFields: never;
        Insert: {
          activity_id?: string | null;
          created_at?: string;
          duration_seconds?: number | null;
          file_name: string;
          id?: string;
          lead_id: string;
          mime_type: string;
          partner_id?: string;
          path?: never;
          size_bytes: number;
        };
        Update: {
          activity_id?: string | null;
          created_at?: string;
          duration_seconds?: number | null;
          file_name?: string;
          id?: string;
          lead_id?: string;
          mime_type?: string;
          partner_id?: string;
          path?: never;
          size_bytes?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_attachments_activity_id_fkey';
            columns: ['activity_id'];
            isOneToOne: false;
            referencedRelation: 'lead_activities';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_attachments_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_attachments_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_attachments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_attachments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_attachments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      lead_conflicts: {
        Row: {
          created_at: string;
          decided_at: string | null;
          decided_by: string | null;
          decision: Database['public']['Enums']['conflict_decision'] | null;
          due_at: string;
          escalated_at: string | null;
          existing_lead_id: string;
          id: string;
          match_kinds: string[];
          new_lead_id: string;
          reason: string | null;
          state: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: Database['public']['Enums']['conflict_decision'] | null;
          due_at?: string;
          escalated_at?: string | null;
          existing_lead_id: string;
          id?: string;
          match_kinds: string[];
          new_lead_id: string;
          reason?: string | null;
          state?: string;
        };
        Update: {
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: Database['public']['Enums']['conflict_decision'] | null;
          due_at?: string;
          escalated_at?: string | null;
          existing_lead_id?: string;
          id?: string;
          match_kinds?: string[];
          new_lead_id?: string;
          reason?: string | null;
          state?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_conflicts_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_conflicts_existing_lead_id_fkey';
            columns: ['existing_lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_conflicts_existing_lead_id_fkey';
            columns: ['existing_lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_conflicts_new_lead_id_fkey';
            columns: ['new_lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_conflicts_new_lead_id_fkey';
            columns: ['new_lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
        ];
      };
      lead_score_rules: {
        Row: {
          active: boolean;
          component: Database['public']['Enums']['lead_score_component'];
          expected_number: number | null;
          expected_text: string | null;
          fact: Database['public']['Enums']['lead_fact'];
          id: string;
          label: string;
          operator: string;
          points: number;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          component: Database['public']['Enums']['lead_score_component'];
          expected_number?: number | null;
          expected_text?: string | null;
          fact: Database['public']['Enums']['lead_fact'];
          id?: string;
          label: string;
          operator: string;
          points: number;
        };
        Update: {
          active?: boolean;
          component?: Database['public']['Enums']['lead_score_component'];
          expected_number?: number | null;
          expected_text?: string | null;
          fact?: Database['public']['Enums']['lead_fact'];
          id?: string;
          label?: string;
          operator?: string;
          points?: number;
        };
        Relationships: [];
      };
      lead_score_versions: {
        Row: {
          created_at: string;
          note: string;
          published_by: string | null;
          request_id: string;
          rules: NonNullable<Json>;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          note: string;
          published_by?: string | null;
          request_id?: string;
          rules: NonNullable<Json>;
          version?: never;
        };
        Update: {
          created_at?: string;
          note?: string;
          published_by?: string | null;
          request_id?: string;
          rules?: NonNullable<Json>;
          version?: never;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_score_versions_published_by_fkey';
            columns: ['published_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      lead_scores: {
        Row: {
          lead_id: string;
          score: number;
          scored_at: string;
        };
        ComputedFields: never;
        Insert: {
          lead_id: string;
          score: number;
          scored_at?: string;
        };
        Update: {
          lead_id?: string;
          score?: number;
          scored_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_scores_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_scores_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: true;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
        ];
      };
      lead_shares: {
        Row: {
          created_at: string;
          id: string;
          lead_id: string;
          may_edit: boolean;
          partner_id: string | null;
          revoked_at: string | null;
          shared_by: string;
          team_leader_id: string | null;
          until: string | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          lead_id: string;
          may_edit?: boolean;
          partner_id?: string | null;
          revoked_at?: string | null;
          shared_by: string;
          team_leader_id?: string | null;
          until?: string | null;
        };
        Update: {
          created_at?: string;
          id?: string;
          lead_id?: string;
          may_edit?: boolean;
          partner_id?: string | null;
          revoked_at?: string | null;
          shared_by?: string;
          team_leader_id?: string | null;
          until?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_shares_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'lead_shares_shared_by_fkey';
            columns: ['shared_by'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_shared_by_fkey';
            columns: ['shared_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_shared_by_fkey';
            columns: ['shared_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'lead_shares_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_shares_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      leaderboard_scores: {
        Row: {
          country: string | null;
          deals: number;
          leader_id: string | null;
          partner_id: string;
          period: Database['public']['Enums']['score_period'];
          points: number;
          reached_at: string;
          starts_on: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        ComputedFields: never;
        Insert: {
          country?: string | null;
          deals?: number;
          leader_id?: string | null;
          partner_id: string;
          period: Database['public']['Enums']['score_period'];
          points?: number;
          reached_at?: string;
          starts_on: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Update: {
          country?: string | null;
          deals?: number;
          leader_id?: string | null;
          partner_id?: string;
          period?: Database['public']['Enums']['score_period'];
          points?: number;
          reached_at?: string;
          starts_on?: string;
          tier?: Database['public']['Enums']['partner_tier'];
        };
        Relationships: [
          {
            foreignKeyName: 'leaderboard_scores_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leaderboard_scores_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leaderboard_scores_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'leaderboard_scores_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leaderboard_scores_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leaderboard_scores_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'leaderboard_scores_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      leaderboard_snapshots: {
        Row: {
          deals: number;
          partner_id: string;
          period: Database['public']['Enums']['score_period'];
          points: number;
          rank: number;
          starts_on: string;
          taken_at: string;
          tier_rank: number;
        };
        ComputedFields: never;
        Insert: {
          deals: number;
          partner_id: string;
          period: Database['public']['Enums']['score_period'];
          points: number;
          rank: number;
          starts_on: string;
          taken_at: string;
          tier_rank: number;
        };
        Update: {
          deals?: number;
          partner_id?: string;
          period?: Database['public']['Enums']['score_period'];
          points?: number;
          rank?: number;
          starts_on?: string;
          taken_at?: string;
          tier_rank?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'leaderboard_snapshots_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leaderboard_snapshots_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leaderboard_snapshots_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      leads: {
        Row: {
          attribution_data: Json | null;
          campaign: string | null;
          changed_xid: unknown;
          company_name: string;
          contact_email: string | null;
          contact_name: string | null;
          contact_phone: string | null;
          created_at: string;
          currency: string;
          deleted_at: string | null;
          deleted_reason: string | null;
          email_domain: string | null;
          estimated_value: number | null;
          field_rev: NonNullable<Json>;
          id: string;
          in_conflict: boolean;
          last_activity_at: string;
          lost_reason: string | null;
          next_action: string | null;
          next_action_date: string | null;
          normalised_company: string | null;
          normalised_email: string | null;
          normalised_phone: string | null;
          notes: string | null;
          partner_id: string;
          project_type: string | null;
          protected_until: string | null;
          referral_link_id: string | null;
          registered_at: string | null;
          rev: number;
          source: string | null;
          stage_entered_at: string;
          status: Database['public']['Enums']['lead_status'];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          attribution_data?: Json | null;
          campaign?: string | null;
          changed_xid?: unknown;
          company_name: string;
          contact_email?: string | null;
          contact_name?: string | null;
          contact_phone?: string | null;
          created_at?: string;
          currency?: string;
          deleted_at?: string | null;
          deleted_reason?: string | null;
          email_domain?: string | null;
          estimated_value?: number | null;
          field_rev?: NonNullable<Json>;
          id?: string;
          in_conflict?: boolean;
          last_activity_at?: string;
          lost_reason?: string | null;
          next_action?: string | null;
          next_action_date?: string | null;
          normalised_company?: string | null;
          normalised_email?: string | null;
          normalised_phone?: string | null;
          notes?: string | null;
          partner_id?: string;
          project_type?: string | null;
          protected_until?: string | null;
          referral_link_id?: string | null;
          registered_at?: string | null;
          rev?: number;
          source?: string | null;
          stage_entered_at?: string;
          status?: Database['public']['Enums']['lead_status'];
          updated_at?: string;
        };
        Update: {
          attribution_data?: Json | null;
          campaign?: string | null;
          changed_xid?: unknown;
          company_name?: string;
          contact_email?: string | null;
          contact_name?: string | null;
          contact_phone?: string | null;
          created_at?: string;
          currency?: string;
          deleted_at?: string | null;
          deleted_reason?: string | null;
          email_domain?: string | null;
          estimated_value?: number | null;
          field_rev?: NonNullable<Json>;
          id?: string;
          in_conflict?: boolean;
          last_activity_at?: string;
          lost_reason?: string | null;
          next_action?: string | null;
          next_action_date?: string | null;
          normalised_company?: string | null;
          normalised_email?: string | null;
          normalised_phone?: string | null;
          notes?: string | null;
          partner_id?: string;
          project_type?: string | null;
          protected_until?: string | null;
          referral_link_id?: string | null;
          registered_at?: string | null;
          rev?: number;
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
          {
            foreignKeyName: 'leads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'leads_referral_link_id_fkey';
            columns: ['referral_link_id'];
            isOneToOne: false;
            referencedRelation: 'referral_links';
            referencedColumns: ['id'];
          },
        ];
      };
      lesson_progress: {
        Row: {
          changed_xid: unknown;
          completed_at: string | null;
          created_at: string;
          field_rev: NonNullable<Json>;
          id: string;
          lesson_id: string;
          partner_id: string;
          position_seconds: number;
          rev: number;
          started_at: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          changed_xid?: unknown;
          completed_at?: string | null;
          created_at?: string;
          field_rev?: NonNullable<Json>;
          id?: string;
          lesson_id: string;
          partner_id?: string;
          position_seconds?: number;
          rev?: number;
          started_at?: string;
          updated_at?: string;
        };
        Update: {
          changed_xid?: unknown;
          completed_at?: string | null;
          created_at?: string;
          field_rev?: NonNullable<Json>;
          id?: string;
          lesson_id?: string;
          partner_id?: string;
          position_seconds?: number;
          rev?: number;
          started_at?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'lesson_progress_lesson_id_fkey';
            columns: ['lesson_id'];
            isOneToOne: false;
            referencedRelation: 'lessons';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_progress_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_progress_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_progress_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      lessons: {
        Row: {
          body: string;
          completion_rule: string | null;
          created_at: string;
          duration_seconds: number | null;
          file_path: string | null;
          id: string;
          kind: Database['public']['Enums']['lesson_kind'];
          module_id: string;
          position: number;
          retired_at: string | null;
          search: unknown;
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          body?: string;
          completion_rule?: never;
          created_at?: string;
          duration_seconds?: number | null;
          file_path?: string | null;
          id?: string;
          kind: Database['public']['Enums']['lesson_kind'];
          module_id: string;
          position: number;
          retired_at?: string | null;
          search?: never;
          title: string;
          updated_at?: string;
        };
        Update: {
          body?: string;
          completion_rule?: never;
          created_at?: string;
          duration_seconds?: number | null;
          file_path?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['lesson_kind'];
          module_id?: string;
          position?: number;
          retired_at?: string | null;
          search?: never;
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'lessons_module_id_fkey';
            columns: ['module_id'];
            isOneToOne: false;
            referencedRelation: 'training_modules';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lessons_module_id_fkey';
            columns: ['module_id'];
            isOneToOne: false;
            referencedRelation: 'training_progress';
            referencedColumns: ['module_id'];
          },
        ];
      };
      link_clicks: {
        Row: {
          clicked_at: string;
          country: string | null;
          device: string;
          id: number;
          link_id: string;
          visitor: string;
        };
        ComputedFields: never;
        Insert: {
          clicked_at?: string;
          country?: string | null;
          device: string;
          id?: never;
          link_id: string;
          visitor: string;
        };
        Update: {
          clicked_at?: string;
          country?: string | null;
          device?: string;
          id?: never;
          link_id?: string;
          visitor?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'link_clicks_link_id_fkey';
            columns: ['link_id'];
            isOneToOne: false;
            referencedRelation: 'referral_links';
            referencedColumns: ['id'];
          },
        ];
      };
      link_destinations: {
        Row: {
          active: boolean;
          label: string;
          path: string;
          slug: string;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          label: string;
          path: string;
          slug: string;
        };
        Update: {
          active?: boolean;
          label?: string;
          path?: string;
          slug?: string;
        };
        Relationships: [];
      };
      marketing_assets: {
        Row: {
          archived_at: string | null;
          category: Database['public']['Enums']['asset_category'];
          created_at: string;
          customisable: boolean;
          description: string | null;
          download_count: number;
          file_size: number | null;
          file_type: string | null;
          file_url: string | null;
          id: string;
          published: boolean;
          search: unknown;
          tier_requirement: Database['public']['Enums']['partner_tier'];
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          category: Database['public']['Enums']['asset_category'];
          created_at?: string;
          customisable?: boolean;
          description?: string | null;
          download_count?: number;
          file_size?: number | null;
          file_type?: string | null;
          file_url?: string | null;
          id?: string;
          published?: boolean;
          search?: never;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
          updated_at?: string;
        };
        Update: {
          archived_at?: string | null;
          category?: Database['public']['Enums']['asset_category'];
          created_at?: string;
          customisable?: boolean;
          description?: string | null;
          download_count?: number;
          file_size?: number | null;
          file_type?: string | null;
          file_url?: string | null;
          id?: string;
          published?: boolean;
          search?: never;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'marketing_assets_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      message_edits: {
        Row: {
          edited_at: string;
          id: string;
          message: string;
          message_id: string;
        };
        ComputedFields: never;
        Insert: {
          edited_at?: string;
          id?: string;
          message: string;
          message_id: string;
        };
        Update: {
          edited_at?: string;
          id?: string;
          message?: string;
          message_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'message_edits_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
        ];
      };
      message_mentions: {
        Row: {
          channel_id: string;
          message_id: string;
          partner_id: string;
          seq: number;
        };
        ComputedFields: never;
        Insert: {
          channel_id: string;
          message_id: string;
          partner_id: string;
          seq: number;
        };
        Update: {
          channel_id?: string;
          message_id?: string;
          partner_id?: string;
          seq?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'message_mentions_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_mentions_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_mentions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_mentions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_mentions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      message_pins: {
        Row: {
          channel_id: string;
          message_id: string;
          pinned_at: string;
          pinned_by: string | null;
        };
        ComputedFields: never;
        Insert: {
          channel_id: string;
          message_id: string;
          pinned_at?: string;
          pinned_by?: string | null;
        };
        Update: {
          channel_id?: string;
          message_id?: string;
          pinned_at?: string;
          pinned_by?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'message_pins_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_pins_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: true;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_pins_pinned_by_fkey';
            columns: ['pinned_by'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_pins_pinned_by_fkey';
            columns: ['pinned_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_pins_pinned_by_fkey';
            columns: ['pinned_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      message_reactions: {
        Row: {
          created_at: string;
          emoji: string;
          message_id: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          emoji: string;
          message_id: string;
          partner_id: string;
        };
        Update: {
          created_at?: string;
          emoji?: string;
          message_id?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'message_reactions_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reactions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reactions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reactions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      message_reports: {
        Row: {
          case_id: string | null;
          created_at: string;
          decided_at: string | null;
          decided_by: string | null;
          decision_note: string | null;
          disclosed_text: string;
          id: string;
          message_id: string;
          reason: string;
          reporter_id: string;
          state: Database['public']['Enums']['report_state'];
        };
        ComputedFields: never;
        Insert: {
          case_id?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision_note?: string | null;
          disclosed_text: string;
          id?: string;
          message_id: string;
          reason: string;
          reporter_id: string;
          state?: Database['public']['Enums']['report_state'];
        };
        Update: {
          case_id?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          decision_note?: string | null;
          disclosed_text?: string;
          id?: string;
          message_id?: string;
          reason?: string;
          reporter_id?: string;
          state?: Database['public']['Enums']['report_state'];
        };
        Relationships: [
          {
            foreignKeyName: 'message_reports_case_id_fkey';
            columns: ['case_id'];
            isOneToOne: false;
            referencedRelation: 'moderation_cases';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reports_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reports_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reports_reporter_id_fkey';
            columns: ['reporter_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reports_reporter_id_fkey';
            columns: ['reporter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_reports_reporter_id_fkey';
            columns: ['reporter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      message_template_versions: {
        Row: {
          body: string;
          created_at: string;
          saved_by: string | null;
          subject: string | null;
          template_id: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          body: string;
          created_at?: string;
          saved_by?: string | null;
          subject?: string | null;
          template_id: string;
          version: number;
        };
        Update: {
          body?: string;
          created_at?: string;
          saved_by?: string | null;
          subject?: string | null;
          template_id?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'message_template_versions_saved_by_fkey';
            columns: ['saved_by'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_template_versions_saved_by_fkey';
            columns: ['saved_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_template_versions_saved_by_fkey';
            columns: ['saved_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'message_template_versions_template_id_fkey';
            columns: ['template_id'];
            isOneToOne: false;
            referencedRelation: 'current_templates';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_template_versions_template_id_fkey';
            columns: ['template_id'];
            isOneToOne: false;
            referencedRelation: 'message_templates';
            referencedColumns: ['id'];
          },
        ];
      };
      message_templates: {
        Row: {
          archived_at: string | null;
          channel: Database['public']['Enums']['template_channel'];
          created_at: string;
          current_version: number;
          id: string;
          partner_id: string | null;
          title: string;
          updated_at: string;
          visibility: Database['public']['Enums']['template_visibility'];
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          channel: Database['public']['Enums']['template_channel'];
          created_at?: string;
          current_version?: number;
          id?: string;
          partner_id?: string | null;
          title: string;
          updated_at?: string;
          visibility?: Database['public']['Enums']['template_visibility'];
        };
        Update: {
          archived_at?: string | null;
          channel?: Database['public']['Enums']['template_channel'];
          created_at?: string;
          current_version?: number;
          id?: string;
          partner_id?: string | null;
          title?: string;
          updated_at?: string;
          visibility?: Database['public']['Enums']['template_visibility'];
        };
        Relationships: [
          {
            foreignKeyName: 'message_templates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_templates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_templates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      moderation_actions: {
        Row: {
          action: string;
          case_id: string | null;
          channel_id: string;
          created_at: string;
          id: string;
          message_id: string | null;
          note: string | null;
          partner_id: string | null;
          staff_id: string;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          case_id?: string | null;
          channel_id: string;
          created_at?: string;
          id?: string;
          message_id?: string | null;
          note?: string | null;
          partner_id?: string | null;
          staff_id: string;
        };
        Update: {
          action?: string;
          case_id?: string | null;
          channel_id?: string;
          created_at?: string;
          id?: string;
          message_id?: string | null;
          note?: string | null;
          partner_id?: string | null;
          staff_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'moderation_actions_case_id_fkey';
            columns: ['case_id'];
            isOneToOne: false;
            referencedRelation: 'moderation_cases';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'moderation_actions_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'moderation_actions_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'chat_messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'moderation_actions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'moderation_actions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'moderation_actions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'moderation_actions_staff_id_fkey';
            columns: ['staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      moderation_cases: {
        Row: {
          channel_id: string;
          closed_at: string | null;
          id: string;
          opened_at: string;
          opened_by: string;
          outcome: string | null;
          reason: string;
        };
        ComputedFields: never;
        Insert: {
          channel_id: string;
          closed_at?: string | null;
          id?: string;
          opened_at?: string;
          opened_by: string;
          outcome?: string | null;
          reason: string;
        };
        Update: {
          channel_id?: string;
          closed_at?: string | null;
          id?: string;
          opened_at?: string;
          opened_by?: string;
          outcome?: string | null;
          reason?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'moderation_cases_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'moderation_cases_opened_by_fkey';
            columns: ['opened_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      notification_preferences: {
        Row: {
          channel: Database['public']['Enums']['notification_channel'];
          enabled: boolean;
          partner_id: string;
          type: Database['public']['Enums']['notification_type'];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          channel: Database['public']['Enums']['notification_channel'];
          enabled: boolean;
          partner_id: string;
          type: Database['public']['Enums']['notification_type'];
          updated_at?: string;
        };
        Update: {
          channel?: Database['public']['Enums']['notification_channel'];
          enabled?: boolean;
          partner_id?: string;
          type?: Database['public']['Enums']['notification_type'];
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'notification_preferences_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notification_preferences_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notification_preferences_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
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
          {
            foreignKeyName: 'notifications_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notifications_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      partner_blocks: {
        Row: {
          blocked_id: string;
          created_at: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          blocked_id: string;
          created_at?: string;
          partner_id: string;
        };
        Update: {
          blocked_id?: string;
          created_at?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'partner_blocks_blocked_id_fkey';
            columns: ['blocked_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_blocks_blocked_id_fkey';
            columns: ['blocked_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_blocks_blocked_id_fkey';
            columns: ['blocked_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'partner_blocks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_blocks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_blocks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      partner_directory: {
        Row: {
          avatar_path: string | null;
          country: string | null;
          current_tier: Database['public']['Enums']['partner_tier'];
          id: string;
          listed: boolean;
          name: string;
          region: string | null;
          since: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          avatar_path?: string | null;
          country?: string | null;
          current_tier: Database['public']['Enums']['partner_tier'];
          id: string;
          listed: boolean;
          name: string;
          region?: string | null;
          since: string;
          updated_at?: string;
        };
        Update: {
          avatar_path?: string | null;
          country?: string | null;
          current_tier?: Database['public']['Enums']['partner_tier'];
          id?: string;
          listed?: boolean;
          name?: string;
          region?: string | null;
          since?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'partner_directory_current_tier_fkey';
            columns: ['current_tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
          {
            foreignKeyName: 'partner_directory_id_fkey';
            columns: ['id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_directory_id_fkey';
            columns: ['id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_directory_id_fkey';
            columns: ['id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      partner_presence: {
        Row: {
          partner_id: string;
          status: Database['public']['Enums']['presence_status'];
          status_text: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          partner_id: string;
          status?: Database['public']['Enums']['presence_status'];
          status_text?: string | null;
          updated_at?: string;
        };
        Update: {
          partner_id?: string;
          status?: Database['public']['Enums']['presence_status'];
          status_text?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'partner_presence_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_presence_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_presence_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      partner_teams: {
        Row: {
          created_at: string;
          decided_by: string | null;
          ended_reason: string | null;
          id: string;
          override_percentage: number;
          reason: string;
          status: string;
          team_leader_id: string;
          team_member_id: string;
          valid_from: string;
          valid_to: string | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          decided_by?: string | null;
          ended_reason?: string | null;
          id?: string;
          override_percentage?: number;
          reason?: string;
          status?: never;
          team_leader_id: string;
          team_member_id: string;
          valid_from?: string;
          valid_to?: string | null;
        };
        Update: {
          created_at?: string;
          decided_by?: string | null;
          ended_reason?: string | null;
          id?: string;
          override_percentage?: number;
          reason?: string;
          status?: never;
          team_leader_id?: string;
          team_member_id?: string;
          valid_from?: string;
          valid_to?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'partner_teams_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'partner_teams_team_member_id_fkey';
            columns: ['team_member_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_member_id_fkey';
            columns: ['team_member_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_member_id_fkey';
            columns: ['team_member_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      partner_tier_history: {
        Row: {
          deals_at_entry: number | null;
          decided_by: string | null;
          hold_until: string | null;
          id: string;
          kind: string;
          partner_id: string;
          plan_id: string | null;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
          valid_from: string;
          valid_to: string | null;
        };
        ComputedFields: never;
        Insert: {
          deals_at_entry?: number | null;
          decided_by?: string | null;
          hold_until?: string | null;
          id?: string;
          kind?: string;
          partner_id: string;
          plan_id?: string | null;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string | null;
        };
        Update: {
          deals_at_entry?: number | null;
          decided_by?: string | null;
          hold_until?: string | null;
          id?: string;
          kind?: string;
          partner_id?: string;
          plan_id?: string | null;
          reason?: string;
          tier?: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'partner_tier_history_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_tier_history_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_tier_history_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_tier_history_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'partner_tier_history_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
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
          avatar_path: string | null;
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
          status_changed_at: string | null;
          status_reason: string | null;
          team_leader_id: string | null;
          timezone: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          avatar_path?: string | null;
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
          status_changed_at?: string | null;
          status_reason?: string | null;
          team_leader_id?: string | null;
          timezone?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          avatar_path?: string | null;
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
          status_changed_at?: string | null;
          status_reason?: string | null;
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
          {
            foreignKeyName: 'partners_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partners_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      partnership_requests: {
        Row: {
          answer: string | null;
          answered_at: string | null;
          answered_by: string | null;
          created_at: string;
          id: string;
          kind: string;
          message: string;
          partner_id: string;
          status: Database['public']['Enums']['request_status'];
        };
        ComputedFields: never;
        Insert: {
          answer?: string | null;
          answered_at?: string | null;
          answered_by?: string | null;
          created_at?: string;
          id?: string;
          kind: string;
          message: string;
          partner_id?: string;
          status?: Database['public']['Enums']['request_status'];
        };
        Update: {
          answer?: string | null;
          answered_at?: string | null;
          answered_by?: string | null;
          created_at?: string;
          id?: string;
          kind?: string;
          message?: string;
          partner_id?: string;
          status?: Database['public']['Enums']['request_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'partnership_requests_answered_by_fkey';
            columns: ['answered_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partnership_requests_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partnership_requests_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partnership_requests_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
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
          {
            foreignKeyName: 'payout_account_links_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_account_links_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      payout_accounts: {
        Row: {
          accounts_before: number;
          connected_with_mfa_at: string | null;
          country: string | null;
          created_at: string;
          destination_changed_at: string | null;
          destination_fingerprint: string | null;
          destination_label: string | null;
          looks_begun: number;
          looks_saved: number;
          partner_id: string;
          requirements_due: string[];
          security_changed_at: string | null;
          status: Database['public']['Enums']['payout_account_status'];
          stripe_account_id: string | null;
          tax_status: Database['public']['Enums']['tax_status'];
          tax_told_year: number | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          accounts_before?: number;
          connected_with_mfa_at?: string | null;
          country?: string | null;
          created_at?: string;
          destination_changed_at?: string | null;
          destination_fingerprint?: string | null;
          destination_label?: string | null;
          looks_begun?: number;
          looks_saved?: number;
          partner_id: string;
          requirements_due?: string[];
          security_changed_at?: string | null;
          status?: Database['public']['Enums']['payout_account_status'];
          stripe_account_id?: string | null;
          tax_status?: Database['public']['Enums']['tax_status'];
          tax_told_year?: number | null;
          updated_at?: string;
        };
        Update: {
          accounts_before?: number;
          connected_with_mfa_at?: string | null;
          country?: string | null;
          created_at?: string;
          destination_changed_at?: string | null;
          destination_fingerprint?: string | null;
          destination_label?: string | null;
          looks_begun?: number;
          looks_saved?: number;
          partner_id?: string;
          requirements_due?: string[];
          security_changed_at?: string | null;
          status?: Database['public']['Enums']['payout_account_status'];
          stripe_account_id?: string | null;
          tax_status?: Database['public']['Enums']['tax_status'];
          tax_told_year?: number | null;
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
          {
            foreignKeyName: 'payout_accounts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_accounts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      payout_approvals: {
        Row: {
          decided_at: string;
          decision: string;
          payout_id: string;
          reason: string | null;
          staff_id: string;
        };
        ComputedFields: never;
        Insert: {
          decided_at?: string;
          decision: string;
          payout_id: string;
          reason?: string | null;
          staff_id: string;
        };
        Update: {
          decided_at?: string;
          decision?: string;
          payout_id?: string;
          reason?: string | null;
          staff_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'payout_approvals_payout_id_fkey';
            columns: ['payout_id'];
            isOneToOne: false;
            referencedRelation: 'payouts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_approvals_staff_id_fkey';
            columns: ['staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      payout_countries: {
        Row: {
          country: string;
          currency: string;
          instant: boolean;
          is_open: boolean;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          country: string;
          currency: string;
          instant: boolean;
          is_open?: boolean;
          updated_at?: string;
        };
        Update: {
          country?: string;
          currency?: string;
          instant?: boolean;
          is_open?: boolean;
          updated_at?: string;
        };
        Relationships: [];
      };
      payout_holds: {
        Row: {
          ended_at: string | null;
          ended_by: string | null;
          ended_reason: string | null;
          id: string;
          partner_id: string;
          placed_at: string;
          placed_by: string | null;
          reason: string;
        };
        ComputedFields: never;
        Insert: {
          ended_at?: string | null;
          ended_by?: string | null;
          ended_reason?: string | null;
          id?: string;
          partner_id: string;
          placed_at?: string;
          placed_by?: string | null;
          reason: string;
        };
        Update: {
          ended_at?: string | null;
          ended_by?: string | null;
          ended_reason?: string | null;
          id?: string;
          partner_id?: string;
          placed_at?: string;
          placed_by?: string | null;
          reason?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'payout_holds_ended_by_fkey';
            columns: ['ended_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_holds_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_holds_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_holds_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'payout_holds_placed_by_fkey';
            columns: ['placed_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
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
          minor_digits: number;
          yardstick: number;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          currency: string;
          minor_digits?: number;
          yardstick: number;
        };
        Update: {
          amount?: number;
          currency?: string;
          minor_digits?: number;
          yardstick?: number;
        };
        Relationships: [];
      };
      payout_reversals: {
        Row: {
          amount: number;
          attempt_started_at: string | null;
          created_at: string;
          decided_by: string | null;
          done_at: string | null;
          failure_code: string | null;
          failure_message: string | null;
          id: string;
          idempotency_key: string | null;
          payout_id: string;
          proposed_by: string | null;
          reason: string;
          request: Json | null;
          request_id: string | null;
          settled: number;
          status: Database['public']['Enums']['reversal_status'];
          stripe_reversal_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          attempt_started_at?: string | null;
          created_at?: string;
          decided_by?: string | null;
          done_at?: string | null;
          failure_code?: string | null;
          failure_message?: string | null;
          id?: string;
          idempotency_key?: string | null;
          payout_id: string;
          proposed_by?: string | null;
          reason: string;
          request?: Json | null;
          request_id?: string | null;
          settled?: number;
          status: Database['public']['Enums']['reversal_status'];
          stripe_reversal_id?: string | null;
        };
        Update: {
          amount?: number;
          attempt_started_at?: string | null;
          created_at?: string;
          decided_by?: string | null;
          done_at?: string | null;
          failure_code?: string | null;
          failure_message?: string | null;
          id?: string;
          idempotency_key?: string | null;
          payout_id?: string;
          proposed_by?: string | null;
          reason?: string;
          request?: Json | null;
          request_id?: string | null;
          settled?: number;
          status?: Database['public']['Enums']['reversal_status'];
          stripe_reversal_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'payout_reversals_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_reversals_payout_id_fkey';
            columns: ['payout_id'];
            isOneToOne: false;
            referencedRelation: 'payouts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_reversals_proposed_by_fkey';
            columns: ['proposed_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      payout_runs: {
        Row: {
          approved_by: string | null;
          created_at: string;
          created_by: string | null;
          executed_by: string | null;
          finished_at: string | null;
          id: string;
          key: string;
          kind: Database['public']['Enums']['payout_kind'];
          payouts: number;
          preview: NonNullable<Json>;
          reached: string | null;
          reconciled_at: string | null;
          reconciled_by: string | null;
          skipped: NonNullable<Json>;
          started_at: string | null;
          status: Database['public']['Enums']['payout_run_status'];
        };
        ComputedFields: never;
        Insert: {
          approved_by?: string | null;
          created_at?: string;
          created_by?: string | null;
          executed_by?: string | null;
          finished_at?: string | null;
          id?: string;
          key: string;
          kind?: Database['public']['Enums']['payout_kind'];
          payouts?: number;
          preview?: NonNullable<Json>;
          reached?: string | null;
          reconciled_at?: string | null;
          reconciled_by?: string | null;
          skipped?: NonNullable<Json>;
          started_at?: string | null;
          status: Database['public']['Enums']['payout_run_status'];
        };
        Update: {
          approved_by?: string | null;
          created_at?: string;
          created_by?: string | null;
          executed_by?: string | null;
          finished_at?: string | null;
          id?: string;
          key?: string;
          kind?: Database['public']['Enums']['payout_kind'];
          payouts?: number;
          preview?: NonNullable<Json>;
          reached?: string | null;
          reconciled_at?: string | null;
          reconciled_by?: string | null;
          skipped?: NonNullable<Json>;
          started_at?: string | null;
          status?: Database['public']['Enums']['payout_run_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'payout_runs_approved_by_fkey';
            columns: ['approved_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_runs_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_runs_executed_by_fkey';
            columns: ['executed_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payout_runs_reconciled_by_fkey';
            columns: ['reconciled_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      payouts: {
        Row: {
          amount: number;
          approvals_needed: number;
          approvals_when_asked: number | null;
          attempt: number;
          attempt_refused: boolean;
          attempt_started_at: string | null;
          country: string | null;
          currency: string;
          failure_code: string | null;
          failure_message: string | null;
          fee: number;
          id: string;
          idempotency_key: string | null;
          kind: Database['public']['Enums']['payout_kind'];
          method: Database['public']['Enums']['payout_method'];
          paid_at: string | null;
          partner_id: string;
          plan_id: string;
          refund_of: string | null;
          request: Json | null;
          request_id: string;
          requested_at: string;
          requested_by: string | null;
          run_id: string | null;
          sent_at: string | null;
          status: Database['public']['Enums']['payout_status'];
          stripe_transfer_id: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          approvals_needed?: number;
          approvals_when_asked?: number | null;
          attempt?: number;
          attempt_refused?: boolean;
          attempt_started_at?: string | null;
          country?: string | null;
          currency: string;
          failure_code?: string | null;
          failure_message?: string | null;
          fee?: number;
          id?: string;
          idempotency_key?: string | null;
          kind?: Database['public']['Enums']['payout_kind'];
          method?: Database['public']['Enums']['payout_method'];
          paid_at?: string | null;
          partner_id: string;
          plan_id?: string;
          refund_of?: string | null;
          request?: Json | null;
          request_id: string;
          requested_at?: string;
          requested_by?: string | null;
          run_id?: string | null;
          sent_at?: string | null;
          status: Database['public']['Enums']['payout_status'];
          stripe_transfer_id?: string | null;
          updated_at?: string;
        };
        Update: {
          amount?: number;
          approvals_needed?: number;
          approvals_when_asked?: number | null;
          attempt?: number;
          attempt_refused?: boolean;
          attempt_started_at?: string | null;
          country?: string | null;
          currency?: string;
          failure_code?: string | null;
          failure_message?: string | null;
          fee?: number;
          id?: string;
          idempotency_key?: string | null;
          kind?: Database['public']['Enums']['payout_kind'];
          method?: Database['public']['Enums']['payout_method'];
          paid_at?: string | null;
          partner_id?: string;
          plan_id?: string;
          refund_of?: string | null;
          request?: Json | null;
          request_id?: string;
          requested_at?: string;
          requested_by?: string | null;
          run_id?: string | null;
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
          {
            foreignKeyName: 'payouts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payouts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'payouts_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payouts_refund_of_fkey';
            columns: ['refund_of'];
            isOneToOne: true;
            referencedRelation: 'payouts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payouts_requested_by_fkey';
            columns: ['requested_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'payouts_run_id_fkey';
            columns: ['run_id'];
            isOneToOne: false;
            referencedRelation: 'payout_runs';
            referencedColumns: ['id'];
          },
        ];
      };
      price_book: {
        Row: {
          amount: number;
          currency: string;
          description: string | null;
          id: string;
          name: string;
          tier_requirement: Database['public']['Enums']['partner_tier'];
          valid_from: string;
          valid_to: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount: number;
          currency: string;
          description?: string | null;
          id?: string;
          name: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string | null;
        };
        Update: {
          amount?: number;
          currency?: string;
          description?: string | null;
          id?: string;
          name?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'price_book_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'price_book_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      privacy_preferences: {
        Row: {
          partner_id: string;
          updated_at: string;
          usage_recording: boolean;
        };
        ComputedFields: never;
        Insert: {
          partner_id: string;
          updated_at?: string;
          usage_recording: boolean;
        };
        Update: {
          partner_id?: string;
          updated_at?: string;
          usage_recording?: boolean;
        };
        Relationships: [
          {
            foreignKeyName: 'privacy_preferences_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'privacy_preferences_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'privacy_preferences_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      proposals: {
        Row: {
          body: NonNullable<Json>;
          created_at: string;
          currency: string;
          id: string;
          lead_id: string;
          partner_id: string;
          status: Database['public']['Enums']['proposal_status'];
          title: string;
          total: number | null;
          updated_at: string;
          valid_until: string | null;
        };
        ComputedFields: never;
        Insert: {
          body?: NonNullable<Json>;
          created_at?: string;
          currency?: string;
          id?: string;
          lead_id: string;
          partner_id?: string;
          status?: Database['public']['Enums']['proposal_status'];
          title: string;
          total?: number | null;
          updated_at?: string;
          valid_until?: string | null;
        };
        Update: {
          body?: NonNullable<Json>;
          created_at?: string;
          currency?: string;
          id?: string;
          lead_id?: string;
          partner_id?: string;
          status?: Database['public']['Enums']['proposal_status'];
          title?: string;
          total?: number | null;
          updated_at?: string;
          valid_until?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'proposals_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'proposals_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'proposals_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'proposals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'proposals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'proposals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
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
          {
            foreignKeyName: 'push_subscriptions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'push_subscriptions_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      quiet_hours: {
        Row: {
          begins: string;
          ends: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          begins: string;
          ends: string;
          partner_id: string;
        };
        Update: {
          begins?: string;
          ends?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'quiet_hours_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiet_hours_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiet_hours_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      quiz_attempt_questions: {
        Row: {
          attempt_id: string;
          chosen_ids: string[] | null;
          correct: boolean | null;
          option_ids: string[];
          position: number;
          question_id: string;
        };
        ComputedFields: never;
        Insert: {
          attempt_id: string;
          chosen_ids?: string[] | null;
          correct?: boolean | null;
          option_ids: string[];
          position: number;
          question_id: string;
        };
        Update: {
          attempt_id?: string;
          chosen_ids?: string[] | null;
          correct?: boolean | null;
          option_ids?: string[];
          position?: number;
          question_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'quiz_attempt_questions_attempt_id_fkey';
            columns: ['attempt_id'];
            isOneToOne: false;
            referencedRelation: 'quiz_attempts';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiz_attempt_questions_question_id_fkey';
            columns: ['question_id'];
            isOneToOne: false;
            referencedRelation: 'quiz_questions';
            referencedColumns: ['id'];
          },
        ];
      };
      quiz_attempts: {
        Row: {
          closed_at: string | null;
          correct_count: number | null;
          expires_at: string;
          id: string;
          partner_id: string;
          passed: boolean | null;
          question_count: number;
          quiz_id: string;
          score: number | null;
          started_at: string;
          submitted_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          closed_at?: string | null;
          correct_count?: number | null;
          expires_at: string;
          id: string;
          partner_id: string;
          passed?: boolean | null;
          question_count: number;
          quiz_id: string;
          score?: number | null;
          started_at?: string;
          submitted_at?: string | null;
        };
        Update: {
          closed_at?: string | null;
          correct_count?: number | null;
          expires_at?: string;
          id?: string;
          partner_id?: string;
          passed?: boolean | null;
          question_count?: number;
          quiz_id?: string;
          score?: number | null;
          started_at?: string;
          submitted_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'quiz_attempts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiz_attempts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiz_attempts_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'quiz_attempts_quiz_id_fkey';
            columns: ['quiz_id'];
            isOneToOne: false;
            referencedRelation: 'quizzes';
            referencedColumns: ['id'];
          },
        ];
      };
      quiz_options: {
        Row: {
          id: string;
          label: string;
          position: number;
          question_id: string;
        };
        ComputedFields: never;
        Insert: {
          id?: string;
          label: string;
          position?: number;
          question_id: string;
        };
        Update: {
          id?: string;
          label?: string;
          position?: number;
          question_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'quiz_options_question_id_fkey';
            columns: ['question_id'];
            isOneToOne: false;
            referencedRelation: 'quiz_questions';
            referencedColumns: ['id'];
          },
        ];
      };
      quiz_questions: {
        Row: {
          created_at: string;
          id: string;
          position: number;
          question: string;
          quiz_id: string;
          replaces: string | null;
          retired_at: string | null;
          several: boolean;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          position?: number;
          question: string;
          quiz_id: string;
          replaces?: string | null;
          retired_at?: string | null;
          several?: boolean;
        };
        Update: {
          created_at?: string;
          id?: string;
          position?: number;
          question?: string;
          quiz_id?: string;
          replaces?: string | null;
          retired_at?: string | null;
          several?: boolean;
        };
        Relationships: [
          {
            foreignKeyName: 'quiz_questions_quiz_id_fkey';
            columns: ['quiz_id'];
            isOneToOne: false;
            referencedRelation: 'quizzes';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiz_questions_replaces_fkey';
            columns: ['replaces'];
            isOneToOne: true;
            referencedRelation: 'quiz_questions';
            referencedColumns: ['id'];
          },
        ];
      };
      quizzes: {
        Row: {
          created_at: string;
          id: string;
          lesson_id: string;
          max_attempts_per_day: number;
          pass_percentage: number;
          questions_drawn: number;
          time_limit_seconds: number;
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          lesson_id: string;
          max_attempts_per_day?: number;
          pass_percentage?: number;
          questions_drawn: number;
          time_limit_seconds?: number;
          title: string;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          lesson_id?: string;
          max_attempts_per_day?: number;
          pass_percentage?: number;
          questions_drawn?: number;
          time_limit_seconds?: number;
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'quizzes_lesson_id_fkey';
            columns: ['lesson_id'];
            isOneToOne: true;
            referencedRelation: 'lessons';
            referencedColumns: ['id'];
          },
        ];
      };
      rate_overrides: {
        Row: {
          approved_by: string;
          cap_bp: number | null;
          created_at: string;
          ended_by: string | null;
          ended_reason: string | null;
          floor_bp: number | null;
          id: string;
          lead_id: string | null;
          partner_id: string;
          rate_bp: number | null;
          reason: string;
          request_id: string;
          valid_from: string;
          valid_to: string | null;
        };
        ComputedFields: never;
        Insert: {
          approved_by: string;
          cap_bp?: number | null;
          created_at?: string;
          ended_by?: string | null;
          ended_reason?: string | null;
          floor_bp?: number | null;
          id?: string;
          lead_id?: string | null;
          partner_id: string;
          rate_bp?: number | null;
          reason: string;
          request_id: string;
          valid_from?: string;
          valid_to?: string | null;
        };
        Update: {
          approved_by?: string;
          cap_bp?: number | null;
          created_at?: string;
          ended_by?: string | null;
          ended_reason?: string | null;
          floor_bp?: number | null;
          id?: string;
          lead_id?: string | null;
          partner_id?: string;
          rate_bp?: number | null;
          reason?: string;
          request_id?: string;
          valid_from?: string;
          valid_to?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'rate_overrides_approved_by_fkey';
            columns: ['approved_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'rate_overrides_ended_by_fkey';
            columns: ['ended_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'rate_overrides_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'rate_overrides_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'rate_overrides_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'rate_overrides_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'rate_overrides_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      read_cursors: {
        Row: {
          channel_id: string;
          last_read_seq: number;
          partner_id: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          channel_id: string;
          last_read_seq?: number;
          partner_id: string;
          updated_at?: string;
        };
        Update: {
          channel_id?: string;
          last_read_seq?: number;
          partner_id?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'read_cursors_channel_id_fkey';
            columns: ['channel_id'];
            isOneToOne: false;
            referencedRelation: 'chat_channels';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'read_cursors_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'read_cursors_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'read_cursors_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      recruits: {
        Row: {
          recruit_id: string;
          recruiter_id: string;
          referral_link_id: string | null;
          since: string;
          source: string;
        };
        ComputedFields: never;
        Insert: {
          recruit_id: string;
          recruiter_id: string;
          referral_link_id?: string | null;
          since?: string;
          source: string;
        };
        Update: {
          recruit_id?: string;
          recruiter_id?: string;
          referral_link_id?: string | null;
          since?: string;
          source?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'recruits_recruit_id_fkey';
            columns: ['recruit_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'recruits_recruit_id_fkey';
            columns: ['recruit_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'recruits_recruit_id_fkey';
            columns: ['recruit_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'recruits_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'recruits_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'recruits_recruiter_id_fkey';
            columns: ['recruiter_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'recruits_referral_link_id_fkey';
            columns: ['referral_link_id'];
            isOneToOne: false;
            referencedRelation: 'referral_links';
            referencedColumns: ['id'];
          },
        ];
      };
      referral_links: {
        Row: {
          active: boolean;
          campaign: string | null;
          code: string;
          created_at: string;
          destination: string;
          id: string;
          partner_id: string;
          source: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          campaign?: string | null;
          code?: string;
          created_at?: string;
          destination?: string;
          id?: string;
          partner_id?: string;
          source?: string;
          updated_at?: string;
        };
        Update: {
          active?: boolean;
          campaign?: string | null;
          code?: string;
          created_at?: string;
          destination?: string;
          id?: string;
          partner_id?: string;
          source?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'referral_links_destination_fkey';
            columns: ['destination'];
            isOneToOne: false;
            referencedRelation: 'link_destinations';
            referencedColumns: ['slug'];
          },
          {
            foreignKeyName: 'referral_links_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'referral_links_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'referral_links_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      requirement_waivers: {
        Row: {
          created_at: string;
          granted_by: string;
          id: string;
          kind: Database['public']['Enums']['requirement_kind'];
          partner_id: string;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
          withdrawn_at: string | null;
          withdrawn_by: string | null;
          withdrawn_reason: string | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          granted_by: string;
          id?: string;
          kind: Database['public']['Enums']['requirement_kind'];
          partner_id: string;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
          withdrawn_at?: string | null;
          withdrawn_by?: string | null;
          withdrawn_reason?: string | null;
        };
        Update: {
          created_at?: string;
          granted_by?: string;
          id?: string;
          kind?: Database['public']['Enums']['requirement_kind'];
          partner_id?: string;
          reason?: string;
          tier?: Database['public']['Enums']['partner_tier'];
          withdrawn_at?: string | null;
          withdrawn_by?: string | null;
          withdrawn_reason?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'requirement_waivers_granted_by_fkey';
            columns: ['granted_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'requirement_waivers_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'requirement_waivers_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'requirement_waivers_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'requirement_waivers_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
          {
            foreignKeyName: 'requirement_waivers_withdrawn_by_fkey';
            columns: ['withdrawn_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      reseller_declarations: {
        Row: {
          ended_at: string | null;
          ended_by: string | null;
          granted_at: string;
          granted_by: string;
          id: string;
          partner_id: string;
          reason: string;
        };
        ComputedFields: never;
        Insert: {
          ended_at?: string | null;
          ended_by?: string | null;
          granted_at?: string;
          granted_by: string;
          id: string;
          partner_id: string;
          reason: string;
        };
        Update: {
          ended_at?: string | null;
          ended_by?: string | null;
          granted_at?: string;
          granted_by?: string;
          id?: string;
          partner_id?: string;
          reason?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'reseller_declarations_ended_by_fkey';
            columns: ['ended_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reseller_declarations_granted_by_fkey';
            columns: ['granted_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reseller_declarations_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reseller_declarations_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reseller_declarations_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      risk_holds: {
        Row: {
          client_dispute_id: string | null;
          commission_id: string | null;
          deal_id: string | null;
          decided_at: string | null;
          decided_by: string | null;
          decision: Database['public']['Enums']['hold_decision'] | null;
          decision_reason: string | null;
          detail: string | null;
          evidence_class: string;
          id: string;
          opened_at: string;
          opened_by: string;
          partner_id: string;
          reason_code: string;
          review_by: string;
          staff_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          client_dispute_id?: string | null;
          commission_id?: string | null;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: Database['public']['Enums']['hold_decision'] | null;
          decision_reason?: string | null;
          detail?: string | null;
          evidence_class: string;
          id?: string;
          opened_at?: string;
          opened_by: string;
          partner_id: string;
          reason_code: string;
          review_by: string;
          staff_id?: string | null;
        };
        Update: {
          client_dispute_id?: string | null;
          commission_id?: string | null;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: Database['public']['Enums']['hold_decision'] | null;
          decision_reason?: string | null;
          detail?: string | null;
          evidence_class?: string;
          id?: string;
          opened_at?: string;
          opened_by?: string;
          partner_id?: string;
          reason_code?: string;
          review_by?: string;
          staff_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'risk_holds_client_dispute_id_fkey';
            columns: ['client_dispute_id'];
            isOneToOne: false;
            referencedRelation: 'client_disputes';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: false;
            referencedRelation: 'commission_lines';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_commission_id_fkey';
            columns: ['commission_id'];
            isOneToOne: false;
            referencedRelation: 'commissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'risk_holds_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_holds_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'risk_holds_staff_id_fkey';
            columns: ['staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      risk_reviews: {
        Row: {
          created_at: string;
          deal_id: string | null;
          decided_at: string | null;
          decided_by: string | null;
          decision: string | null;
          decision_reason: string | null;
          fact_key: string;
          facts: NonNullable<Json>;
          hold_id: string | null;
          id: string;
          partner_id: string;
          review_by: string;
          rule_code: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: string | null;
          decision_reason?: string | null;
          fact_key: string;
          facts: NonNullable<Json>;
          hold_id?: string | null;
          id?: string;
          partner_id: string;
          review_by: string;
          rule_code: string;
        };
        Update: {
          created_at?: string;
          deal_id?: string | null;
          decided_at?: string | null;
          decided_by?: string | null;
          decision?: string | null;
          decision_reason?: string | null;
          fact_key?: string;
          facts?: NonNullable<Json>;
          hold_id?: string | null;
          id?: string;
          partner_id?: string;
          review_by?: string;
          rule_code?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'risk_reviews_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'deals';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_reviews_deal_id_fkey';
            columns: ['deal_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['deal_id'];
          },
          {
            foreignKeyName: 'risk_reviews_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_reviews_hold_id_fkey';
            columns: ['hold_id'];
            isOneToOne: true;
            referencedRelation: 'risk_holds';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_reviews_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_reviews_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'risk_reviews_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'risk_reviews_rule_code_fkey';
            columns: ['rule_code'];
            isOneToOne: false;
            referencedRelation: 'risk_rules';
            referencedColumns: ['code'];
          },
        ];
      };
      risk_rules: {
        Row: {
          changed_at: string;
          changed_by: string | null;
          code: string;
          effect: string;
          enabled: boolean;
          evidence_class: string;
          parameters: NonNullable<Json>;
          review_days: number;
          says: string;
        };
        ComputedFields: never;
        Insert: {
          changed_at?: string;
          changed_by?: string | null;
          code: string;
          effect: string;
          enabled?: boolean;
          evidence_class: string;
          parameters?: NonNullable<Json>;
          review_days?: number;
          says: string;
        };
        Update: {
          changed_at?: string;
          changed_by?: string | null;
          code?: string;
          effect?: string;
          enabled?: boolean;
          evidence_class?: string;
          parameters?: NonNullable<Json>;
          review_days?: number;
          says?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'risk_rules_changed_by_fkey';
            columns: ['changed_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      saved_items: {
        Row: {
          created_at: string;
          item_id: string;
          kind: string;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          item_id: string;
          kind: string;
          partner_id?: string;
        };
        Update: {
          created_at?: string;
          item_id?: string;
          kind?: string;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'saved_items_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'saved_items_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'saved_items_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
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
      staff_notices: {
        Row: {
          created_at: string;
          for_roles: Database['public']['Enums']['staff_role'][];
          id: string;
          kind: string;
          message: string;
          noted_at: string | null;
          noted_by: string | null;
          partner_id: string | null;
          subject_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          for_roles: Database['public']['Enums']['staff_role'][];
          id?: string;
          kind: string;
          message: string;
          noted_at?: string | null;
          noted_by?: string | null;
          partner_id?: string | null;
          subject_id: string;
        };
        Update: {
          created_at?: string;
          for_roles?: Database['public']['Enums']['staff_role'][];
          id?: string;
          kind?: string;
          message?: string;
          noted_at?: string | null;
          noted_by?: string | null;
          partner_id?: string | null;
          subject_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'staff_notices_noted_by_fkey';
            columns: ['noted_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'staff_notices_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'staff_notices_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'staff_notices_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
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
      statement_files: {
        Row: {
          bytes: number;
          created_at: string;
          kind: string;
          path: string;
          sha256: string;
          statement_id: string;
        };
        ComputedFields: never;
        Insert: {
          bytes: number;
          created_at?: string;
          kind: string;
          path: string;
          sha256: string;
          statement_id: string;
        };
        Update: {
          bytes?: number;
          created_at?: string;
          kind?: string;
          path?: string;
          sha256?: string;
          statement_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'statement_files_statement_id_fkey';
            columns: ['statement_id'];
            isOneToOne: false;
            referencedRelation: 'statements';
            referencedColumns: ['id'];
          },
        ];
      };
      statements: {
        Row: {
          closing_balance: number;
          content: NonNullable<Json>;
          created_at: string;
          currency: string;
          entry_count: number;
          id: string;
          opening_balance: number;
          partner_id: string;
          period: string;
          sha256: string;
        };
        ComputedFields: never;
        Insert: {
          closing_balance: number;
          content: NonNullable<Json>;
          created_at?: string;
          currency: string;
          entry_count: number;
          id?: string;
          opening_balance: number;
          partner_id: string;
          period: string;
          sha256: string;
        };
        Update: {
          closing_balance?: number;
          content?: NonNullable<Json>;
          created_at?: string;
          currency?: string;
          entry_count?: number;
          id?: string;
          opening_balance?: number;
          partner_id?: string;
          period?: string;
          sha256?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'statements_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'statements_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'statements_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      streaks: {
        Row: {
          current_days: number;
          last_day: string | null;
          longest_days: number;
          partner_id: string;
        };
        ComputedFields: never;
        Insert: {
          current_days?: number;
          last_day?: string | null;
          longest_days?: number;
          partner_id: string;
        };
        Update: {
          current_days?: number;
          last_day?: string | null;
          longest_days?: number;
          partner_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'streaks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'streaks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'streaks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: true;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      support_levels: {
        Row: {
          first_answer: string;
          queue: string;
          solution: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        ComputedFields: never;
        Insert: {
          first_answer: string;
          queue?: string;
          solution: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Update: {
          first_answer?: string;
          queue?: string;
          solution?: string;
          tier?: Database['public']['Enums']['partner_tier'];
        };
        Relationships: [
          {
            foreignKeyName: 'support_levels_tier_fkey';
            columns: ['tier'];
            isOneToOne: true;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      support_tickets: {
        Row: {
          answer_due_at: string;
          assigned_to: string | null;
          category: string;
          closed_at: string | null;
          created_at: string;
          description: string;
          first_answer_at: string | null;
          id: string;
          partner_id: string;
          priority: Database['public']['Enums']['ticket_priority'];
          queue: string;
          rating: number | null;
          resolved_at: string | null;
          solution_due_at: string;
          status: Database['public']['Enums']['ticket_status'];
          subject: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          answer_due_at: string;
          assigned_to?: string | null;
          category: string;
          closed_at?: string | null;
          created_at?: string;
          description: string;
          first_answer_at?: string | null;
          id?: string;
          partner_id: string;
          priority?: Database['public']['Enums']['ticket_priority'];
          queue: string;
          rating?: number | null;
          resolved_at?: string | null;
          solution_due_at: string;
          status?: Database['public']['Enums']['ticket_status'];
          subject: string;
          updated_at?: string;
        };
        Update: {
          answer_due_at?: string;
          assigned_to?: string | null;
          category?: string;
          closed_at?: string | null;
          created_at?: string;
          description?: string;
          first_answer_at?: string | null;
          id?: string;
          partner_id?: string;
          priority?: Database['public']['Enums']['ticket_priority'];
          queue?: string;
          rating?: number | null;
          resolved_at?: string | null;
          solution_due_at?: string;
          status?: Database['public']['Enums']['ticket_status'];
          subject?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'support_tickets_assigned_to_fkey';
            columns: ['assigned_to'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'support_tickets_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'support_tickets_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'support_tickets_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      survey_answers: {
        Row: {
          answered_at: string;
          comment: string | null;
          partner_id: string;
          quarter: string;
          score: number;
        };
        ComputedFields: never;
        Insert: {
          answered_at?: string;
          comment?: string | null;
          partner_id: string;
          quarter: string;
          score: number;
        };
        Update: {
          answered_at?: string;
          comment?: string | null;
          partner_id?: string;
          quarter?: string;
          score?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'survey_answers_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'survey_answers_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'survey_answers_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      tasks: {
        Row: {
          changed_xid: unknown;
          created_at: string;
          done_at: string | null;
          due_at: string | null;
          field_rev: NonNullable<Json>;
          id: string;
          lead_id: string | null;
          notes: string | null;
          partner_id: string;
          reminded_at: string | null;
          reminder_at: string | null;
          rev: number;
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          changed_xid?: unknown;
          created_at?: string;
          done_at?: string | null;
          due_at?: string | null;
          field_rev?: NonNullable<Json>;
          id?: string;
          lead_id?: string | null;
          notes?: string | null;
          partner_id?: string;
          reminded_at?: string | null;
          reminder_at?: string | null;
          rev?: number;
          title: string;
          updated_at?: string;
        };
        Update: {
          changed_xid?: unknown;
          created_at?: string;
          done_at?: string | null;
          due_at?: string | null;
          field_rev?: NonNullable<Json>;
          id?: string;
          lead_id?: string | null;
          notes?: string | null;
          partner_id?: string;
          reminded_at?: string | null;
          reminder_at?: string | null;
          rev?: number;
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'tasks_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'lead_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tasks_lead_id_fkey';
            columns: ['lead_id'];
            isOneToOne: false;
            referencedRelation: 'leads';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tasks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tasks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tasks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      tax_thresholds: {
        Row: {
          amount: number | null;
          country: string;
          created_at: string;
          currency: string;
          decided_by: string | null;
          form: string;
          id: string;
          reason: string;
          tax_year: number;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          amount?: number | null;
          country: string;
          created_at?: string;
          currency: string;
          decided_by?: string | null;
          form: string;
          id?: string;
          reason: string;
          tax_year: number;
          version: number;
        };
        Update: {
          amount?: number | null;
          country?: string;
          created_at?: string;
          currency?: string;
          decided_by?: string | null;
          form?: string;
          id?: string;
          reason?: string;
          tax_year?: number;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'tax_thresholds_country_fkey';
            columns: ['country'];
            isOneToOne: false;
            referencedRelation: 'payout_countries';
            referencedColumns: ['country'];
          },
          {
            foreignKeyName: 'tax_thresholds_currency_fkey';
            columns: ['currency'];
            isOneToOne: false;
            referencedRelation: 'payout_minimums';
            referencedColumns: ['currency'];
          },
          {
            foreignKeyName: 'tax_thresholds_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      team_invites: {
        Row: {
          accepted_at: string | null;
          accepted_by: string | null;
          created_at: string;
          email: string | null;
          expires_at: string;
          id: string;
          message: string | null;
          team_leader_id: string;
          token_hash: string;
          withdrawn_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          accepted_at?: string | null;
          accepted_by?: string | null;
          created_at?: string;
          email?: string | null;
          expires_at: string;
          id: string;
          message?: string | null;
          team_leader_id: string;
          token_hash: string;
          withdrawn_at?: string | null;
        };
        Update: {
          accepted_at?: string | null;
          accepted_by?: string | null;
          created_at?: string;
          email?: string | null;
          expires_at?: string;
          id?: string;
          message?: string | null;
          team_leader_id?: string;
          token_hash?: string;
          withdrawn_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'team_invites_accepted_by_fkey';
            columns: ['accepted_by'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'team_invites_accepted_by_fkey';
            columns: ['accepted_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'team_invites_accepted_by_fkey';
            columns: ['accepted_by'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'team_invites_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'team_invites_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'team_invites_team_leader_id_fkey';
            columns: ['team_leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      terms_acceptances: {
        Row: {
          accepted_at: string;
          id: string;
          issuer: string;
          request_id: string | null;
          subject: string;
          terms_id: string;
          user_agent: string | null;
        };
        ComputedFields: never;
        Insert: {
          accepted_at?: string;
          id?: string;
          issuer: string;
          request_id?: string | null;
          subject: string;
          terms_id: string;
          user_agent?: string | null;
        };
        Update: {
          accepted_at?: string;
          id?: string;
          issuer?: string;
          request_id?: string | null;
          subject?: string;
          terms_id?: string;
          user_agent?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'terms_acceptances_terms_id_fkey';
            columns: ['terms_id'];
            isOneToOne: false;
            referencedRelation: 'terms_versions';
            referencedColumns: ['id'];
          },
        ];
      };
      terms_versions: {
        Row: {
          content_sha256: string | null;
          created_at: string;
          effective_from: string;
          id: string;
          kind: Database['public']['Enums']['terms_kind'];
          needs_acceptance: boolean;
          title: string;
          url: string;
          version: string;
        };
        ComputedFields: never;
        Insert: {
          content_sha256?: string | null;
          created_at?: string;
          effective_from?: string;
          id?: string;
          kind: Database['public']['Enums']['terms_kind'];
          needs_acceptance?: boolean;
          title: string;
          url: string;
          version: string;
        };
        Update: {
          content_sha256?: string | null;
          created_at?: string;
          effective_from?: string;
          id?: string;
          kind?: Database['public']['Enums']['terms_kind'];
          needs_acceptance?: boolean;
          title?: string;
          url?: string;
          version?: string;
        };
        Relationships: [];
      };
      ticket_messages: {
        Row: {
          created_at: string;
          id: string;
          internal: boolean;
          message: string;
          partner_id: string | null;
          staff_id: string | null;
          ticket_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id?: string;
          internal?: boolean;
          message: string;
          partner_id?: string | null;
          staff_id?: string | null;
          ticket_id: string;
        };
        Update: {
          created_at?: string;
          id?: string;
          internal?: boolean;
          message?: string;
          partner_id?: string | null;
          staff_id?: string | null;
          ticket_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'ticket_messages_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'ticket_messages_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'ticket_messages_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'ticket_messages_staff_id_fkey';
            columns: ['staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'ticket_messages_ticket_id_fkey';
            columns: ['ticket_id'];
            isOneToOne: false;
            referencedRelation: 'support_tickets';
            referencedColumns: ['id'];
          },
        ];
      };
      tier_appeals: {
        Row: {
          answer: string | null;
          created_at: string;
          decided_at: string | null;
          decided_by: string | null;
          history_id: string;
          id: string;
          partner_id: string;
          statement: string;
          status: Database['public']['Enums']['appeal_status'];
        };
        ComputedFields: never;
        Insert: {
          answer?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          history_id: string;
          id?: string;
          partner_id: string;
          statement: string;
          status?: Database['public']['Enums']['appeal_status'];
        };
        Update: {
          answer?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          history_id?: string;
          id?: string;
          partner_id?: string;
          statement?: string;
          status?: Database['public']['Enums']['appeal_status'];
        };
        Relationships: [
          {
            foreignKeyName: 'tier_appeals_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_appeals_history_id_fkey';
            columns: ['history_id'];
            isOneToOne: true;
            referencedRelation: 'partner_tier_history';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_appeals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_appeals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_appeals_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      tier_benefits: {
        Row: {
          area: string;
          key: string;
          position: number;
          requirement: string | null;
          tier: Database['public']['Enums']['partner_tier'];
          title: string;
        };
        ComputedFields: never;
        Insert: {
          area: string;
          key: string;
          position: number;
          requirement?: string | null;
          tier: Database['public']['Enums']['partner_tier'];
          title: string;
        };
        Update: {
          area?: string;
          key?: string;
          position?: number;
          requirement?: string | null;
          tier?: Database['public']['Enums']['partner_tier'];
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'tier_benefits_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
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
      tier_requirements: {
        Row: {
          blocking: boolean;
          detail: string | null;
          kind: Database['public']['Enums']['requirement_kind'];
          label: string;
          plan_id: string;
          threshold: number;
          tier: Database['public']['Enums']['partner_tier'];
          waivable: boolean;
        };
        ComputedFields: never;
        Insert: {
          blocking: boolean;
          detail?: string | null;
          kind: Database['public']['Enums']['requirement_kind'];
          label: string;
          plan_id: string;
          threshold: number;
          tier: Database['public']['Enums']['partner_tier'];
          waivable?: boolean;
        };
        Update: {
          blocking?: boolean;
          detail?: string | null;
          kind?: Database['public']['Enums']['requirement_kind'];
          label?: string;
          plan_id?: string;
          threshold?: number;
          tier?: Database['public']['Enums']['partner_tier'];
          waivable?: boolean;
        };
        Relationships: [
          {
            foreignKeyName: 'tier_requirements_plan_id_fkey';
            columns: ['plan_id'];
            isOneToOne: false;
            referencedRelation: 'commission_plans';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_requirements_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      tier_risks: {
        Row: {
          closed_at: string | null;
          ends_at: string;
          id: string;
          needed: number;
          opened_at: string;
          outcome: string | null;
          partner_id: string;
          qualified_deals: number;
          reminded_at: string | null;
          tier: Database['public']['Enums']['partner_tier'];
        };
        ComputedFields: never;
        Insert: {
          closed_at?: string | null;
          ends_at: string;
          id?: string;
          needed: number;
          opened_at?: string;
          outcome?: string | null;
          partner_id: string;
          qualified_deals: number;
          reminded_at?: string | null;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Update: {
          closed_at?: string | null;
          ends_at?: string;
          id?: string;
          needed?: number;
          opened_at?: string;
          outcome?: string | null;
          partner_id?: string;
          qualified_deals?: number;
          reminded_at?: string | null;
          tier?: Database['public']['Enums']['partner_tier'];
        };
        Relationships: [
          {
            foreignKeyName: 'tier_risks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_risks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'tier_risks_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'tier_risks_tier_fkey';
            columns: ['tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      training_assignments: {
        Row: {
          cancelled_at: string | null;
          completed_at: string | null;
          created_at: string;
          due_at: string | null;
          id: string;
          leader_id: string | null;
          module_id: string;
          note: string | null;
          partner_id: string;
          reminded_at: string | null;
          staff_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          cancelled_at?: string | null;
          completed_at?: string | null;
          created_at?: string;
          due_at?: string | null;
          id?: string;
          leader_id?: string | null;
          module_id: string;
          note?: string | null;
          partner_id: string;
          reminded_at?: string | null;
          staff_id?: string | null;
        };
        Update: {
          cancelled_at?: string | null;
          completed_at?: string | null;
          created_at?: string;
          due_at?: string | null;
          id?: string;
          leader_id?: string | null;
          module_id?: string;
          note?: string | null;
          partner_id?: string;
          reminded_at?: string | null;
          staff_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'training_assignments_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_assignments_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_assignments_leader_id_fkey';
            columns: ['leader_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'training_assignments_module_id_fkey';
            columns: ['module_id'];
            isOneToOne: false;
            referencedRelation: 'training_modules';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_assignments_module_id_fkey';
            columns: ['module_id'];
            isOneToOne: false;
            referencedRelation: 'training_progress';
            referencedColumns: ['module_id'];
          },
          {
            foreignKeyName: 'training_assignments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_assignments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_assignments_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'training_assignments_staff_id_fkey';
            columns: ['staff_id'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
      training_module_views: {
        Row: {
          module_id: string;
          partner_id: string;
          viewed_on: string;
        };
        ComputedFields: never;
        Insert: {
          module_id: string;
          partner_id: string;
          viewed_on?: string;
        };
        Update: {
          module_id?: string;
          partner_id?: string;
          viewed_on?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'training_module_views_module_id_fkey';
            columns: ['module_id'];
            isOneToOne: false;
            referencedRelation: 'training_modules';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_module_views_module_id_fkey';
            columns: ['module_id'];
            isOneToOne: false;
            referencedRelation: 'training_progress';
            referencedColumns: ['module_id'];
          },
          {
            foreignKeyName: 'training_module_views_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_module_views_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'training_module_views_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      training_modules: {
        Row: {
          channel: Database['public']['Enums']['training_channel'];
          created_at: string;
          id: string;
          position: number;
          published_at: string | null;
          search: unknown;
          slug: string;
          summary: string;
          tier_requirement: Database['public']['Enums']['partner_tier'];
          title: string;
          track: string | null;
          updated_at: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          channel: Database['public']['Enums']['training_channel'];
          created_at?: string;
          id?: string;
          position?: number;
          published_at?: string | null;
          search?: never;
          slug: string;
          summary?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
          track?: string | null;
          updated_at?: string;
          version?: number;
        };
        Update: {
          channel?: Database['public']['Enums']['training_channel'];
          created_at?: string;
          id?: string;
          position?: number;
          published_at?: string | null;
          search?: never;
          slug?: string;
          summary?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title?: string;
          track?: string | null;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'training_modules_tier_requirement_fkey';
            columns: ['tier_requirement'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
          {
            foreignKeyName: 'training_modules_track_fkey';
            columns: ['track'];
            isOneToOne: false;
            referencedRelation: 'training_tracks';
            referencedColumns: ['track'];
          },
        ];
      };
      training_tracks: {
        Row: {
          created_at: string;
          summary: string | null;
          title: string;
          track: string;
          updated_at: string;
          valid_months: number;
          version: number;
          version_since: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          summary?: string | null;
          title: string;
          track: string;
          updated_at?: string;
          valid_months?: number;
          version?: number;
          version_since?: string;
        };
        Update: {
          created_at?: string;
          summary?: string | null;
          title?: string;
          track?: string;
          updated_at?: string;
          valid_months?: number;
          version?: number;
          version_since?: string;
        };
        Relationships: [];
      };
      usage_events: {
        Row: {
          device: Database['public']['Enums']['usage_device'];
          display: Database['public']['Enums']['usage_display'];
          feature: string | null;
          id: string;
          kind: Database['public']['Enums']['usage_kind'];
          occurred_at: string;
          partner_id: string;
          recorded_at: string;
          seconds: number | null;
        };
        ComputedFields: never;
        Insert: {
          device: Database['public']['Enums']['usage_device'];
          display: Database['public']['Enums']['usage_display'];
          feature?: string | null;
          id: string;
          kind: Database['public']['Enums']['usage_kind'];
          occurred_at: string;
          partner_id: string;
          recorded_at?: string;
          seconds?: number | null;
        };
        Update: {
          device?: Database['public']['Enums']['usage_device'];
          display?: Database['public']['Enums']['usage_display'];
          feature?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['usage_kind'];
          occurred_at?: string;
          partner_id?: string;
          recorded_at?: string;
          seconds?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'usage_events_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'usage_events_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'usage_events_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      webhook_deliveries: {
        Row: {
          attempts: number;
          created_at: string;
          event_id: number;
          event_type: string;
          id: string;
          last_error: string | null;
          next_attempt_at: string | null;
          response_status: number | null;
          settled_at: string | null;
          status: Database['public']['Enums']['delivery_status'];
          webhook_id: string;
        };
        ComputedFields: never;
        Insert: {
          attempts?: number;
          created_at?: string;
          event_id: number;
          event_type: string;
          id?: string;
          last_error?: string | null;
          next_attempt_at?: string | null;
          response_status?: number | null;
          settled_at?: string | null;
          status?: Database['public']['Enums']['delivery_status'];
          webhook_id: string;
        };
        Update: {
          attempts?: number;
          created_at?: string;
          event_id?: number;
          event_type?: string;
          id?: string;
          last_error?: string | null;
          next_attempt_at?: string | null;
          response_status?: number | null;
          settled_at?: string | null;
          status?: Database['public']['Enums']['delivery_status'];
          webhook_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'webhook_deliveries_webhook_id_fkey';
            columns: ['webhook_id'];
            isOneToOne: false;
            referencedRelation: 'webhooks';
            referencedColumns: ['id'];
          },
        ];
      };
      webhooks: {
        Row: {
          created_at: string;
          created_by: string;
          description: string;
          event_types: string[];
          id: string;
          retired_at: string | null;
          retired_by: string | null;
          secret_id: string;
          url: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          created_by: string;
          description: string;
          event_types: string[];
          id?: string;
          retired_at?: string | null;
          retired_by?: string | null;
          secret_id: string;
          url: string;
        };
        Update: {
          created_at?: string;
          created_by?: string;
          description?: string;
          event_types?: string[];
          id?: string;
          retired_at?: string | null;
          retired_by?: string | null;
          secret_id?: string;
          url?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'webhooks_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhooks_retired_by_fkey';
            columns: ['retired_by'];
            isOneToOne: false;
            referencedRelation: 'staff_members';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Views: {
      commission_lines: {
        Row: {
          amount: number;
          base_amount: number | null;
          by_refund: boolean | null;
          clears_at: string | null;
          commission_type: Database['public']['Enums']['commission_type'];
          company_name: string | null;
          corrects_id: string | null;
          created_at: string;
          currency: string;
          deal_reference: string | null;
          id: string;
          instalment: number | null;
          kind: Database['public']['Enums']['commission_type'];
          next_step: string | null;
          note: string | null;
          outstanding: number | null;
          payment_date: string | null;
          rate: number | null;
          status: Database['public']['Enums']['commission_status'];
        };
        ComputedFields: never;
        Relationships: [
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
        ];
      };
      current_templates: {
        Row: {
          archived_at: string | null;
          body: string;
          channel: Database['public']['Enums']['template_channel'];
          created_at: string;
          id: string;
          partner_id: string | null;
          subject: string | null;
          title: string;
          updated_at: string;
          version: number;
          visibility: Database['public']['Enums']['template_visibility'];
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'message_templates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_templates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'message_templates_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      engagement_events: {
        Row: {
          event_id: string;
          kind: Database['public']['Enums']['event_kind'];
          partner_id: string;
          starts_at: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'event_rsvps_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'event_rsvps_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'event_rsvps_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      lead_cards: {
        Row: {
          campaign: string | null;
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
          in_conflict: boolean;
          last_activity_at: string;
          lost_reason: string | null;
          next_action: string | null;
          next_action_date: string | null;
          notes: string | null;
          partner_id: string;
          project_type: string | null;
          protected_until: string | null;
          referral_link_id: string | null;
          score: number | null;
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
          {
            foreignKeyName: 'leads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'leads_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
          {
            foreignKeyName: 'leads_referral_link_id_fkey';
            columns: ['referral_link_id'];
            isOneToOne: false;
            referencedRelation: 'referral_links';
            referencedColumns: ['id'];
          },
        ];
      };
      my_team: {
        Row: {
          avatar_path: string | null;
          country: string | null;
          current_tier: Database['public']['Enums']['partner_tier'];
          id: string;
          member_since: string;
          name: string;
          override_percentage: number;
          region: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'partner_directory_current_tier_fkey';
            columns: ['current_tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
          {
            foreignKeyName: 'partner_teams_team_member_id_fkey';
            columns: ['id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_member_id_fkey';
            columns: ['id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'partner_teams_team_member_id_fkey';
            columns: ['id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
      tier_progression: {
        Row: {
          created_at: string | null;
          current_tier: Database['public']['Enums']['partner_tier'];
          deals_count: number | null;
          estimated_days_to_next: number | null;
          id: string;
          next_tier_requirements: Json | null;
          partner_id: string;
          progress_percentage: number | null;
          requirements_met: Json | null;
          updated_at: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'partners_current_tier_fkey';
            columns: ['current_tier'];
            isOneToOne: false;
            referencedRelation: 'tier_definitions';
            referencedColumns: ['tier'];
          },
        ];
      };
      training_progress: {
        Row: {
          certification_date: string | null;
          certified: boolean | null;
          completion_percentage: number | null;
          created_at: string | null;
          id: string | null;
          module_id: string;
          module_name: string;
          partner_id: string;
          quiz_score: number | null;
          updated_at: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'lesson_progress_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'partners';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_progress_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_progress_partner_id_fkey';
            columns: ['partner_id'];
            isOneToOne: false;
            referencedRelation: 'tier_progression';
            referencedColumns: ['partner_id'];
          },
        ];
      };
    };
    Functions: {
      accept_invite: { Args: { token: string }; Returns: Json };
      accept_terms: { Args: { terms_ids: string[] }; Returns: number };
      add_asset_version: { Args: { asset_id: string; id: string; note?: string; path: string }; Returns: Json };
      add_claim_evidence: {
        Args: {
          claim_id: string;
          file_name?: string;
          id: string;
          mime_type?: string;
          note?: string;
          size_bytes?: number;
        };
        Returns: Json;
      };
      add_deal_evidence: { Args: { deal_id: string; id: string; note?: string; path?: string }; Returns: Json };
      answer_beta_feedback: { Args: { answer?: string; feedback_id: string; state: string }; Returns: Json };
      answer_event: { Args: { coming: boolean; event_id: string }; Returns: string };
      answer_survey: { Args: { comment?: string; score: number }; Returns: Json };
      answer_ticket: {
        Args: {
          internal?: boolean;
          message: string;
          status?: Database['public']['Enums']['ticket_status'];
          ticket_id: string;
        };
        Returns: Json;
      };
      appeal_claim: { Args: { claim_id: string; id: string; reason: string }; Returns: Json };
      appeal_hold: { Args: { hold_id: string; id: string; statement: string }; Returns: Json };
      appeal_tier: { Args: { statement: string }; Returns: Json };
      apply_ops: { Args: { ops: Json }; Returns: Json };
      approve_payout: { Args: { payout_id: string }; Returns: Json };
      approve_payout_run: { Args: { run_id: string }; Returns: Json };
      archive_template: { Args: { template_id: string }; Returns: undefined };
      ask_about_claim: { Args: { claim_id: string; question: string }; Returns: Json };
      ask_about_deal: { Args: { question: string; reference: string }; Returns: Json };
      assign_ticket: {
        Args: { priority?: Database['public']['Enums']['ticket_priority']; staff_id: string; ticket_id: string };
        Returns: Json;
      };
      assign_training: {
        Args: { due_at?: string; module_id: string; note?: string; partner_ids: string[] };
        Returns: Json;
      };
      attribution_report: { Args: { from_day?: string; to_day?: string }; Returns: Json };
      award_badge: { Args: { badge_type: string; id: string; partner_id: string; reason: string }; Returns: Json };
      badge_history: { Args: { partner_id: string }; Returns: Json };
      beta_feedback_queue: {
        Args: { after_at?: string; after_id?: string; beta_id?: string; max_rows?: number; state?: string };
        Returns: Json;
      };
      brand_pages: { Args: { after?: string; max_rows?: number; state?: string }; Returns: Json };
      cancel_assignment: { Args: { assignment_id: string }; Returns: undefined };
      cancel_challenge: { Args: { challenge_id: string; reason: string }; Returns: Json };
      cancel_deal: { Args: { reason: string; reference: string }; Returns: Json };
      cancel_event: { Args: { event_id: string; reason: string }; Returns: Json };
      cast_council_vote: { Args: { comment?: string; topic_id: string; vote: number }; Returns: undefined };
      challenges_for_staff: { Args: { max_rows?: number }; Returns: Json };
      change_challenge: {
        Args: {
          budget?: number;
          challenge_id: string;
          description?: string;
          ends_at?: string;
          goal?: number;
          prize_amount?: number;
          prize_currency?: string;
          starts_at?: string;
          title?: string;
        };
        Returns: Json;
      };
      change_partner_country: { Args: { country: string; partner_id: string; reason: string }; Returns: Json };
      changes_since: { Args: { cursor?: string }; Returns: Json };
      claim_certificate: { Args: { track: string }; Returns: Json };
      claim_win: { Args: { currency: string; lead_id: string; request_id: string; value: number }; Returns: Json };
      close_campaign: { Args: { campaign_id: string; cancelled?: boolean; note: string }; Returns: Json };
      close_moderation_case: { Args: { case_id: string; outcome: string }; Returns: undefined };
      close_topic: { Args: { result: string; topic_id: string }; Returns: Json };
      company_figures: { Args: { at?: string }; Returns: Json };
      complete_lesson: { Args: { lesson_id: string; position?: number }; Returns: Json };
      conflict_case: { Args: { conflict_id: string }; Returns: Json };
      council_result: { Args: { topic_id: string }; Returns: Json };
      create_challenge: {
        Args: {
          budget?: number;
          description?: string;
          ends_at: string;
          goal: number;
          prize_amount?: number;
          prize_currency?: string;
          request_id: string;
          starts_at: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
        };
        Returns: Json;
      };
      customise_asset: { Args: { asset_id: string; kind: string }; Returns: Json };
      deal_queue: { Args: { include_waiting?: boolean; max_rows?: number }; Returns: Json };
      decide_adjustment: { Args: { adjustment_id: string; decision: string; reason?: string }; Returns: Json };
      decide_application: { Args: { application_id: string; decision: string; reason?: string }; Returns: Json };
      decide_claim: {
        Args: {
          amount?: number;
          claim_id: string;
          currency?: string;
          decision: string;
          lead_id?: string;
          reason: string;
          resolution?: string;
        };
        Returns: Json;
      };
      decide_conflict: { Args: { conflict_id: string; decision: string; reason: string }; Returns: Json };
      decide_flag: { Args: { hold?: boolean; reason: string; review_id: string }; Returns: Json };
      decide_hold: { Args: { decision: string; hold_id: string; reason: string }; Returns: Json };
      decide_payout_reversal: { Args: { decision: string; reversal_id: string }; Returns: Json };
      decide_request: {
        Args: {
          answer?: string;
          decision: Database['public']['Enums']['request_status'];
          rate?: number;
          request_id: string;
        };
        Returns: Json;
      };
      decide_tier_appeal: { Args: { answer: string; appeal_id: string; decision: string }; Returns: Json };
      declare_reseller: {
        Args: { granted?: boolean; partner_id: string; reason: string; request_id: string };
        Returns: Json;
      };
      delete_lead: { Args: { lead_id: string; reason: string }; Returns: undefined };
      delete_message: { Args: { message_id: string }; Returns: undefined };
      deleted_leads: { Args: Record<PropertyKey, never>; Returns: Json };
      dismiss_report: { Args: { reason: string; report_id: string }; Returns: undefined };
      downgrade_partner: {
        Args: {
          hold_days?: number;
          partner_id: string;
          reason: string;
          to_tier: Database['public']['Enums']['partner_tier'];
        };
        Returns: Json;
      };
      download_asset: { Args: { asset_id: string; download_id?: string }; Returns: Json };
      earnings_chart: { Args: { months?: number }; Returns: Json };
      earnings_summary: { Args: Record<PropertyKey, never>; Returns: Json };
      edit_message: { Args: { message: string; message_id: string }; Returns: Json };
      end_payout_hold: { Args: { hold_id: string; reason: string }; Returns: Json };
      end_rate_override: { Args: { override_id: string; reason: string }; Returns: Json };
      execute_payout_run: { Args: { run_id: string }; Returns: Json };
      explain_access: {
        Args: { actor: string; row_id?: string; target: string; verb: string; wanted_aal?: string };
        Returns: {
          answer: string;
          question: string;
          step: number;
        }[];
      };
      final_payout: { Args: { currency: string; partner_id: string; request_id: string }; Returns: Json };
      finish_challenge: { Args: { challenge_id: string; reason: string }; Returns: Json };
      get_dashboard: { Args: Record<PropertyKey, never>; Returns: Json };
      get_leaderboard: {
        Args: {
          country?: string;
          own_team?: boolean;
          period?: Database['public']['Enums']['score_period'];
          tier?: Database['public']['Enums']['partner_tier'];
          top?: number;
        };
        Returns: Json;
      };
      give_feedback: { Args: { comment?: string; score: number; token: string }; Returns: undefined };
      grant_rate_override: {
        Args: {
          cap?: number;
          floor?: number;
          lead_id?: string;
          partner_id: string;
          rate?: number;
          reason: string;
          request_id: string;
          valid_from?: string;
          valid_to?: string;
        };
        Returns: Json;
      };
      grant_role: {
        Args: { email: string; name?: string; role: Database['public']['Enums']['staff_role'] };
        Returns: Json;
      };
      hold_payouts: { Args: { partner_id: string; reason: string }; Returns: Json };
      import_client_events: { Args: { events: Json; only_check?: boolean }; Returns: Json };
      import_company_revenue: {
        Args: { amount: number; currency: string; month: string; source: string };
        Returns: Json;
      };
      invite_member: { Args: { email?: string; message?: string; request_id: string }; Returns: Json };
      join_campaign: { Args: { campaign_id: string; joining?: boolean }; Returns: Json };
      join_challenge: { Args: { challenge_id: string }; Returns: Json };
      lead_counts: { Args: Record<PropertyKey, never>; Returns: Json };
      lead_funnel: { Args: { from_day?: string; to_day?: string }; Returns: Json };
      lead_score: { Args: { lead_id: string }; Returns: Json };
      leave_challenge: { Args: { challenge_id: string }; Returns: Json };
      leave_team: { Args: { reason?: string }; Returns: undefined };
      list_campaigns: { Args: { status?: string }; Returns: Json };
      list_channels: { Args: Record<PropertyKey, never>; Returns: Json };
      list_my_sessions: {
        Args: Record<PropertyKey, never>;
        Returns: {
          aal: string;
          created_at: string;
          current: boolean;
          id: string;
          ip: string;
          last_seen_at: string;
          user_agent: string;
        }[];
      };
      list_my_statements: { Args: Record<PropertyKey, never>; Returns: Json };
      live_topic: { Args: { topic: string }; Returns: string };
      mark_attendance: { Args: { event_id: string; partner_id: string; present: boolean }; Returns: undefined };
      mark_channel_read: { Args: { channel_id: string; up_to: number }; Returns: number };
      mark_notifications_read: { Args: { ids: string[] }; Returns: number };
      module_for_staff: { Args: { module_id: string }; Returns: Json };
      move_lead: {
        Args: { lead_id: string; lost_reason?: string; to_status: Database['public']['Enums']['lead_status'] };
        Returns: Json;
      };
      mute_member: {
        Args: { channel_id: string; partner_id: string; reason?: string; until: string };
        Returns: undefined;
      };
      my_account: { Args: Record<PropertyKey, never>; Returns: Json };
      my_exact_rank: { Args: { period: Database['public']['Enums']['score_period'] }; Returns: Json };
      my_features: { Args: Record<PropertyKey, never>; Returns: Json };
      my_holds: { Args: Record<PropertyKey, never>; Returns: Json };
      my_lead_conflicts: {
        Args: Record<PropertyKey, never>;
        Returns: {
          created_at: string;
          decided_at: string;
          due_at: string;
          id: string;
          lead_id: string;
          match_kinds: string[];
          outcome: string;
          reason: string;
          registered_first: boolean;
          state: string;
        }[];
      };
      my_payout_standing: { Args: Record<PropertyKey, never>; Returns: Json };
      my_pending_terms: { Args: Record<PropertyKey, never>; Returns: Json };
      my_tax: { Args: Record<PropertyKey, never>; Returns: Json };
      note_staff_notice: { Args: { notice_id: string }; Returns: Json };
      open_campaign: { Args: { campaign_id: string }; Returns: Json };
      open_claim: {
        Args: { about: string; id: string; reason: string; subject?: string; subject_id?: string };
        Returns: Json;
      };
      open_direct: { Args: { partner_id: string }; Returns: string };
      open_hold: {
        Args: {
          commission_id?: string;
          deal_reference?: string;
          partner_id: string;
          reason: string;
          review_days?: number;
        };
        Returns: Json;
      };
      open_moderation_case: { Args: { channel_id: string; reason: string }; Returns: string };
      open_ticket: {
        Args: {
          category: string;
          description: string;
          id?: string;
          priority?: Database['public']['Enums']['ticket_priority'];
          subject: string;
        };
        Returns: Json;
      };
      pause_account: { Args: Record<PropertyKey, never>; Returns: Json };
      payouts_to_approve: {
        Args: Record<PropertyKey, never>;
        Returns: {
          amount: number;
          approvals_needed: number;
          approved_by: string[];
          currency: string;
          flags: string[];
          id: string;
          kind: Database['public']['Enums']['payout_kind'];
          mine: boolean;
          partner: string;
          partner_id: string;
          requested_at: string;
        }[];
      };
      pipeline_health: { Args: Record<PropertyKey, never>; Returns: Json };
      post_announcement: { Args: { channel: string; message: string }; Returns: string };
      prepare_statements: { Args: { month: string; request_id: string }; Returns: Json };
      preview_payout_run: { Args: { request_id: string }; Returns: Json };
      preview_plan: { Args: { changes: Json }; Returns: Json };
      preview_score_rules: { Args: { rules: Json }; Returns: Json };
      propose_adjustment: {
        Args: {
          amount: number;
          claim_id?: string;
          commission_id?: string;
          currency: string;
          partner_id: string;
          reason: string;
          request_id: string;
        };
        Returns: Json;
      };
      propose_payout_reversal: {
        Args: { amount?: number; payout_id: string; reason: string; request_id: string };
        Returns: Json;
      };
      propose_write_off: {
        Args: { currency: string; partner_id: string; reason: string; request_id: string };
        Returns: Json;
      };
      publish_module: { Args: { module_id: string }; Returns: Json };
      publish_plan: {
        Args: { changes: Json; effective_from?: string; reason: string; request_id: string };
        Returns: Json;
      };
      publish_score_rules: { Args: { note: string; request_id: string; rules: Json }; Returns: Json };
      publish_terms: {
        Args: {
          content_sha256: string;
          effective_from?: string;
          kind: Database['public']['Enums']['terms_kind'];
          needs_acceptance?: boolean;
          title: string;
          url: string;
          version: string;
        };
        Returns: Json;
      };
      quiz_result: { Args: { attempt_id: string }; Returns: Json };
      quote_instant_payout: { Args: { currency: string }; Returns: Json };
      read_under_case: { Args: { before_seq?: number; case_id: string }; Returns: Json[] };
      reconcile_payout_run: { Args: { run_id: string }; Returns: Json };
      reconcile_stripe: { Args: { request_id: string }; Returns: Json };
      reconciliation_report: { Args: Record<PropertyKey, never>; Returns: Json };
      record_click: { Args: { code: string }; Returns: Json };
      record_module_view: { Args: { module_id: string }; Returns: undefined };
      record_usage: { Args: { events: Json }; Returns: Json };
      register_lead: { Args: { lead_id: string }; Returns: Json };
      register_webhook: { Args: { description: string; event_types: string[]; url: string }; Returns: Json };
      reinstate_partner: { Args: { partner_id: string; reason: string }; Returns: Json };
      reject_deal: { Args: { reason: string; reference: string }; Returns: Json };
      reject_payout: { Args: { payout_id: string; reason: string }; Returns: Json };
      remove_member: { Args: { member_id: string; reason: string }; Returns: undefined };
      remove_message: { Args: { message_id: string; reason: string }; Returns: undefined };
      renew_track: { Args: { track: string; version: number }; Returns: Json };
      reopen_deal: { Args: { reason: string; reference: string }; Returns: Json };
      report_message: { Args: { message_id: string; reason: string }; Returns: string };
      report_not_me: { Args: { token: string }; Returns: undefined };
      request_export: { Args: { request_id: string }; Returns: Json };
      request_finance_export: {
        Args: {
          kind: Database['public']['Enums']['finance_export_kind'];
          period_from: string;
          period_to: string;
          request_id: string;
        };
        Returns: Json;
      };
      request_instant_payout: { Args: { currency: string; fee: number; request_id: string }; Returns: Json };
      request_onboarding_link: { Args: { request_id: string }; Returns: Json };
      request_payout: { Args: { currency: string; request_id: string }; Returns: Json };
      resolve_difference: { Args: { difference_id: string; reason: string }; Returns: Json };
      restore_challenge: { Args: { challenge_id: string }; Returns: Json };
      restore_event: { Args: { event_id: string }; Returns: Json };
      restore_lead: { Args: { lead_id: string }; Returns: Json };
      restore_message: { Args: { message_id: string; reason: string }; Returns: undefined };
      restore_page: { Args: { partner_id: string }; Returns: Json };
      restore_template: { Args: { template_id: string }; Returns: Json };
      resume_account: { Args: Record<PropertyKey, never>; Returns: Json };
      retire_webhook: { Args: { webhook_id: string }; Returns: undefined };
      revoke_certificate: { Args: { certificate_id: string; reason: string }; Returns: Json };
      revoke_other_sessions: { Args: Record<PropertyKey, never>; Returns: number };
      revoke_role: { Args: { email: string; role: Database['public']['Enums']['staff_role'] }; Returns: Json };
      revoke_session: { Args: { session_id: string }; Returns: number };
      risk_queue: { Args: { max_rows?: number }; Returns: Json };
      save_article: {
        Args: {
          answer: string;
          category: string;
          id: string;
          question: string;
          slug: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
        };
        Returns: Json;
      };
      save_asset: {
        Args: {
          category: Database['public']['Enums']['asset_category'];
          customisable?: boolean;
          description?: string;
          id: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
        };
        Returns: Json;
      };
      save_badge: {
        Args: { badge_name: string; badge_type: string; description: string; position?: number };
        Returns: Json;
      };
      save_beta: {
        Args: {
          description: string;
          id: string;
          name: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
        };
        Returns: Json;
      };
      save_brand_profile: { Args: { profile: Json }; Returns: Json };
      save_campaign: {
        Args: {
          brief?: string;
          ends_on?: string;
          id: string;
          kind: string;
          name: string;
          owner_id?: string;
          starts_on?: string;
        };
        Returns: Json;
      };
      save_category: { Args: { id: string; name: string; position?: number }; Returns: Json };
      save_channel: {
        Args: {
          id: string;
          name: string;
          position?: number;
          slow_mode_seconds?: number;
          staff_only_writes?: boolean;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          topic?: string;
          type?: Database['public']['Enums']['channel_type'];
        };
        Returns: Json;
      };
      save_event: {
        Args: {
          capacity?: number;
          description?: string;
          ends_at: string;
          id: string;
          kind: Database['public']['Enums']['event_kind'];
          location?: string;
          starts_at: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
        };
        Returns: Json;
      };
      save_flag: {
        Args: {
          description: string;
          enabled: boolean;
          key: string;
          min_tier?: Database['public']['Enums']['partner_tier'];
          share?: number;
        };
        Returns: Json;
      };
      save_follow_up_rule: {
        Args: {
          active?: boolean;
          idle_days: number;
          status: Database['public']['Enums']['lead_status'];
          suggestion: string;
        };
        Returns: Json;
      };
      save_lesson: {
        Args: {
          body?: string;
          duration_seconds?: number;
          file_path?: string;
          id: string;
          kind: Database['public']['Enums']['lesson_kind'];
          module_id: string;
          position?: number;
          title: string;
        };
        Returns: Json;
      };
      save_lesson_progress: { Args: { lesson_id: string; position: number }; Returns: Json };
      save_link_destination: { Args: { active?: boolean; label: string; path: string; slug: string }; Returns: Json };
      save_module: {
        Args: {
          channel: Database['public']['Enums']['training_channel'];
          id: string;
          position?: number;
          slug: string;
          summary?: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
          track?: string;
        };
        Returns: Json;
      };
      save_post: {
        Args: {
          body: string;
          id: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          title: string;
          topic: string;
        };
        Returns: Json;
      };
      save_price: {
        Args: {
          amount: number;
          currency: string;
          description?: string;
          id: string;
          name: string;
          tier_requirement?: Database['public']['Enums']['partner_tier'];
          valid_from?: string;
          valid_to?: string;
        };
        Returns: Json;
      };
      save_question: {
        Args: { explanation?: string; id: string; options: Json; position?: number; question: string; quiz_id: string };
        Returns: Json;
      };
      save_quiz: {
        Args: {
          lesson_id: string;
          max_attempts_per_day?: number;
          pass_percentage?: number;
          questions_drawn: number;
          time_limit_seconds?: number;
          title: string;
        };
        Returns: Json;
      };
      save_template: {
        Args: {
          body: string;
          channel: Database['public']['Enums']['template_channel'];
          id: string;
          subject?: string;
          title: string;
          version?: number;
          visibility?: Database['public']['Enums']['template_visibility'];
        };
        Returns: Json;
      };
      save_tier_benefit: {
        Args: {
          area: string;
          key: string;
          position: number;
          tier: Database['public']['Enums']['partner_tier'];
          title: string;
        };
        Returns: Json;
      };
      save_topic: { Args: { body: string; closes_at: string; id: string; title: string }; Returns: Json };
      save_track: { Args: { summary?: string; title: string; track: string; valid_months?: number }; Returns: Json };
      search_faq: {
        Args: { query: string };
        Returns: {
          answer: string;
          id: string;
          question: string;
          rank: number;
          slug: string;
        }[];
      };
      search_training: {
        Args: { query: string };
        Returns: {
          channel: Database['public']['Enums']['training_channel'];
          kind: string;
          lesson_id: string;
          module_id: string;
          module_title: string;
          rank: number;
          snippet: string;
          tier_requirement: Database['public']['Enums']['partner_tier'];
          title: string;
        }[];
      };
      send_message: {
        Args: { attachments?: Json; channel_id: string; id: string; message: string; parent_message_id?: string };
        Returns: Json;
      };
      set_badge_retired: { Args: { badge_type: string; retired: boolean }; Returns: Json };
      set_beta_open: { Args: { beta_id: string; open: boolean }; Returns: Json };
      set_block: { Args: { blocked: boolean; partner_id: string }; Returns: undefined };
      set_business_hours: { Args: { closes?: string; opens?: string; weekday: number }; Returns: Json };
      set_channel_archived: { Args: { archived: boolean; channel_id: string }; Returns: Json };
      set_channel_category: { Args: { category_id: string; channel_id: string }; Returns: Json };
      set_channel_notifications: {
        Args: { channel_id: string; level: Database['public']['Enums']['channel_notifications'] };
        Returns: undefined;
      };
      set_flag_for: { Args: { enabled: boolean; key: string; partner_id: string }; Returns: Json };
      set_holiday: { Args: { day: string; name?: string }; Returns: Json };
      set_instant_fee: {
        Args: { currency: string; fee_bp: number; minimum_fee: number; reason: string };
        Returns: Json;
      };
      set_lesson_retired: { Args: { lesson_id: string; retired: boolean }; Returns: Json };
      set_notification_preference: {
        Args: {
          channel: Database['public']['Enums']['notification_channel'];
          enabled: boolean;
          type: Database['public']['Enums']['notification_type'];
        };
        Returns: undefined;
      };
      set_payout_country: {
        Args: { country: string; currency: string; instant: boolean; open: boolean; reason: string };
        Returns: Json;
      };
      set_payout_minimum: {
        Args: { amount: number; currency: string; minor_digits?: number; reason: string; yardstick?: number };
        Returns: Json;
      };
      set_pin: { Args: { message_id: string; pinned: boolean }; Returns: boolean };
      set_presence: {
        Args: { status: Database['public']['Enums']['presence_status']; status_text?: string };
        Returns: undefined;
      };
      set_publication: { Args: { id: string; kind: string; state: string }; Returns: Json };
      set_question_retired: { Args: { question_id: string; retired: boolean }; Returns: Json };
      set_quiet_hours: { Args: { begins: string; ends: string }; Returns: undefined };
      set_reaction: { Args: { emoji: string; message_id: string; present: boolean }; Returns: Json };
      set_risk_rule: {
        Args: {
          code: string;
          effect?: string;
          enabled?: boolean;
          parameters?: Json;
          reason: string;
          review_days?: number;
        };
        Returns: Json;
      };
      set_support_level: {
        Args: {
          first_answer_hours: number;
          queue?: string;
          reason: string;
          solution_hours: number;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Returns: Json;
      };
      set_tax_threshold: {
        Args: { amount?: number; country: string; currency: string; form: string; reason: string; tax_year: number };
        Returns: Json;
      };
      set_team_leader: { Args: { leader_id?: string; member_id: string; reason: string }; Returns: Json };
      set_ticket_closed: { Args: { closed: boolean; rating?: number; ticket_id: string }; Returns: Json };
      set_usage_recording: { Args: { enabled: boolean }; Returns: Json };
      share_lead: {
        Args: { lead_id: string; may_edit?: boolean; partner_id?: string; team?: boolean; until?: string };
        Returns: Json;
      };
      similar_leads: {
        Args: { company_name?: string; contact_email?: string; contact_phone?: string };
        Returns: {
          company_name: string;
          id: string;
          same: string[];
          status: Database['public']['Enums']['lead_status'];
        }[];
      };
      start_quiz: { Args: { attempt_id: string; quiz_id: string }; Returns: Json };
      start_review: { Args: { application_id: string }; Returns: Json };
      strategy_calls: { Args: Record<PropertyKey, never>; Returns: Json };
      submit_application:
        | {
            Args: { accept_terms: boolean; country: string; motivation: string; name: string; phone: string };
            Returns: Json;
          }
        | {
            Args: {
              accept_terms: boolean;
              country: string;
              motivation: string;
              name: string;
              phone: string;
              referral_code: string;
            };
            Returns: Json;
          };
      submit_quiz: { Args: { answers: Json; attempt_id: string }; Returns: Json };
      subscribe_push: {
        Args: { auth: string; endpoint: string; p256dh: string; user_agent?: string };
        Returns: undefined;
      };
      survey_due: { Args: Record<PropertyKey, never>; Returns: Json };
      suspend_partner: { Args: { partner_id: string; reason: string }; Returns: Json };
      take_back_badge: { Args: { achievement_id: string; reason: string }; Returns: Json };
      take_down_page: { Args: { partner_id: string; reason: string }; Returns: Json };
      tax_report: {
        Args: { tax_year: number };
        Returns: {
          country: string;
          currency: string;
          form: string;
          paid: number;
          partner: string;
          partner_id: string;
          reached: boolean;
          taken_back: number;
          tax_status: Database['public']['Enums']['tax_status'];
          threshold: number;
          total: number;
        }[];
      };
      team_performance: { Args: Record<PropertyKey, never>; Returns: Json };
      team_training: { Args: Record<PropertyKey, never>; Returns: Json };
      terminate_partner: { Args: { partner_id: string; reason: string }; Returns: Json };
      ticket_queue: {
        Args: {
          after_due?: string;
          after_id?: string;
          assigned_to?: string;
          max_rows?: number;
          queue?: string;
          states?: Database['public']['Enums']['ticket_status'][];
          unassigned?: boolean;
        };
        Returns: Json;
      };
      tier_status: { Args: Record<PropertyKey, never>; Returns: Json };
      training_overview: { Args: Record<PropertyKey, never>; Returns: Json };
      unpublish_module: { Args: { module_id: string }; Returns: Json };
      unshare_lead: { Args: { share_id: string }; Returns: undefined };
      unsubscribe_push: { Args: { endpoint: string }; Returns: undefined };
      update_profile: { Args: { changes: Json }; Returns: Json };
      verify_deal: { Args: { contracted_value: number; reference: string }; Returns: Json };
      vote_faq: { Args: { article_id: string; helpful: boolean }; Returns: undefined };
      waive_requirement: {
        Args: {
          kind: Database['public']['Enums']['requirement_kind'];
          partner_id: string;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Returns: Json;
      };
      why_this_amount: { Args: { commission_id: string }; Returns: Json };
      withdraw_application: { Args: Record<PropertyKey, never>; Returns: Json };
      withdraw_invite: { Args: { invite_id: string }; Returns: undefined };
      withdraw_request: { Args: { request_id: string }; Returns: Json };
      withdraw_waiver: {
        Args: {
          kind: Database['public']['Enums']['requirement_kind'];
          partner_id: string;
          reason: string;
          tier: Database['public']['Enums']['partner_tier'];
        };
        Returns: Json;
      };
    };
    Enums: {
      adjustment_state: 'proposed' | 'approved' | 'declined' | 'withdrawn';
      appeal_status: 'open' | 'granted' | 'denied';
      application_status: 'submitted' | 'in_review' | 'approved' | 'rejected' | 'withdrawn';
      asset_category:
        | 'brochures'
        | 'email_templates'
        | 'social_posts'
        | 'videos'
        | 'proposals'
        | 'brand'
        | 'case_studies'
        | 'competitive';
      bank_payout_status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';
      challenge_metric: 'qualified_deals' | 'leads_logged' | 'lessons_completed' | 'points';
      channel_notifications: 'all' | 'mentions' | 'none';
      channel_type: 'general' | 'training' | 'team' | 'direct';
      claim_state: 'open' | 'info' | 'accepted' | 'rejected';
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
      conflict_decision: 'existing_lead' | 'new_lead' | 'both' | 'withdrawn' | 'given_up';
      deal_case_state: 'open' | 'info' | 'decided';
      deal_status: 'claimed' | 'verified' | 'rejected' | 'cancelled';
      delivery_status: 'waiting' | 'delivered' | 'dead' | 'withdrawn';
      dispute_status: 'opened' | 'won' | 'lost';
      entry_status: 'running' | 'provisional' | 'confirmed' | 'missed' | 'withdrawn';
      event_kind: 'office_hours' | 'strategy_call' | 'webinar' | 'dinner' | 'networking' | 'training' | 'team_call';
      export_status: 'waiting' | 'ready' | 'expired';
      finance_export_kind: 'ledger' | 'commissions' | 'payouts' | 'tax';
      hold_decision: 'released' | 'upheld';
      instant_status: 'waiting' | 'sending' | 'on_its_way' | 'arrived' | 'fell_back';
      lead_activity_type: 'call' | 'email' | 'meeting' | 'note' | 'status_change';
      lead_fact:
        | 'business_email'
        | 'phone'
        | 'project_type'
        | 'stage'
        | 'next_action_planned'
        | 'source'
        | 'campaign'
        | 'referral_link'
        | 'activities_30_days'
        | 'meetings'
        | 'idle_days'
        | 'days_in_stage'
        | 'estimated_value';
      lead_score_component: 'fit' | 'source' | 'activity' | 'recency' | 'value';
      lead_status: 'new' | 'contacted' | 'qualified' | 'proposal_sent' | 'closed_won' | 'closed_lost';
      lesson_kind: 'text' | 'video' | 'resource' | 'quiz';
      message_kind: 'text' | 'voice' | 'system';
      notification_channel: 'push' | 'email' | 'sms';
      notification_type:
        'achievement' | 'commission' | 'tier_up' | 'message' | 'reminder' | 'payout' | 'security' | 'account';
      override_basis: 'deal_amount' | 'member_commission';
      partner_status: 'invited' | 'pending' | 'active' | 'inactive' | 'suspended' | 'terminated';
      partner_tier: 'starter' | 'active' | 'performer' | 'elite';
      payout_account_status: 'none' | 'onboarding' | 'ready' | 'restricted';
      payout_kind: 'on_request' | 'automatic' | 'instant' | 'final' | 'fee_refund';
      payout_method: 'standard' | 'instant';
      payout_run_status: 'previewed' | 'approved' | 'executing' | 'executed' | 'reconciled';
      payout_status:
        'draft' | 'approved' | 'sending' | 'sent' | 'paid' | 'parked' | 'failed' | 'reversed' | 'cancelled';
      presence_status: 'online' | 'away' | 'busy';
      proposal_status: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
      report_state: 'open' | 'acted' | 'dismissed';
      request_status: 'open' | 'in_review' | 'accepted' | 'declined' | 'withdrawn';
      requirement_kind:
        'qualified_deals' | 'training_track' | 'time_in_tier_days' | 'client_satisfaction' | 'support_calls';
      reversal_status: 'proposed' | 'rejected' | 'approved' | 'sending' | 'done' | 'refused';
      rsvp_status: 'going' | 'waitlisted' | 'declined' | 'attended' | 'missed';
      score_period: 'week' | 'month' | 'all';
      staff_role: 'support' | 'moderator' | 'finance' | 'admin' | 'owner';
      tax_status: 'unknown' | 'required' | 'pending' | 'rejected' | 'complete';
      template_channel: 'email' | 'call';
      template_visibility: 'private' | 'shared' | 'official';
      terms_kind: 'partner_agreement' | 'privacy_policy';
      ticket_priority: 'low' | 'medium' | 'high' | 'urgent';
      ticket_status: 'open' | 'in_progress' | 'waiting' | 'resolved' | 'closed';
      training_channel:
        | 'getting_started'
        | 'sales_fundamentals'
        | 'advanced_techniques'
        | 'product_knowledge'
        | 'video_library'
        | 'certifications';
      usage_device: 'phone' | 'tablet' | 'desktop';
      usage_display: 'browser' | 'standalone';
      usage_kind: 'opened' | 'installed' | 'foreground' | 'feature';
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
      adjustment_state: ['proposed', 'approved', 'declined', 'withdrawn'],
      appeal_status: ['open', 'granted', 'denied'],
      application_status: ['submitted', 'in_review', 'approved', 'rejected', 'withdrawn'],
      asset_category: [
        'brochures',
        'email_templates',
        'social_posts',
        'videos',
        'proposals',
        'brand',
        'case_studies',
        'competitive',
      ],
      bank_payout_status: ['pending', 'in_transit', 'paid', 'failed', 'canceled'],
      challenge_metric: ['qualified_deals', 'leads_logged', 'lessons_completed', 'points'],
      channel_notifications: ['all', 'mentions', 'none'],
      channel_type: ['general', 'training', 'team', 'direct'],
      claim_state: ['open', 'info', 'accepted', 'rejected'],
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
      conflict_decision: ['existing_lead', 'new_lead', 'both', 'withdrawn', 'given_up'],
      deal_case_state: ['open', 'info', 'decided'],
      deal_status: ['claimed', 'verified', 'rejected', 'cancelled'],
      delivery_status: ['waiting', 'delivered', 'dead', 'withdrawn'],
      dispute_status: ['opened', 'won', 'lost'],
      entry_status: ['running', 'provisional', 'confirmed', 'missed', 'withdrawn'],
      event_kind: ['office_hours', 'strategy_call', 'webinar', 'dinner', 'networking', 'training', 'team_call'],
      export_status: ['waiting', 'ready', 'expired'],
      finance_export_kind: ['ledger', 'commissions', 'payouts', 'tax'],
      hold_decision: ['released', 'upheld'],
      instant_status: ['waiting', 'sending', 'on_its_way', 'arrived', 'fell_back'],
      lead_activity_type: ['call', 'email', 'meeting', 'note', 'status_change'],
      lead_fact: [
        'business_email',
        'phone',
        'project_type',
        'stage',
        'next_action_planned',
        'source',
        'campaign',
        'referral_link',
        'activities_30_days',
        'meetings',
        'idle_days',
        'days_in_stage',
        'estimated_value',
      ],
      lead_score_component: ['fit', 'source', 'activity', 'recency', 'value'],
      lead_status: ['new', 'contacted', 'qualified', 'proposal_sent', 'closed_won', 'closed_lost'],
      lesson_kind: ['text', 'video', 'resource', 'quiz'],
      message_kind: ['text', 'voice', 'system'],
      notification_channel: ['push', 'email', 'sms'],
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
      override_basis: ['deal_amount', 'member_commission'],
      partner_status: ['invited', 'pending', 'active', 'inactive', 'suspended', 'terminated'],
      partner_tier: ['starter', 'active', 'performer', 'elite'],
      payout_account_status: ['none', 'onboarding', 'ready', 'restricted'],
      payout_kind: ['on_request', 'automatic', 'instant', 'final', 'fee_refund'],
      payout_method: ['standard', 'instant'],
      payout_run_status: ['previewed', 'approved', 'executing', 'executed', 'reconciled'],
      payout_status: ['draft', 'approved', 'sending', 'sent', 'paid', 'parked', 'failed', 'reversed', 'cancelled'],
      presence_status: ['online', 'away', 'busy'],
      proposal_status: ['draft', 'sent', 'accepted', 'declined', 'expired', 'withdrawn'],
      report_state: ['open', 'acted', 'dismissed'],
      request_status: ['open', 'in_review', 'accepted', 'declined', 'withdrawn'],
      requirement_kind: [
        'qualified_deals',
        'training_track',
        'time_in_tier_days',
        'client_satisfaction',
        'support_calls',
      ],
      reversal_status: ['proposed', 'rejected', 'approved', 'sending', 'done', 'refused'],
      rsvp_status: ['going', 'waitlisted', 'declined', 'attended', 'missed'],
      score_period: ['week', 'month', 'all'],
      staff_role: ['support', 'moderator', 'finance', 'admin', 'owner'],
      tax_status: ['unknown', 'required', 'pending', 'rejected', 'complete'],
      template_channel: ['email', 'call'],
      template_visibility: ['private', 'shared', 'official'],
      terms_kind: ['partner_agreement', 'privacy_policy'],
      ticket_priority: ['low', 'medium', 'high', 'urgent'],
      ticket_status: ['open', 'in_progress', 'waiting', 'resolved', 'closed'],
      training_channel: [
        'getting_started',
        'sales_fundamentals',
        'advanced_techniques',
        'product_knowledge',
        'video_library',
        'certifications',
      ],
      usage_device: ['phone', 'tablet', 'desktop'],
      usage_display: ['browser', 'standalone'],
      usage_kind: ['opened', 'installed', 'foreground', 'feature'],
    },
  },
} as const;
