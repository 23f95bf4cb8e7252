using YamlDotNet.RepresentationModel;

namespace Yueheng.Rooms.Tests;

/// <summary>
/// The sample contracts are data. Code that names one of them, or one of their parties, would judge that contract better than
/// the next one, which nobody here has seen.
/// </summary>
internal static class SampleNames
{
    private const string SampleMark = "（示例）";

    // What parties are called in every contract; code may speak of them.
    private static readonly string[] Roles =
        ["甲方", "乙方", "丙方", "采购人", "采购方", "采购单位", "使用单位", "供应商", "服务商", "服务方", "运维方", "运维单位", "运维服务商", "运维服务方", "云服务商", "监理", "监理方", "监理单位", "云监管"];

    /// <summary>Every C# source under <c>src/</c> of <paramref name="root"/> that says a name from its <c>contracts/</c>.</summary>
    public static IReadOnlyList<string> Findings(string root)
    {
        var names = In(Path.Combine(root, "contracts"));
        return
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
               let text = File.ReadAllText(file)
               from name in names
               where text.Contains(name, StringComparison.OrdinalIgnoreCase)
               select $"{Path.GetRelativePath(root, file)}: names {name}",
        ];
    }

    private static IReadOnlyList<string> In(string contracts)
    {
        if (!Directory.Exists(contracts)) return [];
        var folders = Directory.GetDirectories(contracts);
        return [.. folders.Select(folder => Path.GetFileName(folder)).Concat(folders.SelectMany(Parties)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Parties(string folder)
    {
        var file = Path.Combine(folder, "contract.yaml");
        if (!File.Exists(file)) return [];
        var yaml = new YamlStream();
        using (var reader = File.OpenText(file)) yaml.Load(reader);
        return from document in yaml.Documents
               from node in document.RootNode["contract"]["parties"].AllNodes.OfType<YamlScalarNode>()
               let name = node.Value!.Replace(SampleMark, "", StringComparison.Ordinal)
               // The keys of the map are roles, in Latin letters.
               where name.Any(letter => letter > 127) && !Roles.Contains(name)
               select name;
    }
}
