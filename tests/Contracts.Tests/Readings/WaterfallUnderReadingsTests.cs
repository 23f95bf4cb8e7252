using System.Globalization;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Readings;

/// <summary>Whatever reading is taken, the steps of the settlement lead to its net amount.</summary>
public class WaterfallUnderReadingsTests
{
    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    [Theory, MemberData(nameof(Contracts))]
    public void The_steps_lead_to_the_net_amount_under_every_reading(string contract)
    {
        var pack = SamplePacks.Read(contract);
        var asOf = IsoTime.Parse(pack.Contract.Syntax.Sample!.AsOf);
        var readings = (pack.Contract.Syntax.Interpretations ?? new Dictionary<string, Terms.Syntax.InterpretationSyntax>())
            .SelectMany(entry => (entry.Value.Alternatives?.Keys ?? []).Select(alternative => new Reading(entry.Key, alternative))).ToList();
        readings.ShouldNotBeEmpty();
        var wrong = new List<string>();
        foreach (var reading in readings)
        {
            var (other, refusals) = SamplePacks.Reader.Read(pack.Folder, true, [reading]);
            refusals.ShouldBeEmpty();
            using var stream = File.OpenRead(Path.Combine(pack.Folder, "sample.jsonl"));
            var facts = FactReader.Read(stream, "sample.jsonl", pack.Id, other!.Contract.Vocabulary).Facts.ShouldNotBeNull();
            var judgement = Judge.Contract(other.Contract, facts, asOf);
            if (judgement.Summary("net") is not { } net) continue;
            var sum = judgement.Waterfall().Sum(step => step.Amount);
            if (sum != decimal.Parse(net, CultureInfo.InvariantCulture)) wrong.Add($"{reading}: {sum}, net {net}");
        }
        wrong.ShouldBeEmpty();
    }
}
