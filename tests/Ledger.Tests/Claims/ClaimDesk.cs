using System.Text;
using System.Text.Json;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;

namespace Yueheng.Ledger.Tests.Claims;

/// <summary>Those who have to do with claims, and what they say in few words.</summary>
internal sealed class ClaimDesk(Bench bench)
{
    public static readonly Author Clerk = new("u-clerk", [Role.BuyerClerk]);
    public static readonly Author Reviewer = new("u-reviewer", [Role.BuyerReviewer]);
    public static readonly Author Leader = new("u-leader", [Role.BuyerLeader]);
    public static readonly Author Manager = new("u-manager", [Role.ProviderManager]);
    public static readonly Author Engineer = new("u-engineer", [Role.Engineer]);
    public static readonly Author Supervisor = new("u-supervisor", [Role.Supervisor]);
    public static readonly Author UsingUnit = new("u-unit", [Role.UsingUnit]);
    public static readonly Author Auditor = new("u-auditor", [Role.Auditor]);

    public static readonly ProofFile Proof = new(new string('a', 64), "单.pdf");

    public ClaimBook Claims => bench.Ledger.Claims;

    public Task<ClaimAnswer> Try(Author author, ClaimType type, string? about = null, IReadOnlyList<ProofFile>? evidence = null, Settings? setting = null, string reason = "有理由", params string[] facts) =>
        Claims.Propose(Bench.Contract, null, author, new(type, [.. facts.Select(fact => Encoding.UTF8.GetBytes(fact))], about, reason, evidence ?? [], setting));

    public async Task<Claim> Propose(Author author, ClaimType type, string? about = null, IReadOnlyList<ProofFile>? evidence = null, Settings? setting = null, params string[] facts) =>
        (await Try(author, type, about, evidence, setting, facts: facts)).ShouldBeOfType<StepTaken>().Claim;

    /// <summary>The provider says that somebody else is at fault.</summary>
    public Task<Claim> Excuse(string id = "f1") => Propose(Engineer, ClaimType.Excuse, evidence: [Proof], facts: Excused(id));

    public static string Excused(string id = "f1") => Bench.Line(id, data: """{"attributable":"third-party","severity":"urgent"}""");

    public static string Finding(string id = "d1", int count = 1) => Bench.Line(id, kind: "finding.recorded", subject: "INC-1", data: $$"""{"count":{{count}},"rule":"R7"}""");

    public Task<ClaimAnswer> Accept(long number, Author author) => Claims.Answer(Bench.Contract, number, author, ClaimStep.Accepted, "", []);

    public Task<ClaimAnswer> Contest(long number, Author author) => Claims.Answer(Bench.Contract, number, author, ClaimStep.Contested, "不属实", []);

    public Task<ClaimAnswer> Decide(long number, Author author, ClaimStep outcome, string? amended = null) =>
        Claims.Decide(Bench.Contract, null, number, author, outcome, amended is null ? null : Encoding.UTF8.GetBytes(amended), "经核");

    public Task<ClaimAnswer> Withdraw(long number, Author author) => Claims.Withdraw(Bench.Contract, number, author, "误提");

    public async Task<Claim> Claim(long number) => (await Claims.Find(Bench.Contract, number)).ShouldNotBeNull();

    public long Now => (bench.Clock.Now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    public async Task<ClaimState> State(long number) => (await Claim(number)).StateAt(Now);

    /// <summary>What is on record: id, kind, who, in the order of the chain; chains whole.</summary>
    public async Task<string> Record()
    {
        (await bench.Verify()).First.ShouldBeNull();
        (await Claims.Verify(Bench.Contract)).First.ShouldBeNull();
        return string.Join("; ", (await bench.Export()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var fact = JsonDocument.Parse(line).RootElement;
            return $"{fact.GetProperty("id")} {fact.GetProperty("kind")} {fact.GetProperty("by")}";
        }));
    }

    public async Task<JsonElement> Fact(string id) =>
        (await bench.Export()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Single(fact => fact.GetProperty("id").GetString() == id);

    public async Task<Mark> Mark(string id)
    {
        var marks = await Claims.Marks(Bench.Contract);
        await foreach (var fact in bench.Ledger.Read(Bench.Contract, Yueheng.Ledger.Reading.FactsWanted.All))
            if (fact.Id == id) return marks.Of(fact);
        throw new ShouldAssertException(id);
    }

    public static StepRefusal Refused(ClaimAnswer answer) => answer.ShouldBeOfType<StepRefused>().Reason;
}
