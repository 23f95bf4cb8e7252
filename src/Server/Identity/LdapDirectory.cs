using System.DirectoryServices.Protocols;
using System.Net;

namespace Yueheng.Server.Identity;

/// <summary>Where an organisation keeps its people (LDAP). Section <c>Ldap</c> of the settings, or <c>Ldap__Server</c> and so on in the environment.</summary>
/// <param name="Server">Host, or host:port.</param>
/// <param name="Tls">none, start (StartTLS) or full (ldaps).</param>
/// <param name="UserDn">The entry of a user, with {0} for the login: <c>uid={0},ou=people,dc=example</c>. Or, to search for it, the four below.</param>
/// <param name="SearchBase">Where to search.</param>
/// <param name="SearchFilter">What for, with {0} for the login: <c>(sAMAccountName={0})</c>.</param>
/// <param name="BindDn">Who searches; null: anybody.</param>
/// <param name="BindPassword">The searcher's password; better in the environment than in a file.</param>
internal sealed record LdapSettings(string Server, string Tls, string? UserDn, string? SearchBase, string? SearchFilter, string? BindDn, string? BindPassword)
{
    /// <summary>Null: there is no directory.</summary>
    public static LdapSettings? Of(IConfiguration settings)
    {
        var section = settings.GetSection("Ldap");
        return section["Server"] is { Length: > 0 } server
            ? new(server, section["Tls"] ?? "none", section["UserDn"], section["SearchBase"], section["SearchFilter"], section["BindDn"], section["BindPassword"])
            : null;
    }
}

/// <summary>The organisation's directory, asked whether a password is somebody's by binding as them.</summary>
internal sealed class LdapDirectory(LdapSettings settings, ILogger<LdapDirectory> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether the directory lets them in with it.</summary>
    /// <exception cref="ProblemException">The directory does not answer.</exception>
    public Task<bool> IsPassword(string login, string password, CancellationToken cancellation) => Task.Run(() => Ask(login, password), cancellation);

    private bool Ask(string login, string password)
    {
        // A bind with a name and no password succeeds as nobody: that proves nothing.
        if (password.Length == 0) return false;
        try
        {
            var entry = settings.UserDn is { } form ? form.Replace("{0}", EscapeName(login), StringComparison.Ordinal) : Search(login);
            if (entry is null) return false;
            using var connection = Connect();
            connection.Bind(new NetworkCredential(entry, password));
            return true;
        }
        catch (LdapException refused) when (refused.ErrorCode is InvalidCredentials or NoSuchObject or InvalidName)
        {
            return false;
        }
        catch (Exception broken) when (broken is LdapException or DirectoryOperationException)
        {
            LdapLog.NoAnswer(log, broken);
            throw new ProblemException(503, "directory-away", "统一目录（LDAP）暂时没有应答，请稍后再试。");
        }
    }

    private const int InvalidCredentials = 49, NoSuchObject = 32, InvalidName = 34;

    private string? Search(string login)
    {
        using var connection = Connect();
        if (settings.BindDn is { } searcher) connection.Bind(new NetworkCredential(searcher, settings.BindPassword));
        else connection.Bind();
        var filter = (settings.SearchFilter ?? "(uid={0})").Replace("{0}", EscapeFilter(login), StringComparison.Ordinal);
        var found = (SearchResponse)connection.SendRequest(new SearchRequest(settings.SearchBase, filter, SearchScope.Subtree, "1.1") { SizeLimit = 2 });
        // Two that match are nobody.
        return found.Entries.Count == 1 ? found.Entries[0].DistinguishedName : null;
    }

    private LdapConnection Connect()
    {
        var (host, port) = settings.Server.Split(':') is [var name, var number] ? (name, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)) : (settings.Server, settings.Tls == "full" ? 636 : 389);
        var connection = new LdapConnection(new LdapDirectoryIdentifier(host, port), null, AuthType.Basic) { Timeout = Patience };
        connection.SessionOptions.ProtocolVersion = 3;
        connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
        if (settings.Tls == "full") connection.SessionOptions.SecureSocketLayer = true;
        if (settings.Tls == "start") connection.SessionOptions.StartTransportLayerSecurity(null);
        return connection;
    }

    /// <summary>RFC 4514: what would end or split a name inside a distinguished name.</summary>
    internal static string EscapeName(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is < ' ' or > '~' || "\"#+,;<=>\\ ".Contains((char)rune.Value)
            ? string.Concat(System.Text.Encoding.UTF8.GetBytes(rune.ToString()).Select(part => $"\\{part:X2}"))
            : rune.ToString()));

    /// <summary>RFC 4515: what a filter would take as its own.</summary>
    internal static string EscapeFilter(string text) => string.Concat(text.Select(c => "*()\\\0".Contains(c) ? $"\\{(int)c:X2}" : c.ToString()));
}

internal static partial class LdapLog
{
    [LoggerMessage(10, LogLevel.Warning, "The directory does not answer")]
    public static partial void NoAnswer(ILogger log, Exception broken);
}
