-- No card number is kept: what people write passes here on its way into a table. The rule is that of workers/core/cards.py, which
-- logs use, and a test holds the two equal: 13 to 19 digits in a row that pass Luhn's check, in any script, with up to three
-- characters between two digits that are neither ASCII letters nor digits, and whatever stands before and after but a
-- further digit.
--
-- What looks alike and is none stays: UUIDs, digests in hexadecimal, Stripe's ids, valid IBANs, telephone numbers of up to 14
-- digits after a plus sign, and a run that is wholly amounts, dates and times.

-- Digits of all scripts as ASCII digits, one for one: places in the text stay what they are.
create function private.plain_digits(words text) returns text
language sql immutable parallel safe set search_path = '' as $$
    select case
        when octet_length(words) = length(words) or words !~
            '[\u00b2-\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f'
            '\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0de6-\u0def\u0e50-\u0e59'
            '\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u1090-\u1099\u17e0-\u17e9\u1810-\u1819\u1946-\u194f\u19d0-\u19d9'
            '\u1a80-\u1a89\u1a90-\u1a99\u1b50-\u1b59\u1bb0-\u1bb9\u1c40-\u1c49\u1c50-\u1c59\u2070\u2074-\u2079'
            '\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788'
            '\u278a-\u2792\ua620-\ua629\ua8d0-\ua8d9\ua900-\ua909\ua9d0-\ua9d9\ua9f0-\ua9f9\uaa50-\uaa59\uabf0-\uabf9'
            '\uff10-\uff19\U000104a0-\U000104a9\U00010d30-\U00010d39\U00011066-\U0001106f\U000110f0-\U000110f9'
            '\U00011136-\U0001113f\U000111d0-\U000111d9\U000112f0-\U000112f9\U00011450-\U00011459\U000114d0-\U000114d9'
            '\U00011650-\U00011659\U000116c0-\U000116c9\U00011730-\U00011739\U000118e0-\U000118e9\U00011950-\U00011959'
            '\U00011c50-\U00011c59\U00011d50-\U00011d59\U00011da0-\U00011da9\U00011f50-\U00011f59\U00016a60-\U00016a69'
            '\U00016ac0-\U00016ac9\U00016b50-\U00016b59\U0001d7ce-\U0001d7ff\U0001e140-\U0001e149\U0001e2f0-\U0001e2f9'
            '\U0001e4f0-\U0001e4f9\U0001e950-\U0001e959\U0001f100-\U0001f10a\U0001fbf0-\U0001fbf9]'
        then words
        else translate(words, known.forms, known.digits)
    end
    from (
        select
            (
                select string_agg(chr(zero + digit), '' order by zero, digit)
                from unnest(array[
                    1632, 1776, 1984, 2406, 2534, 2662, 2790, 2918, 3046, 3174, 3302, 3430, 3558, 3664, 3792, 3872, 4160, 4240,
                    6112, 6160, 6470, 6608, 6784, 6800, 6992, 7088, 7232, 7248, 8320, 42528, 43216, 43264, 43472, 43504, 43600,
                    44016, 65296, 66720, 68912, 69734, 69872, 69942, 70096, 70384, 70736, 70864, 71248, 71360, 71472, 71904, 72016,
                    72784, 73040, 73120, 73552, 92768, 92864, 93008, 120782, 120792, 120802, 120812, 120822, 123200, 123632, 124144,
                    125264, 130032
                ]) as zero, generate_series(0, 9) as digit
            )
            || (
                select string_agg(chr(one + digit - 1), '' order by one, digit)
                from unnest(array[9312, 9332, 9352, 9461, 10102, 10112, 10122, 127234]) as one, generate_series(1, 9) as digit
            )
            || (
                select string_agg(chr(point), '' order by place)
                from unnest(array[185, 178, 179, 8304, 9450, 9471, 127232, 127233, 8308, 8309, 8310, 8311, 8312, 8313])
                with ordinality as alone (point, place)
            ) as forms,
            repeat('0123456789', 68) || repeat('123456789', 8) || '12300000456789' as digits
    ) as known;
$$;

-- The text with the digits of ids and of valid IBANs replaced by letters, so that no number is seen in them.
create function private.hide_ids(words text) returns text
language plpgsql immutable parallel safe set search_path = '' as $$
declare
    ids constant text := '\[card •••• [0-9]{4}\]'
        '|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'
        '|(?<![0-9A-Za-z])[0-9a-f]{32}(?:[0-9a-f]{8}(?:[0-9a-f]{24})?)?(?![0-9A-Za-z])'
        '|(?<![0-9A-Za-z])(?:acct|ba|ch|cs|cus|dp|evt|fr|in|pi|pm|po|price|prod|py|pyr|re|req|sess|seti|src|sub|tr|trr|tu|txn)'
        '_(?:(?=[0-9]*[A-Za-z])[0-9A-Za-z]{14,}|[0-9]{20,})(?![0-9A-Za-z])';
    head constant text := '(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?= ?[0-9A-Z])';
    lengths constant text :=
        'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 '
        'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 '
        'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 '
        'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 '
        'YE30 ';
    at integer := 1;
    until integer;
    whole text;
    compact text;
begin
    loop
        at := regexp_instr(words, ids, at);
        exit when at = 0;
        until := regexp_instr(words, ids, at, 1, 1);
        words := overlay(words placing translate(substr(words, at, until - at), '0123456789', 'xxxxxxxxxx') from at for until - at);
        at := until;
    end loop;
    at := 1;
    loop
        at := regexp_instr(words, head, at);
        exit when at = 0;
        until := substring(lengths from substr(words, at, 2) || '([0-9]{2})')::integer; -- how long an IBAN of this country is
        whole := case when until is not null then
            substring(substr(words, at) from '^((?:[0-9A-Z] ?){' || until - 1 || '}[0-9A-Z])(?![0-9A-Za-z])')
        end;
        compact := replace(whole, ' ', '');
        if (
            select string_agg(
                case when letter between '0' and '9' then letter else (ascii(letter) - 55)::text end, '' order by place
            )::numeric % 97
            from string_to_table(substr(compact, 5) || left(compact, 4), null) with ordinality as letters (letter, place)
        ) = 1 then
            words := overlay(words placing translate(whole, '0123456789', 'xxxxxxxxxx') from at for length(whole));
            at := at + length(whole);
        else
            at := at + 1;
        end if;
    end loop;
    return words;
end;
$$;

-- Where card numbers are among digits that stand at these places, as pairs (how many digits before it, the number of its last):
-- leftmost first, the longest of those, none over another; they begin and end where no other digit touches them. Sums up to each
-- place make every question one subtraction.
create function private.find_cards(digits text, places integer[]) returns integer[]
language plpgsql immutable parallel safe set search_path = '' as $$
declare
    even integer[] := '{}'; -- Luhn's sum when the digit before an even place is doubled
    odd integer[] := '{}';
    found integer[] := '{}';
    plain integer;
    doubled integer;
    first integer := 0;
    sum_even integer := 0;
    sum_odd integer := 0;
    sums integer;
begin
    for place in 1..length(digits) loop
        plain := substr(digits, place, 1)::integer;
        doubled := case when plain > 4 then plain * 2 - 9 else plain * 2 end;
        sum_even := sum_even + case when place % 2 = 1 then doubled else plain end;
        sum_odd := sum_odd + case when place % 2 = 1 then plain else doubled end;
        even[place] := sum_even;
        odd[place] := sum_odd;
    end loop;
    <<starts>>
    while first + 13 <= length(digits) loop
        if first > 0 and places[first + 1] = places[first] + 1 then
            first := first + 1;
            continue;
        end if;
        for final in reverse least(first + 19, length(digits))..first + 13 loop
            -- The digit before the last is doubled.
            sums := case when final % 2 = 0 then even[final] - coalesce(even[first], 0) else odd[final] - coalesce(odd[first], 0) end;
            if sums % 10 = 0 and (final = length(digits) or places[final + 1] > places[final] + 1) then
                found := found || first || final;
                first := final;
                continue starts;
            end if;
        end loop;
        first := first + 1;
    end loop;
    return found;
end;
$$;

-- The text with "[card •••• 4242]" in the place of every card number (PCI DSS allows the last four digits); all else stays as it
-- is, byte for byte.
create function private.scrub_cards(words text) returns text
language plpgsql immutable parallel safe set search_path = '' as $$
declare
    -- A plus sign after another separator begins a new number.
    run constant text := '[0-9](?:(?:[^0-9A-Za-z]{0,2}[^0-9A-Za-z+]|\+)?[0-9]){12,}';
    item constant text := '(?:(?:19|20)[0-9]{2}[-/.][01][0-9][-/.][0-3][0-9]'
        '|[0-3]?[0-9][-/.][0-3]?[0-9][-/.](?:19|20)[0-9]{2}'
        '|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,6})?)?'
        '|[0-9]{1,3}(?:,[0-9]{3}){0,3}[.][0-9]{2}'
        '|[0-9]{1,3}(?:[.'' ][0-9]{3}){0,3},[0-9]{2}'
        '|[0-9]{4,9}[.,][0-9]{2}'
        '|[0-9]{1,3}(?:[,.''][0-9]{3}){1,3})';
    between_items constant text := '[$€£¥]?(?:[,;|]?[ \t\r\n]{1,2}|;| ?[-–—/] )[$€£¥]?';
    plain text := private.plain_digits(words);
    whole text;
    digits text;
    places integer[];
    cards integer[];
    kept text := '';
    done integer := 1; -- up to where the text is in `kept`
    at integer := 1;
    until integer;
begin
    if plain is null or plain !~ '[^A-Za-z]{13}' or plain !~ run then
        return words;
    end if;
    plain := private.hide_ids(plain);
    loop
        at := regexp_instr(plain, run, at);
        exit when at = 0;
        until := regexp_instr(plain, run, at, 1, 1);
        whole := substr(plain, at, until - at);
        digits := regexp_replace(whole, '[^0-9]', '', 'g');
        -- A telephone number; more digits than that could hold a card of thirteen.
        if not (
            substr(plain, at - 1, case when at > 1 then 1 else 0 end) = '+' and length(digits) = 13
        ) and not (
            -- With an international prefix: no card begins with 0.
            starts_with(digits, '00') and length(digits) <= 14
        ) and not (
            length(whole) <= 300 and whole ~ ('^' || item || '(?:' || between_items || item || ')*$')
        ) then
            select array_agg(place::integer order by place) into places
            from string_to_table(whole, null) with ordinality as letters (letter, place) where letter between '0' and '9';
            cards := private.find_cards(digits, places);
            for one in 1..cardinality(cards) by 2 loop
                kept := kept || substr(words, done, at + places[cards[one] + 1] - 1 - done)
                    || '[card •••• ' || substr(digits, cards[one + 1] - 3, 4) || ']';
                done := at + places[cards[one + 1]];
            end loop;
        end if;
        at := until;
    end loop;
    return kept || substr(words, done);
end;
$$;

-- The same in all words of a document, names of fields too. A number that is a card number becomes words.
create function private.scrub_cards(document jsonb) returns jsonb
language plpgsql immutable parallel safe set search_path = '' as $$
begin
    case jsonb_typeof(document)
        when 'string' then
            return to_jsonb(private.scrub_cards(document #>> '{}'));
        when 'number' then
            if private.scrub_cards(document #>> '{}') <> document #>> '{}' then
                return to_jsonb(private.scrub_cards(document #>> '{}'));
            end if;
        when 'array' then
            return coalesce(
                (
                    select jsonb_agg(private.scrub_cards(value) order by place)
                    from jsonb_array_elements(document) with ordinality as elements (value, place)
                ), '[]'
            );
        when 'object' then
            return coalesce(
                (select jsonb_object_agg(private.scrub_cards(key), private.scrub_cards(value)) from jsonb_each(document)), '{}'
            );
        else
            null;
    end case;
    return document;
end;
$$;
