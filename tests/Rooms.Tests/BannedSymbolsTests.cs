using System.Reflection;

namespace Yueheng.Rooms.Tests;

public class BannedSymbolsTests
{
    // A symbol that is spelled wrong bans nothing, and nobody is told.
    [Fact]
    public void Every_symbol_of_the_list_exists() => BannedSymbols.List.Ids.Where(id => !Exists(id)).ShouldBeEmpty();

    [Theory]
    [InlineData("T:System.DateTimeNow")]
    [InlineData("M:System.Guid.NewGuid(System.Int32)")]
    [InlineData("P:System.Globalization.CultureInfo.Current")]
    [InlineData("N:System.Sockets")]
    public void A_symbol_that_is_spelled_wrong_is_found_out(string id) => Exists(id).ShouldBeFalse();

    [Theory]
    [InlineData("Facts")]
    [InlineData("Terms")]
    public void Rooms_that_judge_are_compiled_against_the_list(string room)
    {
        RoomGraph.PackagesOf(Repository.Root, room).ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        BannedSymbols.List.UsedBy(Repository.Assembly("Yueheng." + room)).ShouldBeEmpty();
    }

    [Fact]
    public void Uses_are_found_in_what_was_compiled()
    {
        var used = BannedSymbols.List.UsedBy(Repository.Assembly("Yueheng.Rooms.Tests"));
        used.ShouldContain("System.IO.File.ReadAllText");
        used.ShouldContain("System.Guid.NewGuid");
        used.ShouldContain("System.Globalization.CultureInfo.get_CurrentCulture");
        used.ShouldContain("System.Net.Sockets.Socket..ctor");
        used.ShouldNotContain("System.Environment.get_CurrentManagedThreadId");
    }

    /// <summary>What a room that judges must not do; compiled so that the test above has something to find.</summary>
    internal static class Forbidden
    {
        public static string Name() => Guid.NewGuid().ToString(null, System.Globalization.CultureInfo.CurrentCulture);
        public static object Line() => new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
    }

    private static readonly Assembly[] Libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(file) == "NodaTime.dll")
            .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file))),
    ];

    private static bool Exists(string id)
    {
        var symbol = id[2..].Split('(')[0];
        var parameters = id.Contains('(', StringComparison.Ordinal) ? id[(id.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',') : [];
        var dot = symbol.LastIndexOf('.');
        return id[0] switch
        {
            'T' => TypeNamed(symbol) is not null,
            'N' => Libraries.Any(library => library.GetExportedTypes().Any(type => type.Namespace == symbol)),
            'P' => TypeNamed(symbol[..dot])?.GetProperty(symbol[(dot + 1)..]) is not null,
            'M' => TypeNamed(symbol[..dot])?.GetMembers().OfType<MethodBase>().Any(method =>
                method.Name == symbol[(dot + 1)..].Replace('#', '.')
                && method.GetParameters().Select(parameter => parameter.ParameterType.FullName!).SequenceEqual(parameters)) == true,
            _ => false,
        };
    }

    private static Type? TypeNamed(string name) => Libraries.Select(library => library.GetType(name)).FirstOrDefault(type => type is not null);
}
