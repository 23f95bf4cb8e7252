using System.CommandLine;
using System.Text.Json;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Tracing;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng assess CONTRACT --facts FILE|- --as-of INSTANT [--json|--html FILE]</c>: every figure of a contract at an instant.</summary>
internal static class AssessCommand
{
    public static Command Make()
    {
        var contract = Inputs.Contract();
        var facts = Inputs.Facts(true);
        var asOf = Inputs.AsOf(true);
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var traces = new Option<bool>("--traces") { Description = "在 JSON 中附上每个数值的由来" };
        var html = new Option<string?>("--html") { Description = "把履约评估报告写入此文件：一个自足的 HTML 文件" };
        var readings = Inputs.Readings();
        var command = new Command("assess", "评判合同：列出全部数值") { contract, facts, asOf, json, traces, html, readings };
        command.SetAction(result => Run(result.GetValue(contract)!, result.GetValue(facts)!, result.GetValue(asOf)!, result.GetValue(json), result.GetValue(traces), result.GetValue(html), result.GetValue(readings) ?? []));
        return command;
    }

    private static int Run(string contract, string facts, string asOfText, bool json, bool traces, string? html, string[] readings)
    {
        if (traces && !json)
        {
            Console.Error.WriteLine("--traces 须与 --json 一同给出");
            return Exit.Refused;
        }
        if (json && html is not null)
        {
            Console.Error.WriteLine("--json 与 --html 只能取一");
            return Exit.Refused;
        }
        if (!Place.ReadInstant(asOfText, "--as-of", out var asOf)) return Exit.Refused;
        if (!Inputs.ReadReadings(readings, out var chosen)) return Exit.Refused;
        if (Place.ReadPack(contract, traces || html is not null, chosen) is not { } pack) return Exit.Refused;
        if (Place.ReadFacts(facts, pack, html is not null, out var hash) is not { } read) return Exit.Refused;
        if (Inputs.Judge(pack, read, asOf) is not { } judgement) return Exit.Refused;
        var figures = judgement.ByAddress();
        Inputs.WarnOfProvisionalYears(judgement);
        if (html is not null) return StatementFile.Write(html, pack, judgement, read, facts, hash!, chosen) ? Exit.Good : Exit.Refused;
        if (json) WriteJson(pack, asOfText, figures, traces ? judgement : null);
        else
            foreach (var (address, figure) in figures) Console.WriteLine($"{OneLine(address)}\t{OneLine(figure.Text)}");
        return Exit.Good;
    }

    // A subject may hold a tab or a line feed; a line of output stays one line of two fields.
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())) : text;

    private static void WriteJson(Pack pack, string asOf, FiguresByAddress figures, Judgement? traced)
    {
        JsonOutput.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("contract", pack.Id);
            writer.WriteString("asOf", asOf);
            writer.WriteStartObject("figures");
            foreach (var (address, figure) in figures) writer.WriteString(address, figure.Text);
            writer.WriteEndObject();
            if (traced is not null)
            {
                writer.WriteStartObject("traces");
                foreach (var (address, figure) in figures)
                {
                    writer.WritePropertyName(address);
                    WriteTrace(writer, traced.Explain(figure));
                }
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        });
    }

    private static void WriteTrace(Utf8JsonWriter writer, Trace trace)
    {
        writer.WriteStartObject();
        writer.WriteString("what", trace.What);
        if (trace.Value.Length > 0) writer.WriteString("value", trace.Value);
        WriteTexts(writer, "clauses", trace.Clauses);
        WriteTexts(writer, "facts", trace.Facts);
        if (trace.Parts.Count > 0)
        {
            writer.WriteStartArray("parts");
            foreach (var part in trace.Parts) WriteTrace(writer, part);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}

/// <summary>Arguments and options that several commands share.</summary>
internal static class Inputs
{
    public static Argument<string> Contract() => new("CONTRACT") { Description = "合同编号，或合同文件夹" };
    public static Option<string> Facts(bool required) => new("--facts") { Description = "事实文件（JSON 行）；- 为标准输入", Required = required };
    public static Option<string> AsOf(bool required) => new("--as-of") { Description = "判定时刻，带时区偏移", Required = required };

    public static Option<string[]> Readings() => new("--reading") { Description = "改用某解释的另一读法，如 I-15=alt-b；可多次", AllowMultipleArgumentsPerToken = false };

    public static bool ReadReadings(string[] texts, out IReadOnlyList<Reading> readings)
    {
        var parsed = new List<Reading>();
        readings = parsed;
        foreach (var text in texts)
            if (Reading.Parse(text) is { } reading) parsed.Add(reading);
            else
            {
                Console.Error.WriteLine($"--reading: “{text}”应写作 I-15=alt-b");
                return false;
            }
        return true;
    }

    /// <summary>Judges; a contract that needs a value to compute itself is refused with one message.</summary>
    public static Judgement? Judge(Pack pack, FactSet facts, long asOf)
    {
        try
        {
            var judgement = Terms.Judge.Contract(pack.Contract, facts, asOf);
            _ = judgement.ByAddress();
            return judgement;
        }
        catch (CannotJudgeException error)
        {
            Console.Error.WriteLine(error.Place is { } place ? $"{place}: {error.Message}{Excerpt.At(place)}" : $"{pack.Id}: {error.Message}");
            return null;
        }
    }

    public static void WarnOfProvisionalYears(Judgement judgement)
    {
        foreach (var year in judgement.ProvisionalYears)
            Console.Error.WriteLine($"注意：{year} 年尚无节假日安排通知，工作日暂按周一至周五计");
    }
}
