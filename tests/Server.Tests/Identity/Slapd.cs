using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Yueheng.Server.Tests.Identity;

/// <summary>A directory with one person in it, on a loopback port; ended with the tests.</summary>
public sealed class Slapd : IAsyncLifetime
{
    public const string Password = "Aus-dem-Verzeichnis-1";
    private const string Administrator = "cn=admin,dc=example";
    private readonly string _folder = Directory.CreateTempSubdirectory("slapd-").FullName;
    private readonly int _port = FreePort();
    private Process? _server;

    /// <summary>Settings that make the entry from the login.</summary>
    public string ByName => $$$"""{"Ldap":{"Server":"127.0.0.1:{{{_port}}}","UserDn":"uid={0},ou=people,dc=example"}}""";

    /// <summary>Settings that search for it.</summary>
    public string BySearch => $$$"""{"Ldap":{"Server":"127.0.0.1:{{{_port}}}","SearchBase":"ou=people,dc=example","SearchFilter":"(uid={0})","BindDn":"{{{Administrator}}}","BindPassword":"{{{Password}}}"}}""";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "db"));
        var configuration = Path.Combine(_folder, "slapd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            pidfile {_folder}/slapd.pid
            modulepath /usr/lib/ldap
            moduleload back_mdb
            database mdb
            suffix "dc=example"
            rootdn "{Administrator}"
            rootpw {Password}
            directory {_folder}/db
            """);
        var entries = Path.Combine(_folder, "entries.ldif");
        await File.WriteAllTextAsync(entries, $"""
            dn: dc=example
            objectClass: dcObject
            objectClass: organization
            o: example
            dc: example

            dn: ou=people,dc=example
            objectClass: organizationalUnit
            ou: people

            dn: uid=li\,si,ou=people,dc=example
            objectClass: inetOrgPerson
            uid: li,si
            cn: test
            sn: test
            userPassword: {Password}

            """);
        await Run("/usr/sbin/slapadd", "-f", configuration, "-l", entries);
        // In the foreground, so that it ends when we end it; what it says goes to a file.
        _server = Process.Start(new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec setpriv --pdeathsig TERM /usr/sbin/slapd -d 0 -f \"$1\" -h \"$2\" >\"$3\" 2>&1", "sh", configuration, $"ldap://127.0.0.1:{_port}", Path.Combine(_folder, "log") } })!;
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < TimeSpan.FromSeconds(20) && !_server.HasExited)
            {
                // Not yet.
            }
        }
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(said);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill();
            await _server.WaitForExitAsync();
        }
        _server?.Dispose();
        Directory.Delete(_folder, true);
    }
}
