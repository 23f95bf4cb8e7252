namespace Yueheng.Statements;

/// <summary>The clock in the unit of facts.</summary>
public static class Instants
{
    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public static long Now(this TimeProvider clock) => (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;
}
