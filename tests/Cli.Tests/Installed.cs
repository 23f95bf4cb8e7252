using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Statements;
using Yueheng.Statements.Bundles;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Cli.Tests;

/// <summary>A data directory with one sample contract, its facts and a file of evidence; nothing runs in it. And an export of it.</summary>
public sealed class Installed : IAsyncLifetime
{
    public const string Contract = "leased-line";
    private readonly string _root = Directory.CreateTempSubdirectory("installed-").FullName;

    public string Data => Path.Combine(_root, "data");
    public string Bundle => Path.Combine(_root, "export.zip");

    /// <summary>The public key, in PEM.</summary>
    public string Key => Path.Combine(_root, "key.pem");

    /// <summary>The checkpoints, as they are handed out.</summary>
    public string Checkpoints => Path.Combine(_root, "checkpoints.json");

    /// <summary>A path beside them that nobody has taken.</summary>
    public string New() => Path.Combine(_root, Path.GetRandomFileName());

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute);
        await using var database = await LedgerDatabase.Open(null, Path.Combine(Data, "cluster"), TimeProvider.System);
        await StatementsMigrations.Apply(database, TimeProvider.System);
        var shelf = new Shelf(database, TimeProvider.System, Path.Combine(Repository.Root, "calendars"), Path.Combine(Data, "cache"));
        await shelf.Install(Path.Combine(Repository.Root, "contracts", Contract), "u-test");
        await using (var facts = File.OpenRead(Path.Combine(Repository.Root, "contracts", Contract, "sample.jsonl")))
            await foreach (var _ in new FactLedger(database, TimeProvider.System, [Contract]).AppendLines(Contract, null, facts, "u-test")) { }
        var evidence = EvidenceFolder.Open(Data, MasterKey.Open(Data));
        (await new EvidenceVault(database, evidence, TimeProvider.System, [Contract]).Store(Contract, "记录.txt", new MemoryStream("x"u8.ToArray()), "u-test")).ShouldBeOfType<Stored>();
        var key = SigningKey.Open(Data);
        await PublicKeys.Enter(database, key, TimeProvider.System);
        var judgements = new Judgements(database, TimeProvider.System, shelf);
        var statements = new StatementBook(database, TimeProvider.System, shelf, judgements, new Worths(shelf, judgements));
        await using (var bundle = File.Create(Bundle))
            await new BundleMaker(database, TimeProvider.System, shelf, judgements, statements, evidence, key).Write([Contract], Contract, new("u-auditor", IsoTime.Parse("2025-12-08T08:30:00+08:00"), true), bundle);
        await File.WriteAllTextAsync(Key, Signatures.WritePem(key.PublicKey));
        await File.WriteAllBytesAsync(Checkpoints, CheckpointFile.Write(await new CheckpointBook(database, key, TimeProvider.System, [Contract]).All(Contract)));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, true);
        return ValueTask.CompletedTask;
    }
}
