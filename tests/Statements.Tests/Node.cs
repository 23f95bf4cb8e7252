using System.Globalization;
using System.IO.Compression;
using System.Text;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Reading;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;
using Yueheng.Statements.Watching;
using Yueheng.Terms.Tests;

namespace Yueheng.Statements.Tests;

/// <summary>All of this room as one server process has it. Several on one database are several nodes; one after the other is a restart.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("node-");

    private Node(string connection, LedgerDatabase database, StandingClock clock)
    {
        (Connection, Database, Clock) = (connection, database, clock);
        Shelf = new Shelf(database, clock, Repository.Calendars, _folder.FullName);
        Judgements = new Judgements(database, clock, Shelf);
        Worths = new Worths(Shelf, Judgements);
        Book = new StatementBook(database, clock, Shelf, Judgements, Worths);
    }

    /// <summary>The contract folders that come with the product.</summary>
    public static IReadOnlyList<string> Samples { get; } =
        [.. Directory.GetDirectories(Repository.Contracts).Where(folder => File.Exists(Path.Combine(folder, "contract.yaml"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public string Connection { get; }
    public LedgerDatabase Database { get; }
    public StandingClock Clock { get; }
    public Shelf Shelf { get; }
    public Judgements Judgements { get; }
    public Worths Worths { get; }
    public StatementBook Book { get; }

    public static async Task<Node> On(string connection, StandingClock? clock = null)
    {
        clock ??= new StandingClock();
        var database = await LedgerDatabase.Open(connection, "", clock);
        await StatementsMigrations.Apply(database, clock);
        return new Node(connection, database, clock);
    }

    /// <summary>Another node on the same database, with the same clock.</summary>
    public Task<Node> Beside() => On(Connection, Clock);

    public FactLedger Ledger(string contract) => new(Database, Clock, [contract]);

    /// <summary>Puts a sample contract on the shelf and, if asked, its sample year into the ledger.</summary>
    public async Task Install(string contract, bool withFacts = false)
    {
        await Shelf.Install(Path.Combine(Repository.Contracts, contract), "installer");
        if (!withFacts) return;
        await using var facts = File.OpenRead(Path.Combine(Repository.Contracts, contract, "sample.jsonl"));
        await foreach (var answer in Ledger(contract).AppendLines(contract, null, facts, "li")) answer.Answer.ShouldBeOfType<Receipt>();
    }

    public async Task<Receipt> Record(string contract, string id, string kind, string at, string subject, string data = "{}") =>
        (await Ledger(contract).Append(contract, null, Encoding.UTF8.GetBytes(Line(contract, id, kind, at, subject, data)), "li")).ShouldBeOfType<Receipt>();

    public static string Line(string contract, string id, string kind, string at, string subject, string data = "{}") =>
        $$"""{"id":"{{id}}","contract":"{{contract}}","kind":"{{kind}}","at":"{{at}}","subject":"{{subject}}","data":{{data}}}""";

    public async Task<Stream> Export(string contract)
    {
        var output = new MemoryStream();
        await Ledger(contract).Write(contract, FactsWanted.All, output);
        output.Position = 0;
        return output;
    }

    /// <summary>The folder of a sample contract as a zip, some of its files written otherwise.</summary>
    public static MemoryStream Zipped(string contract, Func<string, string, string>? change = null, string around = "")
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, true))
            foreach (var file in Directory.GetFiles(Path.Combine(Repository.Contracts, contract), "*.yaml"))
            {
                using var entry = archive.CreateEntry(around + Path.GetFileName(file)).Open();
                entry.Write(Encoding.UTF8.GetBytes((change ?? ((_, text) => text))(Path.GetFileName(file), File.ReadAllText(file))));
            }
        zip.Position = 0;
        return zip;
    }

    public static long Instant(string text) => Yueheng.Facts.IsoTime.Parse(text);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(true);
    }
}

/// <summary>Stands until it is set.</summary>
public sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Time { get; set; } = DateTimeOffset.Parse("2025-12-08T00:30:00Z", CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => Time;
}
