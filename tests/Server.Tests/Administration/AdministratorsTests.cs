using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Administration;

public sealed class AdministratorsTests(OneNode one) : IClassFixture<OneNode>
{
    private readonly TestNode _node = one.Node;

    [Fact]
    public async Task A_user_is_made_by_one_administrator_and_given_a_role_by_another()
    {
        var system = await _node.As(Admin.SystemAdmin);
        var security = await _node.As(Admin.SecurityAdmin);
        var made = await (await system.Post("/api/users", new { login = "new.engineer", name = "工程师甲", title = "工程师" })).Json(201);
        var id = made.Text("id");
        id.ShouldStartWith("u-new-engineer-");
        (await (await system.Post("/api/users", new { login = "new.engineer", name = "x" })).Problem(409)).ShouldBe("conflict");
        (await (await system.Put($"/api/users/{id}/roles", new { contract = TestNode.Contract, roles = new[] { "engineer" } })).Problem(403)).ShouldBe("forbidden");

        await (await security.Put($"/api/users/{id}/roles", new { contract = TestNode.Contract, roles = new[] { "engineer", "desk-agent" } })).Json();
        (await (await security.Put($"/api/users/{id}/roles", new { contract = TestNode.Contract, roles = new[] { "engineer", "buyer-clerk" } })).Problem(409)).ShouldBe("conflict");
        (await (await security.Put($"/api/users/{id}/roles", new { contract = TestNode.Contract, roles = new[] { "king" } })).Problem(422)).ShouldBe("invalid");
        var user = await (await security.Put($"/api/users/{id}/roles", new { contract = TestNode.Contract, roles = new[] { "engineer" } })).Json();
        user.GetProperty("roles")[0].GetProperty("roles").EnumerateArray().Single().GetString().ShouldBe("engineer");

        // They come in with the initial password, change it, and see their contract.
        var signedIn = await _node.Anonymous.Post("/api/session", new { user = "new.engineer", password = made.Text("password") });
        (await signedIn.Json()).Text("password").ShouldBe("must-change");
        var client = await _node.SignIn(id);
        await (await client.Post("/api/session/password", new { old = made.Text("password"), @new = "Mein-eigenes-8" })).Json();
        (await (await client.Get("/api/session")).Json()).GetProperty("contracts").GetArrayLength().ShouldBe(1);

        // Who is shut out is out at once.
        await (await system.Patch($"/api/users/{id}", new { disabled = true })).Json();
        (await client.Get("/api/session")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await _node.Anonymous.Post("/api/session", new { user = "new.engineer", password = "Mein-eigenes-8" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task No_administrator_gets_a_role_or_anothers_password()
    {
        var system = await _node.As(Admin.SystemAdmin);
        var security = await _node.As(Admin.SecurityAdmin);
        var other = await _node.Person([], [], Admin.AuditAdmin);
        (await (await security.Put($"/api/users/{other}/roles", new { contract = TestNode.Contract, roles = new[] { "auditor" } })).Problem(409)).ShouldBe("conflict");
        (await (await system.Post($"/api/users/{other}/password-reset")).Problem(403)).ShouldBe("forbidden");
    }

    [Fact]
    public async Task A_key_is_shown_once_and_opens_nothing_until_the_other_administrator_lets_it_in()
    {
        var system = await _node.As(Admin.SystemAdmin);
        var security = await _node.As(Admin.SecurityAdmin);
        (await (await system.Post("/api/keys", new { name = "网关", contracts = new[] { TestNode.Contract }, permissions = new[] { "decide-claim" } })).Problem(422)).ShouldBe("invalid");
        var made = await (await system.Post("/api/keys", new { name = "网关", contracts = new[] { TestNode.Contract }, permissions = new[] { "read-facts", "append" }, kinds = new[] { "meter.*" } })).Json(201);
        var (id, key) = (made.Text("id"), made.Text("key"));
        var machine = _node.NewClient();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", key);

        (await (await machine.Get($"/api/contracts/{TestNode.Contract}/facts")).Problem(401)).ShouldBe("sign-in-first");
        (await (await system.Put($"/api/keys/{id}/approval", new { })).Problem(403)).ShouldBe("forbidden");
        (await security.Put($"/api/keys/{id}/approval", new { })).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await machine.Get($"/api/contracts/{TestNode.Contract}/facts")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await (await machine.Get($"/api/contracts/{TestNode.OtherContract}/facts")).Problem(404)).ShouldBe("not-found");
        (await (await machine.Get($"/api/contracts/{TestNode.Contract}/chain/checkpoints")).Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("forbidden");

        var listed = await (await system.Get("/api/keys")).Content.ReadAsStringAsync(Cancellation);
        listed.ShouldContain(id);
        listed.ShouldNotContain(key);
        (await _node.Ask<long>("select count(*) from server.keys k where k::text like '%' || $1 || '%'", key)).ShouldBe(0);

        (await system.Delete($"/api/keys/{id}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await (await machine.Get($"/api/contracts/{TestNode.Contract}/facts")).Problem(401)).ShouldBe("sign-in-first");
        (await (await system.Delete($"/api/keys/{id}")).Problem(404)).ShouldBe("not-found");
    }

    [Fact]
    public async Task A_key_may_record_what_it_names()
    {
        using var machine = await _node.Machine([Permission.Append], ["meter.*"]);
        async Task<HttpResponseMessage> Append(string id, string kind) => await machine.Post($"/api/contracts/{TestNode.Contract}/facts", new { id, contract = TestNode.Contract, kind, at = "2025-12-08T08:00:00+08:00", subject = "m", data = new { } });
        (await Append("m-1", "meter.read")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        (await Append("m-2", "praise.received")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await _node.Ask<string>("select by from ledger.facts where id = 'm-1'")).ShouldStartWith("k-");
    }

    [Fact]
    public async Task Administrators_see_which_contracts_there_are_and_nothing_else_of_them()
    {
        var security = await _node.As(Admin.SecurityAdmin);
        (await (await security.Get("/api/known-contracts")).Json()).EnumerateArray().Select(contract => contract.Text("id")).ShouldContain(TestNode.OtherContract);
        (await (await security.Get("/api/contracts")).Json()).GetArrayLength().ShouldBe(0);
        (await (await security.Get($"/api/contracts/{TestNode.Contract}/facts")).Problem(404)).ShouldBe("not-found");
    }
}
