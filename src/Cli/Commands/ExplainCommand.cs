using System.CommandLine;
using Yueheng.Contracts.Packs;
using Yueheng.Terms;
using Yueheng.Terms.Tracing;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng explain CONTRACT --facts FILE --as-of INSTANT FIGURE</c>: the trace of one figure, for a person to read.</summary>
internal static class ExplainCommand
{
    public static Command Make()
    {
        var contract = Inputs.Contract();
        var figure = new Argument<string>("FIGURE") { Description = "数值的地址，如 net、damages/total" };
        var facts = Inputs.Facts(true);
        var asOf = Inputs.AsOf(true);
        var readings = Inputs.Readings();
        var command = new Command("explain", "说明一个数值的由来") { contract, figure, facts, asOf, readings };
        command.SetAction(result => Run(result.GetValue(contract)!, result.GetValue(figure)!, result.GetValue(facts)!, result.GetValue(asOf)!, result.GetValue(readings) ?? []));
        return command;
    }

    private static int Run(string contract, string address, string facts, string asOfText, string[] readings)
    {
        if (!Place.ReadInstant(asOfText, "--as-of", out var asOf)) return Exit.Refused;
        if (!Inputs.ReadReadings(readings, out var chosen)) return Exit.Refused;
        if (Place.ReadPack(contract, true, chosen) is not { } pack) return Exit.Refused;
        if (Place.ReadFacts(facts, pack) is not { } read) return Exit.Refused;
        if (Inputs.Judge(pack, read, asOf) is not { } judgement) return Exit.Refused;
        var figures = judgement.ByAddress();
        if (!figures.TryGetValue(address, out var figure))
        {
            var near = figures.Keys.Where(known => known.Contains(address, StringComparison.OrdinalIgnoreCase) || address.Contains(known, StringComparison.Ordinal)).Take(5).ToList();
            if (near.Count == 0 && Nearness.Nearest(address, figures.Keys) is { } nearest) near.Add(nearest);
            Console.Error.WriteLine($"{address}: 此时没有公布这个地址的数值" + (near.Count == 0 ? "" : $"；相近的有：{string.Join("、", near)}"));
            return Exit.Refused;
        }
        Inputs.WarnOfProvisionalYears(judgement);
        TraceText.Write(Console.Out, pack, address, figure, judgement.Explain(figure));
        return Exit.Good;
    }
}

/// <summary>A trace as an indented text that names clauses and facts.</summary>
internal static class TraceText
{
    public static void Write(TextWriter output, Pack pack, string address, in Figure figure, Trace trace)
    {
        var clauses = (pack.Contract.Syntax.Clauses ?? []).ToDictionary(clause => clause.Id, StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        output.WriteLine($"{address} = {figure.Text}");
        Write(trace, 1);

        void Write(Trace at, int depth)
        {
            var indent = new string(' ', depth * 2);
            var facts = at.Facts.Count == 0 || at.What.Contains("事实 ", StringComparison.Ordinal) ? "" : $"  〔事实 {string.Join("、", at.Facts)}〕";
            output.WriteLine($"{indent}{at.What}{(at.Value.Length == 0 ? "" : $"：{at.Value}")}{facts}");
            foreach (var id in at.Clauses)
                if (clauses.TryGetValue(id, out var clause) && named.Add(id)) output.WriteLine($"{indent}  ※ 条款 {id}（{clause.At}）{clause.Text}");
                else output.WriteLine($"{indent}  ※ 条款 {id}");
            foreach (var part in at.Parts) Write(part, depth + 1);
        }
    }
}
