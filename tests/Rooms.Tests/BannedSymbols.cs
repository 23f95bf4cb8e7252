using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Yueheng.Rooms.Tests;

/// <summary>
/// The list that the compiler holds the pure rooms to (src/BannedSymbols.txt), and its uses in what was compiled: a pragma silences
/// the compiler, not this.
/// </summary>
internal sealed class BannedSymbols
{
    // What "yield return" compiles to: it asks which thread enumerates, and nothing else of the machine.
    private const string AskedByIterators = "System.Environment.get_CurrentManagedThreadId";

    public static readonly BannedSymbols List = new(Path.Combine(Repository.Root, "src", "BannedSymbols.txt"));

    /// <summary>Ids as in <c>M:System.Guid.NewGuid</c>, in the order of the file.</summary>
    public IReadOnlyList<string> Ids { get; }

    private BannedSymbols(string file) => Ids = [.. File.ReadLines(file).Select(line => line.Split(';')[0])];

    /// <summary>Members of banned types, banned members and members of banned namespaces that an assembly uses.</summary>
    public IReadOnlyList<string> UsedBy(string path)
    {
        using var assembly = new AssemblyFile(path);
        var metadata = assembly.Metadata;
        var used = new List<string>();
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MemberRef); row++)
        {
            var member = metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(row));
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = assembly.NameOf(member.Parent);
            var name = $"{type}.{metadata.GetString(member.Name)}";
            if (name != AskedByIterators && Ids.Any(id => Names(id, type, name))) used.Add(name);
        }
        return [.. used.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a listed id speaks of a member; overloads with parameters are left to the compiler, which tells them apart.</summary>
    private static bool Names(string id, string type, string member) => id[0] switch
    {
        'T' => id[2..] == type,
        'N' => type.StartsWith(id[2..] + ".", StringComparison.Ordinal),
        'P' => member.Replace(".get_", ".", StringComparison.Ordinal) == id[2..],
        _ => member == id[2..],
    };
}
