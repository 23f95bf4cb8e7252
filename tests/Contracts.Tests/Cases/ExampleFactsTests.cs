using System.Globalization;
using System.Text;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Cases;

/// <summary>
/// Contracts without recorded cases have examples, whose figures <c>yueheng test</c> compares. Here their facts arrive otherwise and are judged elsewhere,
/// and give the same figures.
/// </summary>
public class ExampleFactsTests
{
    public static TheoryData<string> Files => [.. SamplePacks.Names.Except(RecordedCase.Contracts)
        .SelectMany(contract => Directory.GetFiles(Path.Combine(Repository.Contracts, contract), "*.jsonl", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Contracts, file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_such_contracts() => Files.Count.ShouldBeGreaterThan(5);

    [Theory, MemberData(nameof(Files))]
    public void Facts_may_arrive_in_any_order_and_more_than_once(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Contracts, file));
        var figures = Figures(file, lines);
        figures.ShouldNotBeEmpty();
        Figures(file, lines.Reverse()).ShouldBe(figures);
        string[] shuffled = [.. lines, .. lines.Take(7)];
        new Random(20250303).Shuffle(shuffled);
        Figures(file, shuffled).ShouldBe(figures);
    }

    [Theory, MemberData(nameof(Files))]
    public void The_culture_of_the_machine_changes_nothing(string file)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var lines = File.ReadAllLines(Path.Combine(Repository.Contracts, file));
        var figures = Figures(file, lines);
        try
        {
            foreach (var culture in new[] { "zh-CN", "tr-TR", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                Figures(file, lines).ShouldBe(figures);
            }
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_figure_can_be_explained(string file)
    {
        var judgement = Judged(file, File.ReadAllLines(Path.Combine(Repository.Contracts, file)));
        foreach (var figure in judgement.Figures) judgement.Explain(figure).What.ShouldNotBeNullOrWhiteSpace();
    }

    private static Judgement Judged(string file, IEnumerable<string> lines)
    {
        var pack = SamplePacks.Read(file.Split(Path.DirectorySeparatorChar)[0]);
        var reading = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))), "facts.jsonl", pack.Id, pack.Contract.Vocabulary);
        reading.Faults.ShouldBeEmpty();
        return Judge.Contract(pack.Contract, reading.Facts!, IsoTime.Parse(pack.Contract.Syntax.Sample!.AsOf));
    }

    private static List<string> Figures(string file, IEnumerable<string> lines) =>
        [.. Judged(file, lines).ByAddress().Select(figure => $"{figure.Key} = {figure.Value.Text}")];
}
