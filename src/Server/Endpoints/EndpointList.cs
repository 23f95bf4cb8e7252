namespace Yueheng.Server.Endpoints;

/// <summary>Every feature that the API has: a line each. Paths of the first list begin with <c>/api/contracts/{contract}</c>, those of the second with <c>/api</c>.</summary>
internal static class EndpointList
{
    public static readonly IReadOnlyList<Action<RouteGroupBuilder>> InContract =
    [
        EvidenceEndpoints.Map,
        ChainEndpoints.Map,
        ExportEndpoints.Map,
        ContractsEndpoints.Map,
        FiguresEndpoints.Map,
        ClausesEndpoints.Map,
        ReadingsEndpoints.Map,
        ObligationsEndpoints.Map,
        ScorecardEndpoints.Map,
        SettlementEndpoints.Map,
        WhatIfEndpoints.Map,
        StatementsEndpoints.Map,
        PacksEndpoints.Map,
        EventsEndpoints.Map,
        FactsEndpoints.Map,
        VocabularyEndpoints.Map,
        ClaimsEndpoints.Map,
        LateEntriesEndpoints.Map,
        NotesEndpoints.Map,
    ];

    public static readonly IReadOnlyList<Action<RouteGroupBuilder>> InApi =
    [
        SessionEndpoints.Map,
        UserEndpoints.Map,
        KeyEndpoints.Map,
        AuditEndpoints.Map,
        ContractsEndpoints.MapAll,
        EventsEndpoints.MapAll,
        TodoEndpoints.Map,
    ];
}
