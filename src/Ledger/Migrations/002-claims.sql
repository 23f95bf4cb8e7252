-- Claims: what somebody would like to be on record and may not put there alone. A claim is nothing but its steps, and its steps are a
-- hash chain of their own per contract: appended like facts, never changed. Where a claim stands follows from its steps.

create table ledger.claim_heads (
    contract    text   not null primary key check (contract <> '' and contract !~ ','),
    seq         bigint not null check (seq >= 0),
    hash        bytea  not null check (length(hash) = 32),
    recorded_at bigint not null,
    claims      bigint not null check (claims >= 0)      -- the number of the last claim
) with (fillfactor = 50);

create table ledger.claim_events (
    contract    text   not null,
    seq         bigint not null check (seq > 0),
    claim       bigint not null check (claim > 0),       -- numbered within the contract, from 1 without gaps
    type        text   not null,
    step        text   not null,
    side        text   not null,
    by          text   not null check (by <> ''),
    recorded_at bigint not null,
    content     text   not null,                         -- canonical JSON: reason, evidence, and what the step says beside
    facts       text   not null,                         -- canonical JSON: the facts that the step proposes, each with its evidence
    previous    bytea  not null check (length(previous) = 32),
    hash        bytea  not null check (length(hash) = 32),
    primary key (contract, seq)
);
create index claim_events_by_claim on ledger.claim_events (contract, claim, seq);
create index claim_events_by_type on ledger.claim_events (contract, type, step, seq);
-- The program looks before it appends; these hold even if it forgets: one beginning, one end, one answer a party.
create unique index claim_begins_once on ledger.claim_events (contract, claim) where step = 'proposed';
create unique index claim_ends_once on ledger.claim_events (contract, claim) where step in ('upheld', 'amended', 'rejected', 'withdrawn');
create unique index claim_is_answered_once on ledger.claim_events (contract, claim, side) where step in ('accepted', 'contested');

alter table ledger.claim_heads enable row level security;
alter table ledger.claim_events enable row level security;
create policy visible on ledger.claim_heads for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy visible on ledger.claim_events for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]));
create policy appended on ledger.claim_events for insert to yueheng_app
    with check (contract = any ((select ledger.visible_contracts())::text[]));

create trigger recorded_stays before update or delete or truncate on ledger.claim_events
    for each statement execute function ledger.refuse_change();
create trigger recorded_stays before delete or truncate on ledger.claim_heads
    for each statement execute function ledger.refuse_change();

-- Whoever takes a step in any claim of a contract holds this head until the transaction ends: of two answers one comes second and sees the
-- first. It is taken before the head of the facts, always.
create function ledger.lock_claims(which text) returns table (seq bigint, hash bytea, recorded_at bigint, claims bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    if not which = any (ledger.visible_contracts()) then
        raise exception 'the session may not see contract %', which using errcode = 'insufficient_privilege';
    end if;
    return query select h.seq, h.hash, h.recorded_at, h.claims from ledger.claim_heads h where h.contract = which for update;
    if not found then
        insert into ledger.claim_heads values (which, 0, decode(repeat('00', 32), 'hex'), 0, 0) on conflict do nothing;
        return query select h.seq, h.hash, h.recorded_at, h.claims from ledger.claim_heads h where h.contract = which for update;
    end if;
end
$$;

-- Moves the head over the one step that the same transaction added.
create function ledger.advance_claims(which text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    head ledger.claim_heads;
    added ledger.claim_events;
begin
    if not which = any (ledger.visible_contracts()) then
        raise exception 'the session may not see contract %', which using errcode = 'insufficient_privilege';
    end if;
    select * into strict head from ledger.claim_heads h where h.contract = which for update;
    select * into added from ledger.claim_events e where e.contract = which and e.seq = head.seq + 1;
    if not found or added.previous <> head.hash or added.recorded_at < head.recorded_at
        or added.claim > head.claims + 1 or (added.step = 'proposed') <> (added.claim = head.claims + 1) then
        raise exception 'step % does not follow the claims of %', head.seq + 1, which using errcode = 'integrity_constraint_violation';
    end if;
    update ledger.claim_heads h set seq = added.seq, hash = added.hash, recorded_at = added.recorded_at, claims = greatest(h.claims, added.claim) where h.contract = which;
end
$$;

-- Internal notes: those of one circle (a party; or the supervisor, or the using unit, each for itself) are shown to nobody else. What the
-- session's circle is, the program sets for one transaction, as it sets the contracts.
create table ledger.notes (
    contract    text   not null,
    number      bigint generated always as identity,
    circle      text   not null check (circle <> ''),
    about       text   not null,
    by          text   not null check (by <> ''),
    recorded_at bigint not null,
    note        text   not null check (note <> ''),
    primary key (contract, number)
);
create index notes_by_subject on ledger.notes (contract, circle, about, number);
alter table ledger.notes enable row level security;
create policy own_circle on ledger.notes for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]) and circle = current_setting('yueheng.circle', true));
create policy appended on ledger.notes for insert to yueheng_app
    with check (contract = any ((select ledger.visible_contracts())::text[]) and circle = current_setting('yueheng.circle', true));
create trigger recorded_stays before update or delete or truncate on ledger.notes
    for each statement execute function ledger.refuse_change();

revoke all on function ledger.lock_claims(text), ledger.advance_claims(text) from public;
grant execute on function ledger.lock_claims(text), ledger.advance_claims(text) to yueheng_app;
grant select on ledger.claim_heads to yueheng_app;
grant select, insert on ledger.claim_events to yueheng_app;
grant select, insert on ledger.notes to yueheng_app;
