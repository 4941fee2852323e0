-- Vault: secrets that lie encrypted in the table, in its indexes, in the write-ahead log and in backups.
--
-- The real extension encrypts with libsodium and a root key that only the server process knows. Here pgcrypto does it
-- (OpenPGP, AES-256, integrity check) with a random key in the file vault.key of the data folder, which is written when
-- the cluster is made and which only superusers, hence these functions, can read. Tables, view, functions and grants are
-- as on hosted. Left out: key_id and nonce have no meaning, and the _crypto_* functions have other names.

create table vault.secrets (
    id uuid primary key default gen_random_uuid(),
    name text,
    description text not null default '',
    secret text not null,
    key_id uuid,
    nonce bytea,
    created_at timestamptz not null default current_timestamp,
    updated_at timestamptz not null default current_timestamp
);
comment on table vault.secrets is 'Secrets; the column `secret` is ciphertext. Read vault.decrypted_secrets.';
create unique index secrets_name_idx on vault.secrets (name) where name is not null;

create function vault._root_key() returns text
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select pg_read_file('vault.key')
$$;

create function vault._encrypt(plaintext text) returns text
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    select encode(
        @extschema:pgcrypto@.pgp_sym_encrypt(plaintext, vault._root_key(), 'cipher-algo=aes256, s2k-mode=1'), 'base64'
    )
$$;

create function vault._decrypt(ciphertext text) returns text
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select @extschema:pgcrypto@.pgp_sym_decrypt(decode(ciphertext, 'base64'), vault._root_key())
$$;

create view vault.decrypted_secrets as
select
    s.id,
    s.name,
    s.description,
    s.secret,
    vault._decrypt(s.secret) as decrypted_secret,
    s.key_id,
    s.nonce,
    s.created_at,
    s.updated_at
from vault.secrets as s;

create function vault.create_secret(
    new_secret text,
    new_name text default null,
    new_description text default '',
    new_key_id uuid default null
) returns uuid
    language sql
    security definer
    set search_path = ''
as $$
    insert into vault.secrets (secret, name, description)
    values (vault._encrypt(new_secret), new_name, new_description)
    returning id
$$;

create function vault.update_secret(
    secret_id uuid,
    new_secret text default null,
    new_name text default null,
    new_description text default null,
    new_key_id uuid default null
) returns void
    language sql
    security definer
    set search_path = ''
as $$
    update vault.secrets as s
    set secret = case when new_secret is null then s.secret else vault._encrypt(new_secret) end,
        name = coalesce(new_name, s.name),
        description = coalesce(new_description, s.description),
        updated_at = now()
    where s.id = secret_id
$$;

revoke all on all functions in schema vault from public;

-- Grants as on hosted.
grant usage on schema vault to postgres with grant option;
grant select, delete, truncate, references on vault.secrets, vault.decrypted_secrets to postgres with grant option;
grant execute on function
    vault.create_secret(text, text, text, uuid),
    vault.update_secret(uuid, text, text, text, uuid),
    vault._decrypt(text)
to postgres with grant option;
grant usage on schema vault to service_role;
grant select, delete on vault.secrets, vault.decrypted_secrets to service_role;
grant execute on function
    vault.create_secret(text, text, text, uuid),
    vault.update_secret(uuid, text, text, text, uuid),
    vault._decrypt(text)
to service_role;
