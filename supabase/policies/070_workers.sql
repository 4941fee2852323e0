-- Workers execute their own functions and nothing else; they hold no right on any table.

grant execute on function worker.claim_jobs(integer, integer)
to commissions_worker, payouts_worker, accounts_worker, notifications_worker, documents_worker;
grant execute on function worker.finish_job(bigint, uuid)
to commissions_worker, payouts_worker, accounts_worker, notifications_worker, documents_worker;
grant execute on function worker.fail_job(bigint, uuid, text, boolean)
to commissions_worker, payouts_worker, accounts_worker, notifications_worker, documents_worker;

grant execute on function worker.receive_client_payment(text, text, text, integer, bigint, text, timestamptz, text)
to commissions_worker;
grant execute on function worker.receive_client_refund(text, text, text, text, bigint, text, timestamptz) to commissions_worker;
grant execute on function worker.receive_client_dispute(text, text, text, text, text, bigint, text, timestamptz)
to commissions_worker;
grant execute on function worker.commission_inputs(uuid) to commissions_worker;
grant execute on function worker.post_commissions(uuid, jsonb, text) to commissions_worker;
grant execute on function worker.clear_commissions(integer) to commissions_worker;

grant execute on function worker.begin_payout(uuid, boolean) to payouts_worker;
grant execute on function worker.restart_payout_attempt(uuid, integer) to payouts_worker;
grant execute on function worker.record_transfer(uuid, text, bigint, text) to payouts_worker;
grant execute on function worker.payout_refused(uuid, integer, text, text, text) to payouts_worker;
grant execute on function worker.run_payout_batch(uuid, integer) to payouts_worker;
grant execute on function worker.begin_reversal(uuid) to payouts_worker;
grant execute on function worker.record_reversal(uuid, text, bigint) to payouts_worker;
grant execute on function worker.reversal_refused(uuid, text, text) to payouts_worker;
grant execute on function worker.found_reversals(text, jsonb) to payouts_worker;
grant execute on function worker.fall_back_to_standard(uuid, text) to payouts_worker;
grant execute on function worker.begin_instant(uuid) to payouts_worker;
grant execute on function worker.record_instant(uuid, text, boolean) to payouts_worker;
grant execute on function worker.record_bank_payout(
    text, text, bigint, text, text, text, timestamptz, timestamptz, uuid, text, text
) to payouts_worker;
grant execute on function worker.confirm_transfer(uuid, text, bigint, text) to payouts_worker;

grant execute on function worker.receive_stripe_event(text, text, jsonb) to payouts_worker, accounts_worker;
grant execute on function worker.stripe_event(uuid) to payouts_worker, accounts_worker;
grant execute on function worker.stripe_event_done(uuid) to payouts_worker, accounts_worker;

grant execute on function worker.account_inputs(uuid) to accounts_worker;
grant execute on function worker.begin_account_look(text) to accounts_worker;
grant execute on function worker.save_account(uuid, text, text) to accounts_worker;
grant execute on function worker.save_account_link(uuid, text, timestamptz, text) to accounts_worker;
grant execute on function worker.save_account_state(text, bigint, public.payout_account_status, text[], text, text, public.tax_status)
to accounts_worker;

grant execute on function worker.begin_security_mail(uuid) to notifications_worker;
grant execute on function worker.security_mail_sent(uuid) to notifications_worker;
grant execute on function worker.push_job(uuid) to notifications_worker;
grant execute on function worker.record_push(uuid, uuid, text, integer) to notifications_worker;
