-- What the forms of staff share: how a field of a form is looked at, and the refusal that names it.

create function private.id_field(given uuid, field text default 'id') returns uuid
language plpgsql immutable set search_path = '' as $$
begin
    if given is null then
        perform private.fail('22023', 'An id is needed; make one on the device.', 'required', field);
    end if;
    return given;
end;
$$;

-- A text without the spaces around it; null when it is blank and may be.
create function private.text_field(given text, field text, low integer, high integer) returns text
language plpgsql immutable set search_path = '' as $$
begin
    if length(btrim(coalesce(given, ''))) not between low and high then
        perform private.fail(
            '22023', format('This has %s to %s characters.', low, high), 'length', field, null, format('%s to %s', low, high)
        );
    end if;
    return nullif(btrim(given), '');
end;
$$;

create function private.name_field(given text, field text, pattern text, rule_in_words text) returns text
language plpgsql immutable set search_path = '' as $$
begin
    if coalesce(given, '') !~ pattern then
        perform private.fail('22023', rule_in_words, 'format', field);
    end if;
    return given;
end;
$$;

create function private.number_field(given bigint, field text, low bigint, high bigint) returns bigint
language plpgsql immutable set search_path = '' as $$
begin
    if given is null or given not between low and high then
        perform private.fail(
            '22023', format('This is a number from %s to %s.', low, high), 'range', field, null, format('%s to %s', low, high)
        );
    end if;
    return given;
end;
$$;

create function private.time_field(given timestamptz, field text) returns timestamptz
language plpgsql immutable set search_path = '' as $$
begin
    if given is null or given not between '2000-01-01T00:00:00Z' and '2100-01-01T00:00:00Z' then
        perform private.fail('22023', 'This is a time between 2000 and 2100.', 'range', field, null, '2000 to 2100');
    end if;
    return given;
end;
$$;

-- For values that only have to be there: choices, yes or no.
create procedure private.need_field(present boolean, field text)
language plpgsql set search_path = '' as $$
begin
    if not coalesce(present, false) then
        perform private.fail('22023', 'This is needed.', 'required', field);
    end if;
end;
$$;

create function private.no_such(thing text, field text) returns void
language plpgsql set search_path = '' as $$
begin
    perform private.fail('PT404', format('There is no such %s.', thing), 'not_found', field);
end;
$$;
