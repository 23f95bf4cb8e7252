using System.Net;
using System.Text.Json;
using Yueheng.Ledger.Authority;

namespace Yueheng.Server.Tests.Access;

public sealed class SessionTests(OneNode one) : IClassFixture<OneNode>
{
    private readonly TestNode _node = one.Node;

    [Fact]
    public async Task A_session_says_what_its_owner_is_and_may_do()
    {
        var manager = await _node.As(Role.ProviderManager);
        using var session = JsonDocument.Parse(await manager.GetStringAsync("/api/session", TestContext.Current.CancellationToken));
        var contract = session.RootElement.GetProperty("contracts").EnumerateArray().ShouldHaveSingleItem();
        contract.GetProperty("id").GetString().ShouldBe(TestNode.Contract);
        contract.GetProperty("side").GetString().ShouldBe("provider");
        contract.GetProperty("seesMoney").GetBoolean().ShouldBeTrue();
        contract.GetProperty("roles").EnumerateArray().Single().GetString().ShouldBe("provider-manager");
        session.RootElement.GetProperty("clock").GetString()!.ShouldStartWith("2025-12-08T08:3");
    }

    [Fact]
    public async Task An_ended_session_lets_nobody_in()
    {
        var engineer = await _node.As(Role.Engineer);
        (await engineer.DeleteAsync("/api/session", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await engineer.GetAsync("/api/session", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_change_without_the_token_is_refused()
    {
        var engineer = await _node.As(Role.Engineer);
        engineer.DefaultRequestHeaders.Remove("X-CSRF-Token");
        (await engineer.DeleteAsync("/api/session", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_is_told_to_sign_in()
    {
        var answer = await _node.Anonymous.GetAsync("/api/session", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }
}
