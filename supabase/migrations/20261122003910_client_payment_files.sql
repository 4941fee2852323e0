-- Clients' money from a file of finance's: the third sender of the same events, beside SISO's systems and Stripe.
--
-- Invariant: a file is stored as a whole or not at all, and the same row again is the same event.

-- A value of a row as text; refuses what does not look as it must.
create function private.cell_of(event jsonb, name text, pattern text, sentence text) returns text
language plpgsql immutable set search_path = '' as $$
declare
    cell text := btrim(event ->> name);
begin
    if coalesce(cell, '') = '' then
        perform private.fail('22023', 'This is missing.', 'required', name);
    end if;
    if cell !~ pattern then
        perform private.fail('22023', sentence, 'format', name);
    end if;
    return cell;
end;
$$;

-- One row: stores its event as the worker does for a webhook.
create function private.import_client_event(event jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    id_pattern constant text := '^[A-Za-z0-9_.:/-]{1,200}$';
    id_sentence constant text := 'Up to 200 letters, digits and . : / - _';
    sender text := coalesce(nullif(btrim(event ->> 'source'), ''), 'csv');
    own_id text := private.cell_of(event, 'source_id', id_pattern, id_sentence);
    reference text := private.cell_of(event, 'deal_reference', id_pattern, id_sentence);
    amount bigint := private.cell_of(event, 'amount', '^[0-9]{1,13}$', 'A whole number of minor units.')::bigint;
    unit text := private.cell_of(event, 'currency', '^[A-Z]{3}$', 'Three capital letters, for instance USD.');
    day text := private.cell_of(event, 'date', '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'A day as 2026-01-31.');
    happened timestamptz;
begin
    if sender !~ id_pattern then
        perform private.fail('22023', id_sentence, 'format', 'source');
    end if;
    if amount not between 1 and 1000000000000 then
        perform private.fail('22023', 'The amount is above zero.', 'range', 'amount', null, '1 to 1000000000000');
    end if;
    begin
        happened := (day || 'T12:00:00Z')::timestamptz;
    exception when datetime_field_overflow or invalid_datetime_format then
        perform private.fail('22023', 'There is no such day.', 'format', 'date');
    end;
    if happened < timestamptz '2020-01-01T00:00:00Z' then
        perform private.fail('22023', 'The day is 2020 or later.', 'range', 'date', null, '2020-01-01');
    end if;
    case event ->> 'type'
        when 'payment.cleared' then
            return worker.receive_client_payment(
                sender, own_id, reference,
                private.cell_of(event, 'instalment', '^[1-9][0-9]{0,2}$', 'A whole number from 1 to 999.')::integer,
                amount, unit, happened, nullif(btrim(event ->> 'payer'), '')
            );
        when 'payment.refunded' then
            return worker.receive_client_refund(
                sender, own_id, private.cell_of(event, 'payment_source_id', id_pattern, id_sentence), reference, amount, unit, happened
            );
        when 'payment.disputed', 'dispute.won', 'dispute.lost' then
            return worker.receive_client_dispute(
                event ->> 'type', sender, own_id, private.cell_of(event, 'payment_source_id', id_pattern, id_sentence),
                reference, amount, unit, happened
            );
        else
            perform private.fail(
                '22023', 'This is no event of a client''s money.', 'one_of', 'type', null,
                'payment.cleared, payment.refunded, payment.disputed, dispute.won, dispute.lost'
            );
            return null;
    end case;
end;
$$;

-- Stores the rows of a file, in minor units, all of them or none; only_check says what would happen and stores nothing. An error
-- names the row, counted from 1.
create function private.import_client_events(events jsonb, only_check boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    event jsonb;
    place integer := 0;
    made integer := 0;
    known integer := 0;
    answer jsonb;
    code text;
    message text;
    detail text;
begin
    if coalesce(jsonb_typeof(events), '') <> 'array' or jsonb_array_length(events) not between 1 and 1000 then
        perform private.fail('22023', 'A file has 1 to 1,000 rows.', 'length', 'events', 'Split a longer one.', '1 to 1000');
    end if;
    begin
        for event in select * from jsonb_array_elements(events) loop
            place := place + 1;
            begin
                answer := private.import_client_event(event);
            exception when sqlstate '22023' or sqlstate 'PT409' then
                get stacked diagnostics code = returned_sqlstate, message = message_text, detail = pg_exception_detail;
                perform private.fail(
                    code, 'Row ' || place || ': ' || message, detail::jsonb ->> 'rule',
                    'events[' || place || '].' || coalesce(detail::jsonb ->> 'field', '*'), 'Nothing of the file was stored.',
                    detail::jsonb ->> 'limit'
                );
            end;
            made := made + case when (answer ->> 'duplicate')::boolean then 0 else 1 end;
            known := known + case when (answer ->> 'duplicate')::boolean then 1 else 0 end;
        end loop;
        if only_check then
            raise exception using errcode = 'SISO0'; -- takes back what the block did
        end if;
        perform private.emit(
            'client_file.imported', 'staff_member', staff, null, null,
            jsonb_build_object('staff_id', staff, 'rows', place, 'new', made, 'known', known)
        );
    exception when sqlstate 'SISO0' then
        null;
    end;
    return jsonb_build_object('rows', place, 'new', made, 'known', known, 'stored', not only_check);
end;
$$;

create function public.import_client_events(events jsonb, only_check boolean default false) returns jsonb
language sql volatile set search_path = '' as $$
    select private.import_client_events(events, only_check);
$$;
