using Yueheng.Facts;

namespace Yueheng.Server.Clock;

/// <summary>True time as the API writes it: ISO 8601 with the offset of Asia/Shanghai, to the second.</summary>
internal static class TrueTime
{
    public static string Write(DateTimeOffset instant) => ChinaTime.Write(instant.ToUnixTimeSeconds() * ChinaTime.Second);
}
