-- The shelf: the text of each contract as a folder of files, version by version, and the two parties' agreement to each. Rows are added and
-- never changed; what state a version is in follows from who has agreed. Instants are nanoseconds since 1970-01-01T00:00:00Z.

create schema statements;
grant usage on schema statements to yueheng_app;

create table statements.packs (
    contract    text   not null check (contract <> '' and contract !~ ','),
    version     int    not null check (version > 0),
    kind        text   not null check (kind in ('original', 'amendment')),
    name        text   not null,          -- of the contract, as this version writes it
    in_force    bigint not null,          -- from this instant on it is the text that is judged by, once both parties have agreed
    sha256      text   not null check (sha256 ~ '^[0-9a-f]{64}$'),     -- of the folder: sha256sum *.yaml | sha256sum
    findings    text   not null,          -- JSON: what the linter had to say when it was handed in
    by          text   not null check (by <> ''),
    at          bigint not null,
    primary key (contract, version)
);

create table statements.pack_files (
    contract    text  not null,
    version     int   not null,
    path        text  not null check (path ~ '^[^/\\]' and path !~ '(^|/)\.\.(/|$)'),
    content     bytea not null,
    primary key (contract, version, path),
    foreign key (contract, version) references statements.packs
);

create table statements.pack_agreements (
    contract    text   not null,
    version     int    not null,
    side        text   not null check (side in ('buyer', 'provider')),
    by          text   not null check (by <> ''),
    reason      text,
    at          bigint not null,
    primary key (contract, version, side),
    foreign key (contract, version) references statements.packs
);

create function statements.refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% of % is refused: what is recorded stays', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
revoke all on function statements.refuse_change() from public;

do $$
declare
    of_contract text;
begin
    foreach of_contract in array array['packs', 'pack_files', 'pack_agreements'] loop
        execute format('alter table statements.%I enable row level security', of_contract);
        execute format('create policy visible on statements.%I for select to yueheng_app using (contract = any ((select ledger.visible_contracts())::text[]))', of_contract);
        execute format('create policy added on statements.%I for insert to yueheng_app with check (contract = any ((select ledger.visible_contracts())::text[]))', of_contract);
        execute format('create trigger recorded_stays before update or delete or truncate on statements.%I for each statement execute function statements.refuse_change()', of_contract);
        execute format('grant select, insert on statements.%I to yueheng_app', of_contract);
    end loop;
end
$$;
