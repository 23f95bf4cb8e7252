namespace Yueheng.Rooms.Tests;

/// <summary>
/// Which room may see which: facts are the narrow waist. Rooms that do the work write facts and never learn what is made of them;
/// rooms that judge read facts and never learn who wrote them. A new room is entered here before it builds.
/// </summary>
internal static class RoomMap
{
    /// <summary>The work itself. None sees another, and none sees a term: judging can be rerun without having steered what it judges.</summary>
    private static readonly string[] Operational =
        ["Desk", "Assets", "Monitoring", "Patrol", "Security", "DataQuality", "Meetings", "People", "Delivery"];

    private static readonly string[] Core = ["Facts", "Terms", "Contracts", "Ledger", "Statements", "Notices"];

    /// <summary>Each room, and every room that it may reference.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> MaySee = new Dictionary<string, IReadOnlySet<string>>(
    [
        Room("Facts"),
        Room("Terms", "Facts"),
        Room("Contracts", "Facts", "Terms"),
        Room("Ledger", "Facts"),
        Room("Statements", "Facts", "Terms", "Contracts", "Ledger"),
        Room("Notices", "Facts", "Ledger"),
        .. Operational.Select(name => Room(name, "Facts", "Ledger", "Notices")),
        // Runs alone in the customer's network, so it ships with nothing else.
        Room("Collector", "Facts"),
        // These two compose: the host puts the rooms on the network, the command line starts the host and the collector.
        Room("Server", [.. Core, .. Operational]),
        Room("Cli", [.. Core, .. Operational, "Server", "Collector"]),
    ]);

    private static KeyValuePair<string, IReadOnlySet<string>> Room(string name, params string[] maySee) =>
        new(name, maySee.ToHashSet());
}
