using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Yueheng.Server.Identity;

/// <summary>
/// How often somebody may try to sign in on this node: by address, and by the name they give, whether it is anybody's or nobody's. The lock
/// of an account, which all nodes share, is kept with the account.
/// </summary>
internal sealed class SignInLimits(TimeProvider truth) : IDisposable
{
    private const int MostFailures = 5;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> _byAddress = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new()
    {
        TokenLimit = 60,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = false,
    }));

    // A name that is nobody's gets locked like one that is somebody's, so that the lock says nothing of who is there.
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _nobodies = new(StringComparer.Ordinal);

    /// <exception cref="ProblemException">Too many attempts from this address.</exception>
    public void Count(string address)
    {
        using var lease = _byAddress.AttemptAcquire(address);
        if (!lease.IsAcquired) throw TooMany(TimeSpan.FromSeconds(1), "too-many", "此地址的登录尝试过于频繁，请稍后再试。");
    }

    /// <exception cref="ProblemException">This name is locked.</exception>
    public void CheckNobody(string login)
    {
        if (_nobodies.TryGetValue(login, out var held) && held.Until > truth.GetUtcNow()) throw Locked(held.Until, truth);
    }

    /// <exception cref="ProblemException">This name is locked from now on.</exception>
    public void NoteNobody(string login)
    {
        if (_nobodies.Count >= MostRemembered) _nobodies.Clear();
        var now = truth.GetUtcNow();
        var held = _nobodies.AddOrUpdate(login, _ => (1, default), (_, before) => before.Failures + 1 >= MostFailures ? (0, now + LockedFor) : (before.Failures + 1, before.Until));
        if (held.Until > now) throw Locked(held.Until, truth);
    }

    public static ProblemException Locked(DateTimeOffset until, TimeProvider truth) =>
        TooMany(until - truth.GetUtcNow(), "locked", $"连续登录失败次数过多，此账号已锁定，请在 {Math.Ceiling((until - truth.GetUtcNow()).TotalMinutes):0} 分钟后再试。");

    private static ProblemException TooMany(TimeSpan wait, string word, string detail) =>
        new(429, word, detail) { Members = new Dictionary<string, object?> { ["retryAfter"] = (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds)) } };

    public void Dispose() => _byAddress.Dispose();
}
