-- The chain of facts. The owner of these tables makes them and runs migrations; the application works as yueheng_app, which can add
-- facts and read them, and change nothing that is recorded: not by privilege, and not past the triggers if a privilege slips in.
-- Instants are nanoseconds since 1970-01-01T00:00:00Z, since facts are judged to the nanosecond and timestamptz is not.

do $$
begin
    if not exists (select from pg_roles where rolname = 'yueheng_app') then
        create role yueheng_app nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;     -- roles belong to all databases of a cluster: another one was quicker
end
$$;

do $$
begin
    if not pg_has_role(current_user, 'yueheng_app', 'member') then
        execute format('grant yueheng_app to %I', current_user);
    end if;
    -- Bulk appends are staged in a temporary table of their session.
    execute format('grant connect, temporary on database %I to yueheng_app', current_database());
end
$$;

create schema ledger;
grant usage on schema ledger to yueheng_app;

-- What the session may see: ids of contracts, separated by commas, set for one transaction. Nothing set: nothing seen.
create function ledger.visible_contracts() returns text[]
    language sql stable parallel safe
    return coalesce(string_to_array(nullif(current_setting('yueheng.contracts', true), ''), ','), '{}');

create table ledger.heads (
    contract    text   not null primary key check (contract <> '' and contract !~ ','),
    seq         bigint not null check (seq >= 0),
    hash        bytea  not null check (length(hash) = 32),
    recorded_at bigint not null
) with (fillfactor = 50);

create table ledger.facts (
    contract    text   not null,          -- no foreign key to its head: it would look that row up and lock it for every fact; verification compares them
    seq         bigint not null check (seq > 0),
    id          text   not null,
    kind        text   not null,
    subject     text   not null,
    at          bigint not null,
    recorded_at bigint not null,
    by          text   not null check (by <> ''),
    evidence    text   not null,      -- canonical JSON: [{"name":…,"sha256":…}]
    fact        text   not null,      -- canonical JSON; id, kind, subject and at repeat it for the indexes, and verification compares them
    previous    bytea  not null check (length(previous) = 32),
    hash        bytea  not null check (length(hash) = 32),
    primary key (contract, seq),
    unique (contract, id)
);
create index facts_by_kind on ledger.facts (contract, kind, seq);
create index facts_by_subject on ledger.facts (contract, subject, seq);

alter table ledger.heads enable row level security;
alter table ledger.facts enable row level security;
create policy visible on ledger.heads for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy visible on ledger.facts for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy appended on ledger.facts for insert to yueheng_app
    with check (contract = any ((select ledger.visible_contracts())::text[]));

create function ledger.refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% of % is refused: what is recorded stays; record a fact that takes it back', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;
create trigger recorded_stays before update or delete or truncate on ledger.facts
    for each statement execute function ledger.refuse_change();
create trigger recorded_stays before delete or truncate on ledger.heads
    for each statement execute function ledger.refuse_change();

-- Whoever appends to a contract holds its head until the transaction ends: numbers have no gaps and the chain no fork.
create function ledger.lock_head(which text) returns table (seq bigint, hash bytea, recorded_at bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    if not which = any (ledger.visible_contracts()) then
        raise exception 'the session may not see contract %', which using errcode = 'insufficient_privilege';
    end if;
    return query select h.seq, h.hash, h.recorded_at from ledger.heads h where h.contract = which for update;
    if not found then
        insert into ledger.heads values (which, 0, decode(repeat('00', 32), 'hex'), 0) on conflict do nothing;
        return query select h.seq, h.hash, h.recorded_at from ledger.heads h where h.contract = which for update;
    end if;
end
$$;

-- The facts on record under any of these ids: one look into the index an id. Under row-level security the planner would rather go
-- through all facts of the contract, for every batch; so it is asked once here, and the limit keeps the look-ups from being planned away.
create function ledger.standing(which text, ids text[])
    returns table (id text, seq bigint, fact text, evidence text, recorded_at bigint, hash bytea)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp set jit = off as
$$
begin
    if not which = any (ledger.visible_contracts()) then
        raise exception 'the session may not see contract %', which using errcode = 'insufficient_privilege';
    end if;
    return query
        select found.* from unnest(ids) wanted (id),
            lateral (select f.id, f.seq, f.fact, f.evidence, f.recorded_at, f.hash from ledger.facts f where f.contract = which and f.id = wanted.id limit 1) found;
end
$$;

-- Moves the head over facts that the same transaction added. It looks before it moves: they follow the head without a gap.
create function ledger.advance_head(which text, to_seq bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    head ledger.heads;
    first_previous bytea;
    last ledger.facts;
    added bigint;
begin
    if not which = any (ledger.visible_contracts()) then
        raise exception 'the session may not see contract %', which using errcode = 'insufficient_privilege';
    end if;
    select * into strict head from ledger.heads h where h.contract = which for update;
    select count(*) into added from ledger.facts f where f.contract = which and f.seq > head.seq and f.seq <= to_seq;
    select f.previous into first_previous from ledger.facts f where f.contract = which and f.seq = head.seq + 1;
    select * into last from ledger.facts f where f.contract = which and f.seq = to_seq;
    if to_seq <= head.seq or added <> to_seq - head.seq or first_previous is distinct from head.hash or last.recorded_at < head.recorded_at then
        raise exception 'facts % to % do not follow the head of %', head.seq + 1, to_seq, which using errcode = 'integrity_constraint_violation';
    end if;
    update ledger.heads h set seq = to_seq, hash = last.hash, recorded_at = last.recorded_at where h.contract = which;
end
$$;

revoke all on function ledger.lock_head(text), ledger.standing(text, text[]), ledger.advance_head(text, bigint), ledger.refuse_change() from public;
grant execute on function ledger.lock_head(text), ledger.standing(text, text[]), ledger.advance_head(text, bigint) to yueheng_app;
grant select on ledger.heads to yueheng_app;
grant select, insert on ledger.facts to yueheng_app;
