using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Contracts.Tests.Cases;

namespace Yueheng.Contracts.Tests.Laws;

/// <summary>What is left in the end is the sum of what each specification says it consists of, figure by figure, to the cent.</summary>
public class NetTests
{
    private static readonly Dictionary<string, (string[] Plus, string[] Minus)> Parts = new()
    {
        ["application-operations"] = (["instalment/*/payable", "transition/fee"], ["refund/termination", "damages/total"]),
        ["civil-affairs"] = (["instalment/*/payable", "damages/buyer"], ["damages/total", "refund/total", "security/performance/forfeited"]),
        ["government-cloud"] = (["instalment/*/payable", "damages/BL/*"], ["provider-owes"]),
        ["security-operations"] = (["instalment/P1/amount", "instalment/P2/amount"], ["damages/total", "security/bond/forfeited"]),
        ["video-conferencing"] = (["instalment/*/amount"], ["damages/total", "security/performance-bond/forfeited"]),
        ["leased-line"] = (["bill/*"], ["damages/total"]),
        ["water-quality-station"] = (["bill/*", "quality/*", "spare/total"], ["deduction/patrol", "damages/total"]),
    };

    public static TheoryData<string> Contracts => [.. Parts.Keys];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Net_is_the_sum_of_its_parts(string contract)
    {
        foreach (var name in RecordedCase.All().Where(name => name.StartsWith(contract + "/", StringComparison.Ordinal)))
        {
            var recorded = RecordedCase.Read(name);
            Adds(contract, recorded.Lines, recorded.AsOf);
        }
        var pool = FactPool.Of(contract);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20250303, 7),
            Prop.ForAll(Arb.From(from facts in pool.Facts(120) from asOf in Gen.OneOf(pool.Instants(), Gen.Constant(pool.Last)) select (facts, asOf)), given => Adds(contract, given.facts, given.asOf)));
    }

    private static void Adds(string contract, IReadOnlyList<string> facts, long asOf)
    {
        var figures = Watched.Of(contract).Judge(facts, asOf);
        var (plus, minus) = Parts[contract];
        var expected = plus.Sum(part => Sum(figures, part)) - minus.Sum(part => Sum(figures, part));
        // The buyer's damages for late payment that were paid have no figure of their own.
        if (contract == "government-cloud") expected -= facts.Select(fact => JsonNode.Parse(fact)!).Where(fact => (string?)fact["kind"] == "payment.made" && (string?)fact["data"]?["instalment"] == "LATE" && IsoTime.Parse((string)fact["at"]!) <= asOf)
            .DistinctBy(fact => (string?)fact["id"]).Sum(fact => (decimal)fact["data"]!["amount"]!);
        Amount(figures["net"]).ShouldBe(expected);
    }

    private static decimal Sum(IReadOnlyDictionary<string, Figure> figures, string part)
    {
        var star = part.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return figures.TryGetValue(part, out var one) ? Amount(one) : 0;
        return figures.Where(figure => figure.Key.Length >= part.Length && figure.Key.StartsWith(part[..star], StringComparison.Ordinal) && figure.Key.EndsWith(part[(star + 1)..], StringComparison.Ordinal) && figure.Key.Count(c => c == '/') == part.Count(c => c == '/'))
            .Sum(figure => Amount(figure.Value));
    }

    private static decimal Amount(Figure figure) => decimal.Parse(figure.Text, CultureInfo.InvariantCulture);
}
