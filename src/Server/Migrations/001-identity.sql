-- Who may come in and what they may do, the sessions, the keys of machines, and the audit log. Passwords, second factors, sessions and keys
-- are reached by the functions below only; the application's role reads no secret by itself, and changes no line of the audit log.
-- Whom a transaction works for stands in settings of that transaction: yueheng.user, yueheng.admin, yueheng.contracts.

create schema server;
grant usage on schema server to yueheng_app;

create function server.me() returns text
    language sql stable parallel safe return nullif(current_setting('yueheng.user', true), '');
create function server.my_admin() returns text
    language sql stable parallel safe return nullif(current_setting('yueheng.admin', true), '');

-- One row a setting of the whole installation: the offset of the business clock, whether its data is made up.
create table server.installation (
    name  text not null primary key,
    value text not null
);

create table server.users (
    id              text        not null primary key check (id ~ '^u-[a-z0-9-]{1,60}$'),
    login           text        not null unique check (login <> '' and login = lower(login) and login !~ '^u-'),
    name            text        not null check (name <> ''),
    title           text        not null,
    admin           text        check (admin in ('system-admin', 'security-admin', 'audit-admin')),
    source          text        not null default 'password' check (source in ('password', 'ldap', 'oauth2')),
    external        text,                                   -- whom the directory or the issuer means by it
    disabled        boolean     not null default false,
    created_at      timestamptz not null,
    password        text,                                   -- as ASP.NET Core Identity hashes it
    password_at     timestamptz,
    must_change     boolean     not null default false,
    failures        int         not null default 0,
    locked_until    timestamptz,
    totp_secret     bytea,                                  -- sealed under a key outside the database
    totp_pending    bytea,
    totp_step       bigint      not null default 0,         -- the last one used: a code serves once
    unique (source, external)
);

create table server.grants (
    contract   text        not null check (contract <> '' and contract !~ ','),
    user_id    text        not null references server.users,
    role       text        not null,
    by         text        not null,
    granted_at timestamptz not null,
    primary key (contract, user_id, role)
);
create index grants_by_user on server.grants (user_id);

create table server.sessions (
    token       bytea       not null primary key check (length(token) = 32),     -- SHA-256 of what the cookie holds
    user_id     text        not null references server.users,
    csrf        text        not null,
    started_at  timestamptz not null,
    seen_at     timestamptz not null,
    ends_at     timestamptz not null,
    address     text        not null
);
create index sessions_by_user on server.sessions (user_id);
create index sessions_by_end on server.sessions (ends_at);

create table server.keys (
    id          text        not null primary key check (id ~ '^k-[a-z0-9]{1,40}$'),
    token       bytea       not null unique check (length(token) = 32),          -- SHA-256 of the key
    name        text        not null check (name <> ''),
    contracts   text[]      not null,
    permissions text[]      not null,
    kinds       text[]      not null,
    by          text        not null,
    made_at     timestamptz not null,
    ends_at     timestamptz,
    approved_by text,                                       -- the security administrator who let it in; until then it opens nothing
    approved_at timestamptz,
    revoked_at  timestamptz,
    used_at     timestamptz
);

create table server.audit (
    seq      bigint not null primary key check (seq > 0),
    at       bigint not null,                 -- nanoseconds since 1970-01-01T00:00:00Z, true time
    actor    text   not null,
    action   text   not null,
    contract text   not null,                 -- empty: of none
    about    text   not null,
    detail   text   not null,
    address  text   not null,
    previous bytea  not null check (length(previous) = 32),
    hash     bytea  not null check (length(hash) = 32)
);
create index audit_by_action on server.audit (action, seq);
create index audit_by_contract on server.audit (contract, seq);
create table server.audit_head (
    only_one boolean not null primary key default true check (only_one),
    seq      bigint  not null,
    hash     bytea   not null
);
insert into server.audit_head values (true, 0, decode(repeat('00', 32), 'hex'));

create function server.refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% of % is refused: what is recorded stays', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger recorded_stays before update or delete or truncate on server.audit
    for each statement execute function server.refuse_change();
create trigger recorded_stays before delete or truncate on server.audit_head
    for each statement execute function server.refuse_change();

-- What is hashed: each part with its length before it, so that no two lines have the same bytes.
create function server.audit_bytes(parts text[]) returns bytea
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
    return convert_to((select string_agg(octet_length(convert_to(part, 'UTF8')) || ':' || part, '' order by place) from unnest(parts) with ordinality as p(part, place)), 'UTF8');

create function server.audit_write(at bigint, actor text, action text, contract text, about text, detail text, address text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    head server.audit_head;
    next_hash bytea;
begin
    select * into strict head from server.audit_head for update;
    next_hash := sha256(head.hash || server.audit_bytes(array[(head.seq + 1)::text, at::text, actor, action, contract, about, detail, address]));
    insert into server.audit values (head.seq + 1, at, actor, action, contract, about, detail, address, head.hash, next_hash);
    update server.audit_head set seq = head.seq + 1, hash = next_hash;
    return head.seq + 1;
end
$$;

-- A session by its token, with whom it belongs to; nothing when it has ended, was idle for too long, or the user may no longer come in.
create function server.session(which bytea, now timestamptz, idle interval)
    returns table (user_id text, name text, title text, admin text, source text, csrf text, ends_at timestamptz, must_change boolean, has_totp boolean, contracts text[], roles text[])
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    held server.sessions;
begin
    select * into held from server.sessions s where s.token = which;
    if not found or held.ends_at <= now or held.seen_at + idle <= now then return; end if;
    -- Once a minute is exact enough, and most requests write nothing.
    if held.seen_at + interval '1 minute' < now then
        update server.sessions s set seen_at = now where s.token = which;
    end if;
    return query
        select u.id, u.name, u.title, u.admin, u.source, held.csrf, held.ends_at, u.must_change, u.totp_secret is not null,
            array(select g.contract from server.grants g where g.user_id = u.id order by g.contract, g.role),
            array(select g.role from server.grants g where g.user_id = u.id order by g.contract, g.role)
        from server.users u where u.id = held.user_id and not u.disabled;
end
$$;

create function server.start_session(which bytea, who text, csrf text, now timestamptz, ends timestamptz, address text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    delete from server.sessions s where s.ends_at < now;
    insert into server.sessions values (which, who, csrf, now, now, ends, address);
end
$$;

create function server.end_session(which bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ delete from server.sessions s where s.token = which; $$;

-- All sessions of a user but one (or none).
create function server.end_sessions(who text, but bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ delete from server.sessions s where s.user_id = who and s.token is distinct from but; $$;

-- What a sign-in is held against.
create function server.credentials(which text)
    returns table (id text, login text, source text, external text, admin text, disabled boolean, password text, failures int, locked_until timestamptz, totp_secret bytea, totp_pending bytea, totp_step bigint)
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$
        select u.id, u.login, u.source, u.external, u.admin, u.disabled, u.password, u.failures, u.locked_until, u.totp_secret, u.totp_pending, u.totp_step
        from server.users u where u.login = which or u.id = which;
    $$;

create function server.user_of(from_source text, whom text) returns text
    language sql stable security definer set search_path = pg_catalog, pg_temp
    as $$ select u.id from server.users u where u.source = from_source and u.external = whom and not u.disabled; $$;

-- Counts a failure; the one that reaches the limit locks for a while.
create function server.note_failure(who text, now timestamptz, most int, locked_for interval) returns timestamptz
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    until timestamptz;
begin
    update server.users u
        set failures = case when u.failures + 1 >= most then 0 else u.failures + 1 end,
            locked_until = case when u.failures + 1 >= most then now + locked_for else u.locked_until end
        where u.id = who
        returning u.locked_until into until;
    return until;
end
$$;

create function server.note_success(who text) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ update server.users u set failures = 0, locked_until = null where u.id = who; $$;

-- A code of the second factor serves once, on whichever node it comes in.
create function server.use_totp(who text, step bigint) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    update server.users u set totp_step = step where u.id = who and u.totp_step < step;
    return found;
end
$$;

create function server.offer_totp(who text, secret bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ update server.users u set totp_pending = secret where u.id = who; $$;

create function server.enrol_totp(who text, step bigint) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    update server.users u set totp_secret = u.totp_pending, totp_pending = null, totp_step = step where u.id = who and u.totp_pending is not null;
    return found;
end
$$;

create function server.set_password(who text, hashed text, now timestamptz, must boolean) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ update server.users u set password = hashed, password_at = now, must_change = must, failures = 0, locked_until = null where u.id = who; $$;

-- Forgets the second factor as well: whoever lost the device enrols anew.
create function server.forget_totp(who text) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ update server.users u set totp_secret = null, totp_pending = null where u.id = who; $$;

-- A machine's key by its hash, while it holds.
create function server.key(which bytea, now timestamptz)
    returns table (id text, name text, contracts text[], permissions text[], kinds text[])
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    update server.keys k set used_at = now
        where k.token = which and k.approved_at is not null and k.revoked_at is null and (k.ends_at is null or k.ends_at > now) and (k.used_at is null or k.used_at + interval '1 minute' < now);
    return query select k.id, k.name, k.contracts, k.permissions, k.kinds from server.keys k
        where k.token = which and k.approved_at is not null and k.revoked_at is null and (k.ends_at is null or k.ends_at > now);
end
$$;

-- Users and keys are the system administrator's, roles the security administrator's: the database asks, too.
create function server.must_be(who text) returns void
    language plpgsql stable as
$$
begin
    if server.my_admin() is distinct from who then
        raise exception 'only % does this', who using errcode = 'insufficient_privilege';
    end if;
end
$$;

create function server.add_user(id text, login text, name text, title text, source text, external text, password text, must boolean, now timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    perform server.must_be('system-admin');
    insert into server.users (id, login, name, title, source, external, created_at, password, password_at, must_change)
        values (id, login, name, title, source, external, now, password, now, must);
end
$$;

create function server.change_user(who text, is_disabled boolean, new_name text, new_title text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    perform server.must_be('system-admin');
    update server.users u set disabled = coalesce(is_disabled, u.disabled), name = coalesce(new_name, u.name), title = coalesce(new_title, u.title) where u.id = who;
    if not found then return false; end if;
    if is_disabled then delete from server.sessions s where s.user_id = who; end if;
    return true;
end
$$;

create function server.set_roles(who text, which text, what text[], now timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    perform server.must_be('security-admin');
    perform from server.users u where u.id = who and u.admin is null for update;
    if not found then return false; end if;
    delete from server.grants g where g.user_id = who and g.contract = which and not g.role = any (what);
    insert into server.grants select which, who, role, server.me(), now from unnest(what) as role on conflict do nothing;
    return true;
end
$$;

create function server.add_key(id text, token bytea, name text, contracts text[], permissions text[], kinds text[], now timestamptz, ends timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    perform server.must_be('system-admin');
    insert into server.keys values (id, token, name, contracts, permissions, kinds, server.me(), now, ends);
end
$$;

-- What a machine may do is a right like any other: the system administrator makes the key, the security administrator lets it in.
create function server.approve_key(which text, now timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    perform server.must_be('security-admin');
    update server.keys k set approved_by = server.me(), approved_at = now where k.id = which and k.approved_at is null and k.revoked_at is null;
    return found;
end
$$;

-- All contracts by name, for those who give rights in them and see nothing else of them.
create function server.known_contracts() returns table (contract text, name text)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
begin
    if server.my_admin() is null or server.my_admin() not in ('system-admin', 'security-admin') then
        raise exception 'only those who give rights' using errcode = 'insufficient_privilege';
    end if;
    return query
        select distinct on (k.contract) k.contract, k.name
        from (select p.contract, p.name, p.version from statements.packs p union all select g.contract, g.contract, 0 from server.grants g) k
        order by k.contract, k.version desc;
end
$$;

create function server.revoke_key(which text, now timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    if server.my_admin() is distinct from 'security-admin' then perform server.must_be('system-admin'); end if;
    update server.keys k set revoked_at = now where k.id = which and k.revoked_at is null;
    return found;
end
$$;

alter table server.users enable row level security;
alter table server.grants enable row level security;
alter table server.sessions enable row level security;
alter table server.keys enable row level security;
alter table server.audit enable row level security;
alter table server.audit_head enable row level security;
create policy visible on server.grants for select to yueheng_app
    using (contract = any ((select ledger.visible_contracts())::text[]) or user_id = (select server.me()) or (select server.my_admin()) in ('security-admin', 'system-admin'));
create policy visible on server.users for select to yueheng_app
    using (id = (select server.me()) or (select server.my_admin()) in ('security-admin', 'system-admin')
        or exists (select from server.grants g where g.user_id = users.id and g.contract = any ((select ledger.visible_contracts())::text[])));
create policy visible on server.keys for select to yueheng_app
    using ((select server.my_admin()) in ('system-admin', 'security-admin'));
create policy visible on server.audit for select to yueheng_app
    using ((select server.my_admin()) = 'audit-admin');
create policy visible on server.audit_head for select to yueheng_app
    using ((select server.my_admin()) = 'audit-admin');

do $$
declare
    made regprocedure;
begin
    for made in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'server' loop
        execute format('revoke all on function %s from public', made);
        if made::text not like 'server.refuse_change%' then execute format('grant execute on function %s to yueheng_app', made); end if;
    end loop;
end
$$;
grant select on server.installation, server.grants, server.audit, server.audit_head to yueheng_app;
grant select (id, login, name, title, admin, source, external, disabled, created_at, password_at, must_change, locked_until) on server.users to yueheng_app;
grant select (id, name, contracts, permissions, kinds, by, made_at, ends_at, approved_by, approved_at, revoked_at, used_at) on server.keys to yueheng_app;
