-- Statements as they were issued: what was judged, by which text and calendar, up to which link of the chain, every figure, and the
-- print itself. A statement is never changed; what the parties say of it, and its seal, are rows beside it.

create table statements.issued (
    contract        text   not null check (contract <> '' and contract !~ ','),
    number          text   not null,          -- 2025-003: the third of that year of the business clock
    year            int    not null,
    ordinal         int    not null check (ordinal > 0),
    period_from     date   not null,
    period_through  date   not null check (period_through >= period_from),
    as_of           bigint not null,
    issued_at       bigint not null,
    by              text   not null check (by <> ''),
    pack_version    int    not null,
    terms_sha256    text   not null,
    calendar        text   not null,
    calendar_sha256 text   not null,
    ledger_seq      bigint not null,
    ledger_hash     text   not null check (ledger_hash ~ '^[0-9a-f]{64}$'),
    figures         text   not null,          -- JSON, as `assess --json` writes it
    figures_sha256  text   not null,
    points          text   not null,          -- JSON: the figures that the parties are asked about
    counts          text   not null,          -- JSON
    print           bytea  not null,
    print_sha256    text   not null,
    primary key (contract, year, ordinal),
    unique (contract, number),
    foreign key (contract, pack_version) references statements.packs
);

create table statements.stands (
    contract    text    not null,
    number      text    not null,
    place       int     not null check (place > 0),      -- in the order in which they were taken
    address     text,                                    -- null: the statement as a whole
    side        text    not null check (side in ('buyer', 'provider')),
    stand       text    not null check (stand in ('confirmed', 'disputed')),
    reason      text,
    by          text    not null check (by <> ''),
    at          bigint  not null,
    primary key (contract, number, place),
    foreign key (contract, number) references statements.issued (contract, number),
    check (stand = 'confirmed' or reason is not null)
);

create table statements.seals (
    contract    text   not null,
    number      text   not null,
    way         text   not null check (way in ('scan', 'electronic')),
    sha256      text   not null check (sha256 ~ '^[0-9a-f]{64}$'),
    paper_date  date   not null,
    fact        text   not null,          -- the assessment.confirmed that it became
    by          text   not null check (by <> ''),
    at          bigint not null,
    primary key (contract, number),
    foreign key (contract, number) references statements.issued (contract, number)
);

do $$
declare
    of_contract text;
begin
    foreach of_contract in array array['issued', 'stands', 'seals'] loop
        execute format('alter table statements.%I enable row level security', of_contract);
        execute format('create policy visible on statements.%I for select to yueheng_app using (contract = any ((select ledger.visible_contracts())::text[]))', of_contract);
        execute format('create policy added on statements.%I for insert to yueheng_app with check (contract = any ((select ledger.visible_contracts())::text[]))', of_contract);
        execute format('create trigger recorded_stays before update or delete or truncate on statements.%I for each statement execute function statements.refuse_change()', of_contract);
        execute format('grant select, insert on statements.%I to yueheng_app', of_contract);
    end loop;
end
$$;
