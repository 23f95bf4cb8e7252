using System.Collections.Concurrent;
using Yueheng.Contracts.Packs;

namespace Yueheng.Contracts.Tests;

/// <summary>The sample contracts, each read once.</summary>
internal static class SamplePacks
{
    private static readonly ConcurrentDictionary<string, Lazy<Pack>> Packs = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Repository.Contracts).Where(folder => File.Exists(Path.Combine(folder, "contract.yaml"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static PackReader Reader { get; } = new(Repository.Calendars);

    public static Pack Read(string name) => Packs.GetOrAdd(name, name => new Lazy<Pack>(() => ReadFolder(Path.Combine(Repository.Contracts, name)))).Value;

    public static Pack ReadFolder(string folder)
    {
        var (pack, refusals) = Reader.Read(folder, true);
        refusals.ShouldBeEmpty();
        return pack.ShouldNotBeNull();
    }
}
