using System.CommandLine;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng duties CONTRACT</c>: every occurrence of every duty with its due date; with facts, its state too.</summary>
internal static class DutiesCommand
{
    public static Command Make()
    {
        var contract = Inputs.Contract();
        var facts = Inputs.Facts(false);
        var asOf = Inputs.AsOf(false);
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var command = new Command("duties", "列出义务及其期限") { contract, facts, asOf, json };
        command.SetAction(result => Run(result.GetValue(contract)!, result.GetValue(facts), result.GetValue(asOf), result.GetValue(json)));
        return command;
    }

    private static int Run(string contract, string? facts, string? asOfText, bool json)
    {
        if (facts is null != asOfText is null)
        {
            Console.Error.WriteLine("--facts 与 --as-of 须一同给出");
            return Exit.Refused;
        }
        if (Place.ReadPack(contract, false) is not { } pack) return Exit.Refused;
        // Without facts only the fixed duties exist; they are the same at any instant, so the first of the term does.
        var asOf = pack.Contract.TermFrom;
        if (asOfText is not null && !Place.ReadInstant(asOfText, "--as-of", out asOf)) return Exit.Refused;
        var read = facts is null ? FactSet.Empty(pack.Contract.Vocabulary) : Place.ReadFacts(facts, pack);
        if (read is null || Inputs.Judge(pack, read, asOf) is not { } judgement) return Exit.Refused;
        var duties = judgement.Duties().ToList();
        Inputs.WarnOfProvisionalYears(judgement);
        if (json) WriteJson(duties, facts is not null);
        else
            foreach (var duty in duties)
                Console.WriteLine(string.Join('\t', [duty.Duty, duty.Period, duty.Due is { } due ? LastDay(due) : "—", .. facts is null ? Array.Empty<string>() : [duty.State], duty.Label ?? ""]));
        return Exit.Good;
    }

    private static void WriteJson(IReadOnlyList<DutyOccurrence> duties, bool withState)
    {
        JsonOutput.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var duty in duties)
            {
                writer.WriteStartObject();
                writer.WriteString("duty", duty.Duty);
                writer.WriteString("period", duty.Period);
                if (duty.Due is { } due) writer.WriteString("due", LastDay(due));
                else writer.WriteNull("due");
                if (withState) writer.WriteString("state", duty.State);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    /// <summary>A due instant at midnight is written as the date at whose 24:00 it lies, any other as an instant.</summary>
    private static string LastDay(long due) =>
        ChinaTime.TimeOfDay(due) == 0 ? ChinaTime.WriteDate(ChinaTime.DayOf(due) - 1) : ChinaTime.Write(due);
}
