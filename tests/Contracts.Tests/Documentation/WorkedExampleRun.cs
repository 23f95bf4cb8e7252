using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>Judges a worked example and says where the document and the judge differ.</summary>
internal static class WorkedExampleRun
{
    private const string Place = "row-of-table";
    private const string Id = "example";
    private static readonly ConcurrentDictionary<string, WorkCalendar> Calendars = new(StringComparer.Ordinal);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A sentence for each difference.</summary>
    public static IReadOnlyList<string> Problems(WorkedExample example)
    {
        if (Misprints(example).ToList() is { Count: > 0 } misprints) return misprints;
        var written = example.Written();
        var refusals = new List<Refusal>();
        var readings = example.Given.Where(line => line.StartsWith("reading ", StringComparison.Ordinal)).Select(line => Reading.Parse(line[8..])!).ToList();
        var read = Overlay.Apply(Publishing(written, example), readings, refusals);
        if (read is null) return [.. refusals.Select(refusal => refusal.ToString())];
        var (contract, faults) = Contract.Compile(read, Calendars.GetOrAdd(read.Contract.Calendar, ReadCalendar));
        if (contract is null) return [.. faults.Select(fault => fault.ToString())];
        var reading = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Facts(example)))), "facts", Id, contract.Vocabulary);
        if (reading.Facts is null) return [.. reading.Faults.Select(fault => fault.ToString())];
        var figures = Judge.Contract(contract, reading.Facts, AsOf(example, contract)).ByAddress();
        return [.. Compare(example, written, figures), .. CompareFindings(example, contract)];
    }

    // What is not understood would not be compared either.
    private static IEnumerable<string> Misprints(WorkedExample example)
    {
        foreach (var line in example.Given.Where(line => !char.IsAsciiDigit(line[0]) && !line.StartsWith("as of ", StringComparison.Ordinal) && !line.StartsWith("reading ", StringComparison.Ordinal)))
            yield return $"not understood: {line}";
        foreach (var table in example.Tables)
            foreach (var row in table.Rows.Where(row => row.Length != table.Columns.Length)) yield return $"{table.Set}: {row.Length} cells under {table.Columns.Length} columns: {string.Join(" | ", row)}";
        var beside = example.Yaml.Split("# = ").Length - 1;
        if (example.Values.Count < beside) yield return "a value is printed beside something that is no term";
    }

    /// <summary>A calendar of the repository, or one that the document writes down.</summary>
    private static WorkCalendar ReadCalendar(string name)
    {
        using var folder = new TemporaryFolder();
        var written = LanguageDocument.Fences(LanguageDocument.Text).Where(fence => fence.Role.StartsWith($"calendars/{name}/", StringComparison.Ordinal)).ToList();
        foreach (var fence in written) folder.Write(fence.Role, fence.Text);
        var (calendar, refusals) = CalendarReader.Read(Path.Combine(written.Count > 0 ? folder.Path : Repository.Root, "calendars", name), name);
        refusals.ShouldBeEmpty();
        return calendar!;
    }

    /// <summary>The facts of an example as lines of JSON.</summary>
    private static IEnumerable<string> Facts(WorkedExample example)
    {
        var number = 0;
        foreach (var line in example.Given.Where(line => char.IsAsciiDigit(line[0])))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var data = new JsonObject();
            foreach (var word in words.Skip(4)) data[word[..word.IndexOf('=')]] = Content(word[(word.IndexOf('=') + 1)..]);
            var fact = new JsonObject
            {
                ["id"] = $"f{++number}", ["contract"] = Id, ["kind"] = words[2], ["at"] = $"{words[0]}T{words[1]}{(words[1].Length == 5 ? ":00" : "")}+08:00", ["subject"] = words[3], ["data"] = data,
            };
            yield return fact.ToJsonString(Plain) + "\n";
        }
    }

    private static JsonNode? Content(string text) =>
        text is "true" or "false" or "null" || text[0] is '[' or '"' || decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? JsonNode.Parse(text) : JsonValue.Create(text);

    private static long AsOf(WorkedExample example, Contract contract)
    {
        if (example.Given.SingleOrDefault(line => line.StartsWith("as of ", StringComparison.Ordinal)) is not { } line) return contract.TermTo;
        var text = line[6..];
        IsoTime.TryParse(text.Length == 10 ? $"{text}T00:00:00+08:00" : $"{text.Replace(' ', 'T')}:00+08:00", out var instant).ShouldBeTrue(line);
        return instant;
    }

    /// <summary>The contract with figures of its own for all that the document prints: values by name, sets row by row.</summary>
    private static ContractSyntax Publishing(ContractSyntax written, WorkedExample example)
    {
        var terms = new Dictionary<string, TermSyntax>(written.Terms, StringComparer.Ordinal);
        var figures = new List<FigureSyntax>(written.Figures);
        foreach (var (name, _) in example.Values.Where(value => IsName(value.Name, written))) figures.Add(new FigureSyntax { Address = name, Value = new Name { Text = name } });
        foreach (var table in example.Tables)
        {
            var numbered = $"{table.Set}.{Place}";
            terms[numbered] = new TermSyntax { From = new SetExpression { Named = table.Set }, Number = new Numbering { As = Place } };
            figures.Add(new FigureSyntax { Address = $"{table.Set}/rows", Value = new Count { In = new SetExpression { Named = table.Set } } });
            foreach (var column in table.Columns)
                figures.Add(new FigureSyntax { Address = $"{table.Set}/{{{Place}}}/{column}", Each = [numbered], Value = new Name { Text = column.Split(':')[0] }, Format = column.Contains(':', StringComparison.Ordinal) ? column.Split(':')[1] : null });
        }
        return new ContractSyntax
        {
            Language = written.Language, Contract = written.Contract, Facts = written.Facts, Terms = terms, Amendments = written.Amendments, Views = written.Views, Figures = figures,
            Summary = written.Summary, Sample = written.Sample, Clauses = written.Clauses, Interpretations = written.Interpretations, Stated = written.Stated, Position = written.Position,
        };
    }

    // Without figures of its own an example speaks of names; with figures, of names that they do not publish, and of addresses.
    private static bool IsName(string name, ContractSyntax written) =>
        !name.Contains('/', StringComparison.Ordinal) && written.Figures.All(figure => figure.Address != name);

    private static IEnumerable<string> Compare(WorkedExample example, ContractSyntax written, FiguresByAddress figures)
    {
        var printed = new HashSet<string>(StringComparer.Ordinal);
        string? Differs(string address, string value)
        {
            printed.Add(address);
            var actual = figures.TryGetValue(address, out var figure) ? figure.Text.Length == 0 ? "“”" : figure.Text : WorkedExample.Missing;
            return actual == value ? null : $"{address}: the document says {value}, the judge {actual}";
        }
        foreach (var (name, value) in example.Values)
            if (Differs(name, value) is { } problem) yield return problem;
        foreach (var table in example.Tables)
        {
            if (Differs($"{table.Set}/rows", table.Rows.Count.ToString(CultureInfo.InvariantCulture)) is { } count) yield return count;
            for (var row = 0; row < table.Rows.Count; row++)
                for (var column = 0; column < table.Columns.Length; column++)
                    if (Differs($"{table.Set}/{row + 1}/{table.Columns[column]}", column < table.Rows[row].Length ? table.Rows[row][column] : "nothing") is { } problem) yield return problem;
        }
        // What an example publishes itself stands in the document, all of it; and an example that shows nothing proves nothing.
        if (written.Figures.Count > 0 || example.Tables.Count > 0)
            foreach (var (address, figure) in figures)
                if (!printed.Contains(address)) yield return $"{address}: the judge says {figure.Text}, the document nothing";
        if (example.Values.Count + example.Tables.Count + example.Findings.Count == 0) yield return "the document prints no result";
    }

    // Findings are printed where the paper is the subject: in an example with stated figures.
    private static IEnumerable<string> CompareFindings(WorkedExample example, Contract contract)
    {
        if (example.Findings.Count == 0 && contract.Syntax.Stated is null) yield break;
        var found = PaperLint.Of(contract).Select(finding => $"{finding.GradeInWords} {finding.Message}（{finding.Id}）").ToList();
        foreach (var finding in found.Except(example.Findings)) yield return $"the linter finds, the document does not: {finding}";
        foreach (var finding in example.Findings.Except(found)) yield return $"the document prints, the linter does not find: {finding}";
    }
}
