using Yueheng.Ledger.Authority;
using Yueheng.Server.Identity;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Identity;

/// <summary>Signing in against a directory: Debian's slapd, started for these tests on a loopback port.</summary>
public sealed class LdapTests(ServerFixture fixture, Slapd slapd) : IClassFixture<Slapd>
{
    private async Task<TestNode> Start(string settings)
    {
        var node = await fixture.Start(options => options.AppSettings = settings);
        await node.Person([Role.Engineer], [TestNode.Contract], login: "ldap.user");
        await node.Execute("update server.users set source = 'ldap', external = 'li,si' where login = 'ldap.user'");
        return node;
    }

    private static Task<HttpResponseMessage> SignIn(TestNode node, string user, string password) => node.Anonymous.Post("/api/session", new { user, password });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whom_the_directory_knows_comes_in_by_its_password(bool bySearch)
    {
        await using var node = await Start(bySearch ? slapd.BySearch : slapd.ByName);
        (await (await node.Anonymous.Get("/api/session/ways")).Json()).GetProperty("ldap").GetBoolean().ShouldBeTrue();
        (await (await SignIn(node, "ldap.user", Slapd.Password)).Json()).Text("password").ShouldBe("elsewhere");
        (await (await SignIn(node, "ldap.user", "wrong")).Problem(401)).ShouldBe("sign-in-refused");
        // A bind without a password succeeds as nobody.
        (await (await SignIn(node, "ldap.user", "")).Problem(401)).ShouldBe("sign-in-refused");
        // Known to the directory, but no user here.
        (await (await SignIn(node, "li,si", Slapd.Password)).Problem(401)).ShouldBe("sign-in-refused");
    }

    [Fact]
    public async Task A_name_with_wildcards_or_parts_of_a_filter_finds_nobody()
    {
        await using var node = await Start(slapd.BySearch);
        foreach (var name in (string[])["*", "li*", "li,si)(uid=*", "*)(|(uid=*"])
        {
            await node.Execute("update server.users set external = $1 where login = 'ldap.user'", name);
            (await (await SignIn(node, "ldap.user", Slapd.Password)).Problem(401)).ShouldBe("sign-in-refused");
            await node.Execute("update server.users set failures = 0");
        }
    }

    [Fact]
    public async Task A_directory_that_is_away_is_said_to_be_away_and_locks_nobody_out()
    {
        await using var node = await Start("""{"Ldap":{"Server":"127.0.0.1:1","UserDn":"uid={0},ou=people,dc=example"}}""");
        for (var attempt = 0; attempt < 6; attempt++) (await (await SignIn(node, "ldap.user", Slapd.Password)).Problem(503)).ShouldBe("directory-away");
    }

    [Theory]
    [InlineData("li,si", "li\\2Csi")]
    [InlineData("a b", "a\\20b")]
    [InlineData("李", "\\E6\\9D\\8E")]
    public void What_would_split_a_name_is_escaped(string login, string escaped) => LdapDirectory.EscapeName(login).ShouldBe(escaped);
}
