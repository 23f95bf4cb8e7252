using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Terms;
using Yueheng.Terms.Kernel;

namespace Yueheng.Cli.Commands;

/// <summary>Exit codes that scripts rely on.</summary>
internal static class Exit
{
    public const int Good = 0;
    /// <summary>The pack cannot be judged (check), an example does not hold (test), something is not as it was recorded (verify, restore).</summary>
    public const int Faulty = 1;
    /// <summary>Bad input: the problems on standard error, each with its line, nothing on standard output.</summary>
    public const int Refused = 2;

    /// <summary>For <c>--help</c>.</summary>
    public const string InWords = """
        退出码：
          0  完成；check 为可以评判而无错误（提示、警告和合同文本的缺陷不影响）
          1  check：有合同不能评判，或有错误；test：有示例不符；verify、restore：核验有不同
          2  输入有误（合同包、事实、参数）：原因写在标准错误，标准输出为空；check 与 test 只在参数有误时
        """;
}

/// <summary>Where contracts and calendars are: the folder of the installation (YUEHENG_HOME), else the current one.</summary>
internal static class Place
{
    public static string Home => Environment.GetEnvironmentVariable("YUEHENG_HOME") is { Length: > 0 } home ? home : Directory.GetCurrentDirectory();

    public static PackReader Reader => new(Path.Combine(Home, "calendars"));

    /// <summary>The folder of a contract given by id or by path; ids come first, and say so where a folder here has the same name.</summary>
    public static string FolderOf(string contract)
    {
        if (contract.Any(c => c is '/' or '.') || Path.Combine(Home, "contracts", contract) is not { } known || !Directory.Exists(known)) return contract;
        if (File.Exists(Path.Combine(contract, "contract.yaml")) && Path.GetFullPath(contract) != Path.GetFullPath(known))
            Console.Error.WriteLine($"“{contract}”取自 {known}；当前目录下也有同名文件夹，要用它请写 ./{contract}");
        return known;
    }

    public static IReadOnlyList<string> AllContracts() =>
        Path.Combine(Home, "contracts") is var folder && Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Where(at => File.Exists(Path.Combine(at, "contract.yaml"))).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Reads a pack; on refusals says them on standard error and returns null.</summary>
    public static Pack? ReadPack(string contract, bool withClauses, IReadOnlyList<Reading>? readings = null)
    {
        var (pack, refusals) = Reader.Read(FolderOf(contract), withClauses, readings);
        foreach (var refusal in refusals) Console.Error.WriteLine(Excerpt.Of(refusal));
        return pack;
    }

    /// <summary>Reads facts from a file or, for <c>-</c>, standard input; on faults says them and returns null.</summary>
    public static FactSet? ReadFacts(string file, Pack pack) => ReadFacts(file, pack, false, out _);

    /// <summary>The same; on demand with the SHA-256 of the bytes that were judged, standard input's too.</summary>
    public static FactSet? ReadFacts(string file, Pack pack, bool isHashed, out string? sha256)
    {
        sha256 = null;
        if (file != "-" && !File.Exists(file))
        {
            Console.Error.WriteLine($"{file}: 没有这个事实文件");
            return null;
        }
        using var stream = file == "-" ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var progress = Progress.For(file == "-" ? 0 : stream.Length, "读取事实");
        using var hashed = isHashed ? new HashedStream(stream) : null;
        var reading = FactReader.Read(hashed ?? stream, file == "-" ? "（标准输入）" : file, pack.Id, pack.Contract.Vocabulary, bytes: progress);
        progress?.Finish();
        sha256 = hashed?.Sha256();
        foreach (var fault in reading.Faults) Console.Error.WriteLine(Excerpt.Of(fault));
        if (reading.Facts is { } facts) TellUnreadKinds(facts);
        return reading.Facts;
    }

    // Facts that the contract does not read are kept and judged by nothing. That is as it should be for kinds of the field's vocabulary; a kind that nobody knows is rather a slip.
    private static void TellUnreadKinds(FactSet facts)
    {
        foreach (var kind in facts.All.Where(fact => fact.Kind < 0).GroupBy(fact => fact.KindName, StringComparer.Ordinal).Where(kind => CommonVocabulary.Find(kind.Key) is null).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var near = Nearness.Nearest(kind.Key, Enumerable.Range(0, facts.Vocabulary.KindCount).Select(facts.Vocabulary.KindName));
            Console.Error.WriteLine($"提示：{kind.Count()} 件事实的种类“{kind.Key}”（如 {kind.First().Id}）本合同不读，不参与评判{(near is null ? "" : $"；是否指“{near}”")}");
        }
    }

    public static bool ReadInstant(string text, string option, out long instant)
    {
        if (IsoTime.TryParse(text, out instant)) return true;
        Console.Error.WriteLine($"{option}: “{text}”不是 1900 至 2199 年间带时区偏移的时刻（如 2026-01-31T00:00:00+08:00）{Literals.WhyNoDate(text)}{(Habits.AsInstant(text) is { } mended ? $"；北京时间写作 {mended}" : "")}");
        return false;
    }
}

/// <summary>Shows on a terminal how far a long reading has come; silent for short ones and when standard error is not a terminal.</summary>
internal sealed class Progress(long total, string what) : IProgress<long>
{
    private const long WorthShowing = 16 << 20;
    private int _shown = -1;

    public static Progress? For(long total, string what) => total >= WorthShowing && !Console.IsErrorRedirected ? new Progress(total, what) : null;

    public void Report(long value)
    {
        var percent = (int)(value * 100 / total);
        if (percent == Interlocked.Exchange(ref _shown, percent)) return;
        Console.Error.Write($"\r{what} {percent}%");
    }

    public void Finish() => Console.Error.Write("\r\u001b[K");
}
