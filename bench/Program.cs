using System.Diagnostics;
using System.Text.Json;
using Yueheng.Bench;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

// bench/README.md says what is measured and how; run from the root of the repository: dotnet run -c Release --project bench -- [facts] [rounds]
if (args is ["ledger", ..])
{
    await LedgerBench.Run(args[1..]);
    return;
}
if (args is ["judgements", ..])
{
    await JudgementsBench.Run(args[1..]);
    return;
}
if (args is ["server", ..])
{
    await ServerBench.Run(args[1..]);
    return;
}
// For measuring whole commands from the shell: the busy year as a file, and the baseline of only walking that file's tokens.
if (args is ["write", var many, var path])
{
    File.WriteAllBytes(path, BusyYear.Write(int.Parse(many, System.Globalization.CultureInfo.InvariantCulture)));
    return;
}
if (args is ["tokens", var file])
{
    Console.WriteLine($"{ReadTokens(File.ReadAllBytes(file))} tokens");
    return;
}
var count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000;
var rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 3;
var (pack, refusals) = new PackReader("calendars").Read("contracts/security-operations", false);
if (pack is null) throw new InvalidOperationException(string.Join('\n', refusals));
var bytes = BusyYear.Write(count);
var asOf = IsoTime.Parse("2026-01-31T00:00:00+08:00");
Console.WriteLine($"{count} facts, {bytes.Length / 1024 / 1024} MiB");
for (var round = 0; round < rounds; round++)
{
    var baseline = Time(() => ReadTokens(bytes));
    FactSet facts = null!;
    var reading = Time(() => facts = FactReader.Read(new MemoryStream(bytes), "busy", pack.Id, pack.Contract.Vocabulary).Facts!);
    Judgement judgement = null!;
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var judging = Time(() => { judgement = Judge.Contract(pack.Contract, facts, asOf); _ = judgement.Figures; });
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    var sorting = Time(() => judgement.ByAddress());
    Console.WriteLine($"tokens {baseline,6:F0} ms   reading {reading,6:F0} ms   judging {judging,6:F0} ms ({allocated >> 20} MiB)   sorting {sorting,6:F0} ms   {judgement.Figures.Count} figures");
}

static double Time(Action work)
{
    GC.Collect();
    // Processor time of the whole process, so that a busy machine does not count; wall time is what the shell's time shows.
    using var process = Process.GetCurrentProcess();
    var before = process.TotalProcessorTime;
    work();
    process.Refresh();
    return (process.TotalProcessorTime - before).TotalMilliseconds;
}

// The baseline: only walking the tokens of the same bytes, as any reader of JSON lines must.
static int ReadTokens(byte[] bytes)
{
    var tokens = 0;
    for (var from = 0; from < bytes.Length;)
    {
        var length = Array.IndexOf(bytes, (byte)'\n', from) - from;
        var reader = new Utf8JsonReader(bytes.AsSpan(from, length));
        while (reader.Read()) tokens++;
        from += length + 1;
    }
    return tokens;
}
