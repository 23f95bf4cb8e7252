using System.IO.Compression;
using Yueheng.Statements.Shelves;
using Yueheng.Terms.Tests;

namespace Yueheng.Statements.Tests.Shelves;

public sealed class ShelfTests(PostgresFixture postgres)
{
    private const string Contract = "leased-line";

    [Fact]
    public async Task What_is_installed_is_the_first_version_and_both_parties_have_agreed()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);

        var version = (await node.Shelf.Versions([Contract], Contract)).ShouldHaveSingleItem();
        version.Version.ShouldBe(1);
        version.IsAgreed().ShouldBeTrue();
        version.Sha256.ShouldBe(Yueheng.Contracts.Documents.Fingerprints.OfFolder(Path.Combine(Repository.Contracts, Contract)));
        (await node.Shelf.Contracts([Contract])).ShouldHaveSingleItem().Id.ShouldBe(Contract);
        (await node.Shelf.InForce([Contract], Contract, node.Clock.Now())).ShouldNotBeNull().Id.ShouldBe(Contract);
    }

    [Fact]
    public async Task Installing_again_keeps_what_stands()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        await node.Install(Contract);
        (await node.Shelf.Versions([Contract], Contract)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_not_see_a_contract_sees_no_text_of_it()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);

        (await node.Shelf.Contracts(["another"])).ShouldBeEmpty();
        (await node.Shelf.Versions(["another"], Contract)).ShouldBeEmpty();
        (await node.Shelf.InForce([], Contract, node.Clock.Now())).ShouldBeNull();
        (await node.Shelf.Agree(["another"], Contract, 1, "buyer", "wang", null)).ShouldBeNull();
        await Should.ThrowAsync<UnauthorizedAccessException>(() => node.Shelf.Propose(["another"], Contract, Node.Zipped(Contract, Renamed), null, PackKind.Amendment, "wang", "buyer"));
    }

    [Fact]
    public async Task A_new_text_waits_for_the_other_party_and_is_then_judged_by_from_its_date_on()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        var from = Node.Instant("2025-09-01T00:00:00+08:00");

        var proposed = await node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, Renamed), from, PackKind.Amendment, "zhang", "provider");
        proposed.IsAgreed().ShouldBeFalse();
        (await InForce(from)).ShouldBe(1);

        node.Clock.Time += TimeSpan.FromDays(1);
        var agreed = (await node.Shelf.Agree([Contract], Contract, proposed.Version, "buyer", "wang", "同意")).ShouldNotBeNull();
        agreed.AgreedAt.ShouldBe(node.Clock.Now());
        (await InForce(from)).ShouldBe(2);
        (await InForce(from - 1)).ShouldBe(1);
        // What was known before the second party agreed.
        Shelf.InForce(await Versions(), from, agreed.AgreedAt - 1).ShouldNotBeNull().Version.ShouldBe(1);

        async Task<int> InForce(long asOf) => Shelf.InForce(await Versions(), asOf, null).ShouldNotBeNull().Version;
        Task<IReadOnlyList<PackVersion>> Versions() => node.Shelf.Versions([Contract], Contract);
    }

    [Fact]
    public async Task The_party_that_handed_it_in_does_not_agree_for_the_other()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        var proposed = await node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, Renamed), null, PackKind.Amendment, "zhang", "provider");

        (await node.Shelf.Agree([Contract], Contract, proposed.Version, "provider", "zhao", null)).ShouldNotBeNull().IsAgreed().ShouldBeFalse();
        (await node.Shelf.Agree([Contract], Contract, 99, "buyer", "wang", null)).ShouldBeNull();
    }

    [Fact]
    public async Task What_the_linter_says_is_kept_with_the_version()
    {
        await using var node = await postgres.Fresh();
        await node.Install("security-operations");
        var version = (await node.Shelf.Versions(["security-operations"], "security-operations"))[0];
        version.Findings.ShouldNotBeEmpty();
        version.Findings.ShouldAllBe(finding => finding.Message.Length > 0 && !finding.File.Contains('/'));
    }

    [Fact]
    public async Task A_folder_around_everything_in_the_zip_is_taken_off()
    {
        await using var node = await postgres.Fresh();
        (await node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, around: "合同/"), null, PackKind.Original, "wang", "buyer")).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_cannot_be_judged_does_not_get_onto_the_shelf()
    {
        await using var node = await postgres.Fresh();
        var refused = await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, (_, text) => text.Replace("calendar: cn-government", "calendar: nowhere")), null, PackKind.Original, "wang", "buyer"));
        refused.Faults.ShouldContain(fault => fault.Message.Contains("nowhere") && fault.File == "contract.yaml" && fault.Line > 0);
        (await node.Shelf.Versions([Contract], Contract)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_by_which_the_facts_on_record_cannot_be_read_does_not_get_onto_the_shelf()
    {
        await using var node = await postgres.Fresh();
        await node.Install("security-operations");
        await node.Record("security-operations", "f1", "drill.held", "2025-03-03T09:00:00+08:00", "drill-1", """{"attendees":"十二人"}""");

        var refused = await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose(["security-operations"], "security-operations",
            Node.Zipped("security-operations", (_, text) => text.Replace("  drill.held: {}", "  drill.held: { attendees: whole }")), null, PackKind.Amendment, "wang", "buyer"));
        refused.Faults.ShouldHaveSingleItem().Message.ShouldContain("f1");
    }

    [Fact]
    public async Task The_same_text_again_is_refused()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        (await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract), null, PackKind.Amendment, "wang", "buyer"))).Message.ShouldContain("第 1 版");
    }

    [Theory]
    [InlineData("../contract.yaml")]
    [InlineData("/contract.yaml")]
    [InlineData("a/../../contract.yaml")]
    [InlineData("a\\..\\contract.yaml")]
    [InlineData("C:contract.yaml")]
    public async Task A_zip_that_reaches_outside_itself_is_refused(string name)
    {
        await using var node = await postgres.Fresh();
        var zip = Zip((name, "language: terms/1"u8.ToArray()), ("contract.yaml", "language: terms/1"u8.ToArray()));
        (await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose([Contract], Contract, zip, null, PackKind.Original, "wang", "buyer"))).Message.ShouldContain("文件名不合规");
    }

    [Fact]
    public async Task A_zip_that_unfolds_to_something_huge_is_refused()
    {
        await using var node = await postgres.Fresh();
        var zip = Zip(("contract.yaml", new byte[60 << 20]));
        zip.Length.ShouldBeLessThan(1 << 20);
        (await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose([Contract], Contract, zip, null, PackKind.Original, "wang", "buyer"))).Message.ShouldContain("MiB");
    }

    [Fact]
    public async Task What_is_no_zip_is_refused()
    {
        await using var node = await postgres.Fresh();
        (await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose([Contract], Contract, new MemoryStream("not a zip"u8.ToArray()), null, PackKind.Original, "wang", "buyer"))).Message.ShouldContain("zip");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a,b")]
    [InlineData("")]
    public async Task Not_every_text_is_the_id_of_a_contract(string id)
    {
        await using var node = await postgres.Fresh();
        await Should.ThrowAsync<PackRefusedException>(() => node.Shelf.Propose([id], id, Node.Zipped(Contract), null, PackKind.Original, "wang", "buyer"));
    }

    [Fact]
    public async Task Two_who_hand_in_together_get_two_versions()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        var versions = await Task.WhenAll(Enumerable.Range(0, 4).Select(number =>
            node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, (name, text) => name == "contract.yaml" ? $"{text}# {number}\n" : text), null, PackKind.Amendment, "wang", "buyer")));
        versions.Select(version => version.Version).Order().ShouldBe([2, 3, 4, 5]);
    }

    [Theory]
    [InlineData("update statements.packs set in_force = 0")]
    [InlineData("delete from statements.pack_files")]
    [InlineData("update statements.pack_agreements set reason = 'x'")]
    [InlineData("truncate statements.packs cascade")]
    public async Task The_application_changes_nothing_on_the_shelf(string sql)
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        await using var connection = await node.Database.App.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand($"select set_config('yueheng.contracts', '{Contract}', false); {sql}", connection);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe("42501");
    }

    private static string Renamed(string name, string text) => name == "contract.yaml" ? text + "# 补充\n" : text;

    private static MemoryStream Zip(params (string Name, byte[] Content)[] files)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, true))
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        zip.Position = 0;
        return zip;
    }
}
