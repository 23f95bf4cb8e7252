-- Evidence, and the signed heads of the chains. The files lie outside the database, encrypted, one key a file and a contract; the keys lie
-- here, wrapped by a master key that does not. A withdrawal destroys the key and the file; what the file was, and why it is gone, stays.

create table ledger.evidence (
    contract    text   not null check (contract <> '' and contract !~ ','),
    sha256      text   not null check (sha256 ~ '^[0-9a-f]{64}$'),       -- of the plain bytes
    name        text   not null check (name <> ''),
    size        bigint not null check (size > 0),
    type        text   not null,
    recorded_at bigint not null,
    by          text   not null check (by <> ''),
    file        text   not null,                                         -- within the folder of evidence
    primary key (contract, sha256)
);

create table ledger.evidence_keys (
    contract    text   not null,
    sha256      text   not null,
    master      text   not null,                                         -- which master key wraps it
    wrapped     bytea  not null,
    primary key (contract, sha256),
    foreign key (contract, sha256) references ledger.evidence
);

create table ledger.evidence_withdrawals (
    contract    text   not null,
    sha256      text   not null,
    recorded_at bigint not null,
    by          text   not null check (by <> ''),
    reason      text   not null check (reason <> ''),
    primary key (contract, sha256),
    foreign key (contract, sha256) references ledger.evidence
);

-- Public keys of this installation, old ones too: what they signed is verified by them. A key names the one before it, which signed it.
create table ledger.signing_keys (
    id          text   not null primary key check (id ~ '^[0-9a-f]{64}$'),    -- SHA-256 of the public key
    algorithm   text   not null,
    public_key  bytea  not null,                                         -- SubjectPublicKeyInfo, DER
    made_at     bigint not null,
    previous    text   references ledger.signing_keys,
    endorsement bytea,                                                   -- the signature of the previous key over this one
    check ((previous is null) = (endorsement is null))
);

create table ledger.checkpoints (
    contract    text   not null check (contract <> '' and contract !~ ','),
    number      bigint not null check (number > 0),
    seq         bigint not null check (seq >= 0),
    hash        bytea  not null check (length(hash) = 32),
    claims_seq  bigint not null check (claims_seq >= 0),
    claims_hash bytea  not null check (length(claims_hash) = 32),
    signed_at   bigint not null,
    reason      text   not null,
    about       text   not null,
    previous    bytea  not null check (length(previous) = 32),           -- SHA-256 of the signed bytes before
    algorithm   text   not null,
    key         text   not null references ledger.signing_keys,
    signature   bytea  not null,
    primary key (contract, number)
);

alter table ledger.evidence enable row level security;
alter table ledger.evidence_keys enable row level security;
alter table ledger.evidence_withdrawals enable row level security;
alter table ledger.checkpoints enable row level security;
create policy visible on ledger.evidence for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy stored on ledger.evidence for insert to yueheng_app
    with check (contract = any ((select ledger.visible_contracts())::text[]));
create policy visible on ledger.evidence_keys for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy stored on ledger.evidence_keys for insert to yueheng_app
    with check (contract = any ((select ledger.visible_contracts())::text[]));
create policy visible on ledger.evidence_withdrawals for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy visible on ledger.checkpoints for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy signed on ledger.checkpoints for insert to yueheng_app
    with check (contract = any ((select ledger.visible_contracts())::text[]));

create trigger recorded_stays before update or delete or truncate on ledger.evidence
    for each statement execute function ledger.refuse_change();
create trigger recorded_stays before update or delete or truncate on ledger.evidence_withdrawals
    for each statement execute function ledger.refuse_change();
create trigger recorded_stays before update or truncate on ledger.evidence_keys
    for each statement execute function ledger.refuse_change();
create trigger recorded_stays before update or delete or truncate on ledger.checkpoints
    for each statement execute function ledger.refuse_change();
create trigger recorded_stays before update or delete or truncate on ledger.signing_keys
    for each statement execute function ledger.refuse_change();

-- The one way in which a key goes: with a record of who, when and why. Says the file to remove; nothing, when it was withdrawn before.
create function ledger.withdraw_evidence(which text, what text, at bigint, who text, why text) returns text
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    removed text;
begin
    if not which = any (ledger.visible_contracts()) then
        raise exception 'the session may not see contract %', which using errcode = 'insufficient_privilege';
    end if;
    select e.file into removed from ledger.evidence e where e.contract = which and e.sha256 = what;
    if removed is null then return null; end if;
    insert into ledger.evidence_withdrawals values (which, what, at, who, why) on conflict do nothing;
    if not found then return null; end if;
    delete from ledger.evidence_keys k where k.contract = which and k.sha256 = what;
    return removed;
end
$$;

revoke all on function ledger.withdraw_evidence(text, text, bigint, text, text) from public;
grant execute on function ledger.withdraw_evidence(text, text, bigint, text, text) to yueheng_app;
grant select, insert on ledger.evidence, ledger.evidence_keys, ledger.checkpoints to yueheng_app;
grant select on ledger.evidence_withdrawals, ledger.signing_keys to yueheng_app;
