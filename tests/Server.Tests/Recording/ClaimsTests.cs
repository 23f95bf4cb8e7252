using System.Net;
using System.Text.Json;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using static Yueheng.Server.Tests.Recording.Desk;

namespace Yueheng.Server.Tests.Recording;

public sealed class ClaimsTests(OneNode one) : IClassFixture<OneNode>
{
    private TestNode Node => one.Node;

    [Fact]
    public async Task An_excuse_is_proposed_with_proof_and_accepted_by_the_other_party()
    {
        var (engineer, reviewer, manager) = (await Node.As(Role.Engineer), await Node.As(Role.BuyerReviewer), await Node.As(Role.ProviderManager));
        var id = NewId();
        var hash = await engineer.Upload($"第三方施工 {id}");
        var claim = await engineer.Claim("excuse", Fact(id, "outage.started", data: """{"attributable":"third-party"}"""), evidence: hash).Json(HttpStatusCode.Created);
        (claim.Text("state"), claim.Text("waitsFor"), claim.Text("side"), claim.Text("about"), claim.Text("type")).ShouldBe(("proposed", "buyer", "provider", id, "excuse"));
        claim.GetProperty("evidence")[0].Text("name").ShouldBe("记录.txt");
        (claim.GetProperty("mayAnswer").GetBoolean(), claim.GetProperty("mayWithdraw").GetBoolean()).ShouldBe((false, true));
        var number = claim.GetProperty("number").GetInt64();
        (await manager.Answer(number, "accept").Problem(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
        (await reviewer.Get($"/claims/{number}")).GetProperty("mayAnswer").GetBoolean().ShouldBeTrue();
        var accepted = await reviewer.Answer(number, "accept").Json();
        (accepted.Text("state"), accepted.GetProperty("facts").EnumerateArray().Select(fact => fact.GetString()).Last()).ShouldBe(("accepted", $"{id}~{number}"));
        accepted.GetProperty("history").EnumerateArray().Select(step => step.Text("step")).ShouldBe(["proposed", "accepted"]);
        (await reviewer.Answer(number, "contest").Problem(HttpStatusCode.Conflict)).ShouldBe("not-now");
        var facts = (await reviewer.Get($"/facts?subject={id}")).GetProperty("facts").EnumerateArray().ToDictionary(fact => fact.Text("id"));
        facts.Count.ShouldBe(3);
        facts[id].Text("retractedBy").ShouldBe($"{id}~{number}r");
        facts[id].GetProperty("claim").GetInt64().ShouldBe(number);
        facts[$"{id}~{number}"].Text("by").Split('+').Length.ShouldBe(2);
        facts[$"{id}~{number}"].GetProperty("evidence")[0].Text("sha256").ShouldBe(hash);
    }

    [Fact]
    public async Task A_finding_is_proposed_answered_and_decided()
    {
        var (clerk, manager, reviewer) = (await Node.As(Role.BuyerClerk), await Node.As(Role.ProviderManager), await Node.As(Role.BuyerReviewer));
        var id = NewId("d");
        var finding = Fact(id, "finding.recorded", data: """{"rule":"R1","count":2}""");
        (await clerk.Record(finding).Problem(HttpStatusCode.Forbidden)).ShouldBe("claim-required");
        var number = await clerk.Claim("finding", finding).Number();
        (await reviewer.PostJson($"/claims/{number}/decision", """{"outcome":"upheld","reason":"属实"}""").Problem(HttpStatusCode.Conflict)).ShouldBe("not-now");
        (await manager.Answer(number, "contest").Json()).Text("state").ShouldBe("answered");
        (await clerk.PostJson($"/claims/{number}/decision", """{"outcome":"upheld","reason":"属实"}""").Problem(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
        var decided = await reviewer.PostJson($"/claims/{number}/decision", $$"""{"outcome":"amended","reason":"减为一次","fact":{{Fact(id, "finding.recorded", data: """{"rule":"R1","count":1}""")}}}""").Json();
        (decided.Text("state"), decided.Text("outcome")).ShouldBe(("decided", "amended"));
        (await clerk.Get($"/facts?id={id}")).GetProperty("facts")[0].GetProperty("data").GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_late_entry_is_agreed_to_and_marked()
    {
        var (manager, leader) = (await Node.As(Role.ProviderManager), await Node.As(Role.BuyerLeader));
        var id = NewId("late");
        var fact = Fact(id, at: "2025-11-01T08:00:00+08:00");
        (await manager.Claim("late", fact).Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid-claim");
        var number = await manager.Claim("late", fact, evidence: await manager.Upload($"单据 {id}")).Number();
        await leader.Answer(number, "accept").Json();
        (await leader.Get($"/facts?id={id}")).GetProperty("facts")[0].GetProperty("late").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Limits_change_when_both_agree()
    {
        var (manager, leader) = (await Node.As(Role.ProviderManager, TestNode.OtherContract), await Node.As(Role.BuyerLeader, TestNode.OtherContract));
        var path = $"/api/contracts/{TestNode.OtherContract}/claims";
        async Task<int> Hours() => JsonDocument.Parse(await manager.GetStringAsync(path + "/settings")).RootElement.GetProperty("lateHours").GetInt32();
        Task<HttpResponseMessage> Post(HttpClient client, string to, string json) => client.PostAsync(path + to, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
        (await Hours()).ShouldBe(24);
        var number = (await Post(manager, "", """{"type":"setting","reason":"试运行","setting":{"lateHours":72,"answerHours":168}}""").Json(HttpStatusCode.Created)).GetProperty("number").GetInt64();
        (await Hours()).ShouldBe(24);
        await Post(leader, $"/{number}/answer", """{"stand":"accept"}""").Json();
        (await Hours()).ShouldBe(72);
    }

    [Fact]
    public async Task A_claim_is_taken_back_by_its_own_side()
    {
        var (engineer, manager, clerk) = (await Node.As(Role.Engineer), await Node.As(Role.ProviderManager), await Node.As(Role.BuyerClerk));
        var number = await engineer.Claim("excuse", Fact(NewId(), data: """{"in_scope":false}""")).Number();
        (await clerk.PostJson($"/claims/{number}/withdrawal", """{"reason":"不用了"}""").Problem(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
        (await manager.PostJson($"/claims/{number}/withdrawal", "{}").Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid-claim");
        (await manager.PostJson($"/claims/{number}/withdrawal", """{"reason":"不用了"}""").Json()).Text("state").ShouldBe("withdrawn");
        (await clerk.Get("/claims?state=withdrawn")).EnumerateArray().Select(claim => claim.GetProperty("number").GetInt64()).ShouldContain(number);
        (await clerk.Get("/claims?state=proposed")).EnumerateArray().Select(claim => claim.GetProperty("number").GetInt64()).ShouldNotContain(number);
        (await clerk.GetAsync(Desk.Path + "/claims?state=forgotten").Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid");
    }

    [Theory]
    [InlineData("""{"reason":"因"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"type":"wish","reason":"因"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"type":"excuse","reason":"因"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"type":"excuse","reason":"因","fact":{"id":1}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"type":"retraction","reason":"因","about":"nothing"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"type":"retraction","reason":"因","about":"nothing","evidence":["00"]}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_no_claim_is_refused(string body, HttpStatusCode status)
    {
        var manager = await Node.As(Role.ProviderManager);
        using var response = await manager.PostJson("/claims", body);
        var allowed = body.Contains("wish", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : status;
        response.StatusCode.ShouldBeOneOf(status, allowed);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"detail\"");
    }

    [Fact]
    public async Task A_claim_about_money_is_shown_without_it_to_those_who_see_none()
    {
        var (finance, engineer) = (await Node.As(Role.BuyerFinance), await Node.As(Role.Engineer));
        var id = NewId("p");
        await finance.Record(Fact(id, "payment.made", data: """{"instalment":"P1","amount":1000}""")).Json(HttpStatusCode.Created);
        var number = await finance.Claim("correction", Fact(id, "payment.made", data: """{"instalment":"P1","amount":2000}"""), about: id).Number();
        (await finance.Get($"/claims/{number}")).GetProperty("proposal").GetProperty("data").GetProperty("amount").GetInt32().ShouldBe(2000);
        var seen = await engineer.Get($"/claims/{number}");
        seen.TryGetProperty("proposal", out _).ShouldBeFalse();
        seen.GetRawText().ShouldNotContain("2000");
        (await engineer.Get("/claims")).GetRawText().ShouldNotContain("\"amount\"");
    }

    [Fact]
    public async Task A_machine_proposes_nothing()
    {
        var machine = await Node.Machine([Permission.Append, Permission.ProposeClaim]);
        (await machine.Claim("excuse", Fact(NewId(), data: """{"in_scope":false}""")).Problem(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
    }

    [Fact]
    public async Task Notes_stay_on_their_side()
    {
        var (clerk, reviewer, engineer, auditor) = (await Node.As(Role.BuyerClerk), await Node.As(Role.BuyerReviewer), await Node.As(Role.Engineer), await Node.As(Role.Auditor));
        var about = NewId("n");
        (await clerk.PostJson("/notes", $$"""{"about":"{{about}}","text":"先不答复"}""").Json(HttpStatusCode.Created)).Text("text").ShouldBe("先不答复");
        (await reviewer.Get($"/notes?about={about}")).GetArrayLength().ShouldBe(1);
        (await engineer.Get($"/notes?about={about}")).GetArrayLength().ShouldBe(0);
        (await engineer.Get("/notes")).GetRawText().ShouldNotContain("先不答复");
        (await auditor.GetAsync(Desk.Path + "/notes").Problem(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
        (await clerk.PostJson("/notes", """{"text":"请打 13800000000"}""").Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid");
    }
}
