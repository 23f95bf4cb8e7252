using Yueheng.Contracts.Examples;
using Yueheng.Contracts.Packs;

namespace Yueheng.Contracts.Tests.Skeletons;

/// <summary>What <c>yueheng new</c> writes is a contract that can be judged at once, under the id its folder gives it.</summary>
public sealed class SkeletonTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("yueheng-skeleton-").FullName;

    public void Dispose() => Directory.Delete(_root, true);

    [Fact]
    public void A_skeleton_can_be_judged_and_its_example_holds()
    {
        var folder = Path.Combine(_root, "new-contract");
        Skeleton.Write(folder).ShouldContain("contract.yaml");
        var reader = SamplePacks.Reader;
        var (pack, refusals) = reader.Read(folder, true);
        refusals.ShouldBeEmpty();
        var results = ExampleRunner.Run(pack.ShouldNotBeNull(), reader).ToList();
        results.ShouldNotBeEmpty();
        results.SelectMany(result => result.Problems).ShouldBeEmpty();
    }

    [Fact]
    public void Every_reading_of_the_skeleton_runs()
    {
        var folder = Path.Combine(_root, "new-contract");
        Skeleton.Write(folder);
        var (pack, _) = SamplePacks.Reader.Read(folder, true, [new Reading("I-2", "alt")]);
        pack.ShouldNotBeNull();
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        File.WriteAllText(Path.Combine(_root, "mine.txt"), "不可覆盖");
        Should.Throw<IOException>(() => Skeleton.Write(_root));
        Directory.GetFileSystemEntries(_root).ShouldHaveSingleItem();
    }
}
