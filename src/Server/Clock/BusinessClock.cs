using Yueheng.Facts;

namespace Yueheng.Server.Clock;

/// <summary>
/// The time in which the contracts live: what is recorded now, due now, judged as of now. It runs as true time does, from wherever
/// <c>--clock</c> set it; without that it is true time. Sessions, second factors, certificates and the audit log never ask it.
/// </summary>
/// <param name="truth">True time.</param>
/// <param name="offset">Added to true time.</param>
public sealed class BusinessClock(TimeProvider truth, TimeSpan offset) : TimeProvider
{
    /// <summary>Added to true time; zero in a real installation.</summary>
    public TimeSpan Offset { get; } = offset;

    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + Offset;

    public override TimeZoneInfo LocalTimeZone => truth.LocalTimeZone;
    public override long TimestampFrequency => truth.TimestampFrequency;
    public override long GetTimestamp() => truth.GetTimestamp();
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => truth.CreateTimer(callback, state, dueTime, period);

    /// <summary>Now, in nanoseconds since 1970-01-01T00:00:00Z, to the whole second: an <c>asOf</c> that people can read and repeat.</summary>
    public long Now => GetUtcNow().ToUnixTimeSeconds() * ChinaTime.Second;

    /// <summary>An instant that a query parameter names, or now.</summary>
    /// <exception cref="ProblemException">It is no instant with an offset.</exception>
    public long AsOf(string? text) => ReadInstant(text, "asOf") ?? Now;

    /// <summary>An instant that a query parameter names.</summary>
    /// <exception cref="ProblemException">It is no instant with an offset.</exception>
    public static long? ReadInstant(string? text, string parameter)
    {
        if (string.IsNullOrEmpty(text)) return null;
        // A plus sign that was not escaped in an address arrives as a blank.
        if (IsoTime.TryParse(text.Replace(' ', '+'), out var instant)) return instant;
        throw ProblemException.Invalid($"{parameter}：“{text}”不是带时区偏移的时刻（如 2026-01-31T00:00:00+08:00）。", new ProblemError(parameter, null, "应为带时区偏移的时刻"));
    }
}
