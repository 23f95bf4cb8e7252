using System.Text.Json;

namespace Yueheng.Cli.Tests;

/// <summary>Where the program stands, what time zone and language its machine has: figures are the same.</summary>
public class PlaceTests
{
    public static TheoryData<string, string, string> Machines
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var contract in Directory.GetDirectories(Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Cases")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal))
                foreach (var (zone, language) in new[] { ("UTC", "C"), ("America/New_York", "en_US.UTF-8"), ("Pacific/Kiritimati", "tr_TR.UTF-8"), ("Asia/Shanghai", "zh_CN.UTF-8"), ("Asia/Kathmandu", "C") })
                    data.Add(contract, zone, language);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Figures_do_not_depend_on_time_zone_or_language(string contract, string zone, string language)
    {
        var stem = Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Cases", contract, zone == "UTC" ? "001" : "006");
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(stem + ".json"));
        var ran = RunIn(null, "", [("TZ", zone), ("LANG", language), ("LC_ALL", language)], "assess", contract, "--facts", stem + ".facts.jsonl", "--as-of", recorded.RootElement.GetProperty("asOf").GetString()!, "--json");
        ran.Code.ShouldBe(0, ran.Errors);
        using var answer = JsonDocument.Parse(ran.Output);
        answer.RootElement.GetProperty("figures").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetString())
            .ShouldBe(recorded.RootElement.GetProperty("figures").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetString()), ignoreOrder: true);
    }

    [Fact]
    public void An_id_comes_before_a_folder_of_that_name_and_says_which_was_taken()
    {
        using var here = new TemporaryFolder();
        here.Write("civil-affairs/contract.yaml", "");
        var ran = RunIn(here.Path, "", [], "duties", "civil-affairs", "--json");
        ran.Output.ShouldBe(Run("duties", "civil-affairs", "--json").IsWell().Output);
        ran.Errors.ShouldBe($"“civil-affairs”取自 {Path.Combine(Repository.Contracts, "civil-affairs")}；当前目录下也有同名文件夹，要用它请写 ./civil-affairs\n");
    }

    [Fact]
    public void A_contract_may_be_given_by_id_or_by_path_from_anywhere()
    {
        var expected = Run("duties", "civil-affairs", "--json").IsWell().Output;
        var folder = Path.Combine(Repository.Contracts, "civil-affairs");
        Run("duties", folder, "--json").IsWell().Output.ShouldBe(expected);
        Run("duties", folder + "/", "--json").IsWell().Output.ShouldBe(expected);
        RunIn(folder, "", [], "duties", "../civil-affairs", "--json").IsWell().Output.ShouldBe(expected);
        RunIn(Repository.Root, "", [("YUEHENG_HOME", null)], "duties", "civil-affairs", "--json").IsWell().Output.ShouldBe(expected);
        RunIn(Repository.Root, "", [("YUEHENG_HOME", "")], "duties", "contracts/civil-affairs", "--json").IsWell().Output.ShouldBe(expected);
    }
}
