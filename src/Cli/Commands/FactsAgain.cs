using Yueheng.Contracts.Packs;
using Yueheng.Facts;

namespace Yueheng.Cli.Commands;

/// <summary>The facts of a command, read once more: for a reading that reads fields which the contract itself does not.</summary>
internal static class FactsAgain
{
    public static Func<Vocabulary, FactReading> From(string file, Pack pack) => vocabulary =>
    {
        // Standard input was read once and is gone.
        if (file == "-") return new FactReading(null, [new FactFault("（标准输入）", 0, null, null, "此读法另读几个字段，而标准输入只能读一遍：请改由文件给出事实。")]);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return FactReader.Read(stream, file, pack.Id, vocabulary);
    };
}
