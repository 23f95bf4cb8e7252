using System.Xml.Linq;

namespace Yueheng.Rooms.Tests;

public class RoomGraphTests
{
    [Fact]
    public void Dependencies_point_one_way() => RoomGraph.Findings(Repository.Root).ShouldBeEmpty();

    [Fact]
    public void A_tree_that_breaks_the_rules_is_found_out_at_every_point() =>
        RoomGraph.Findings(Repository.WrongTree).ShouldBe(
        [
            "Billing/Billing.csproj: the room Billing is not in RoomMap; say there what it may see",
            "Collector/Probe/Collector.csproj: a room is one project, named as its folder under src/",
            "Collector/Probe/Collector.csproj: Collector may not see Ledger",
            "Desk/Desk.csproj: Desk may not see Terms",
            "Desk/Desk.csproj: Desk may not see Assets",
            "Desk/Desk.csproj: references ../tests/Desk.Tests/Desk.Tests.csproj, which is no room",
            "Desk/Desk.csproj: references the built assembly Yueheng.Terms; reference its project or package",
            "Desk/Desk.csproj: takes Terms/Judge.cs, a file of another room",
            "Terms/Terms.csproj: Terms may not see Contracts",
            "Everyone.props: ProjectReference belongs in the project that needs it",
        ]);

    [Fact]
    public void Who_sees_a_room_may_see_what_that_room_sees()
    {
        // References are transitive, so a table that forgets this would forbid what the compiler allows.
        foreach (var (room, maySee) in RoomMap.MaySee)
        {
            maySee.ShouldNotContain(room);
            foreach (var seen in maySee) RoomMap.MaySee[seen].ShouldBeSubsetOf(maySee, $"{room} sees {seen}");
        }
    }

    [Fact]
    public void Rooms_that_judge_need_no_package_but_NodaTime()
    {
        string[] allowed = ["Microsoft.CodeAnalysis.BannedApiAnalyzers", "NodaTime"];
        RoomGraph.PackagesOf(Repository.Root, "Facts").ShouldBeSubsetOf(allowed);
        RoomGraph.PackagesOf(Repository.Root, "Terms").ShouldBeSubsetOf(allowed);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument.Load(Path.Combine(Repository.Root, "Yueheng.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        var present = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(file => !file.StartsWith(Repository.WrongTree, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        present.ShouldBeSubsetOf(listed);
    }
}
