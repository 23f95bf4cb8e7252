namespace Yueheng.Server.Endpoints;

/// <summary>Every feature that the API has: a line each. Paths of the first list begin with <c>/api/contracts/{contract}</c>, those of the second with <c>/api</c>.</summary>
internal static class EndpointList
{
    public static readonly IReadOnlyList<Action<RouteGroupBuilder>> InContract =
    [
    ];

    public static readonly IReadOnlyList<Action<RouteGroupBuilder>> InApi =
    [
        SessionEndpoints.Map,
    ];
}
