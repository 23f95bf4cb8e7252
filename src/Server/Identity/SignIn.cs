using Yueheng.Server.Audit;

namespace Yueheng.Server.Identity;

/// <summary>Decides whether somebody is who they say: by password or directory, then by the second factor where one is enrolled.</summary>
/// <param name="truth">True time.</param>
internal sealed class SignIn(People people, LdapDirectory? directory, SealedSecrets secrets, SignInLimits limits, Sessions sessions, AuditLog audit, TimeProvider truth)
{
    /// <summary>Lets somebody in.</summary>
    /// <returns>What the cookie shall hold.</returns>
    /// <exception cref="ProblemException">sign-in-refused, totp-required, locked, too-many.</exception>
    public async Task<string> ByPassword(string login, string password, string? code, string address, CancellationToken cancellation)
    {
        limits.Count(address);
        var who = await people.Find(login, cancellation);
        if (who is null or { IsDisabled: true })
        {
            var name = login.Trim().ToLowerInvariant();
            limits.CheckNobody(name);
            people.IsPassword(null, password);
            await audit.Write("", address, "session.refused", null, "", new { reason = "unknown" }, cancellation);
            limits.NoteNobody(name);
            throw Refused();
        }
        if (people.LockOf(who) is { } until) throw SignInLimits.Locked(until, truth);
        var isRight = who.Source == "ldap" ? directory is not null && await directory.IsPassword(who.External!, password, cancellation) : people.IsPassword(who, password);
        if (!isRight) await Refuse(who, address, "password", cancellation);
        await CheckCode(who, code, address, cancellation);
        await people.NoteSuccess(who.Id, cancellation);
        return await Begin(who.Id, who.Source, address, cancellation);
    }

    /// <summary>Lets in somebody for whom the issuer has vouched.</summary>
    /// <exception cref="ProblemException">sign-in-refused: nobody here is meant by it.</exception>
    public async Task<string> ByIssuer(string subject, string address, CancellationToken cancellation)
    {
        if (await people.FindBy("oauth2", subject, cancellation) is { } user) return await Begin(user, "oauth2", address, cancellation);
        await audit.Write("", address, "session.refused", null, "", new { reason = "unknown", way = "oauth2" }, cancellation);
        throw new ProblemException(401, "sign-in-refused", "统一认证已通过，但本系统没有与之对应的用户；请联系系统管理员。");
    }

    /// <summary>The code of the second factor, of those who have one.</summary>
    public async Task CheckCode(Credentials who, string? code, string address, CancellationToken cancellation)
    {
        if (who.TotpSecret is not { } held) return;
        if (string.IsNullOrWhiteSpace(code)) throw new ProblemException(401, "totp-required", "请输入动态口令。");
        if (secrets.Open(who.Id, held) is { } secret && Totp.Match(secret, code, truth.GetUtcNow()) is { } step && await people.UseTotp(who.Id, step, cancellation)) return;
        await Refuse(who, address, "code", cancellation);
    }

    private async Task<string> Begin(string user, string way, string address, CancellationToken cancellation)
    {
        var secret = await sessions.Start(user, address, cancellation);
        await audit.Write(user, address, "session.started", null, "", new { way }, cancellation);
        return secret;
    }

    private async Task Refuse(Credentials who, string address, string reason, CancellationToken cancellation)
    {
        var until = await people.NoteFailure(who.Id, cancellation);
        await audit.Write(who.Id, address, until is null ? "session.refused" : "session.locked", null, "", new { reason }, cancellation);
        throw until is { } locked ? SignInLimits.Locked(locked, truth) : Refused();
    }

    private static ProblemException Refused() => new(401, "sign-in-refused", "用户名、口令或动态口令不对。");
}
