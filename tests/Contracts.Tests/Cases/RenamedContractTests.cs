namespace Yueheng.Contracts.Tests.Cases;

/// <summary>Nothing in a contract's figures hangs on its id: the same folder under another name judges the same.</summary>
public class RenamedContractTests
{
    public static TheoryData<string> Contracts => [.. RecordedCase.Contracts];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_contract_under_another_id_gives_the_same_figures(string contract)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Contracts, contract), "*.yaml").Select(file => Path.GetFileName(file)!))
            folder.Write($"renamed-2027/{file}", File.ReadAllText(Path.Combine(Repository.Contracts, contract, file)));
        var pack = SamplePacks.ReadFolder(Path.Combine(folder.Path, "renamed-2027"));
        foreach (var name in RecordedCase.All().Where(name => name.StartsWith(contract + "/", StringComparison.Ordinal)))
        {
            var recorded = RecordedCase.Read(name);
            recorded.Holds(recorded.Lines.Select(line => line.Replace($"\"contract\":\"{contract}\"", "\"contract\":\"renamed-2027\"", StringComparison.Ordinal).Replace($"\"contract\": \"{contract}\"", "\"contract\": \"renamed-2027\"", StringComparison.Ordinal)), pack);
        }
    }
}
