using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Statements.Watching;

namespace Yueheng.Statements.Shelves;

/// <summary>
/// The texts of all contracts, kept in the database as the files they are, version by version. A version is judged by once both parties have
/// agreed to it, from its own date on.
/// </summary>
/// <param name="clock">The contracts' own time: when something was handed in or agreed to.</param>
/// <param name="calendars">The folder of calendars of this installation.</param>
/// <param name="folder">Where versions are laid out to be read; anything in it can be made again.</param>
public sealed class Shelf(LedgerDatabase database, TimeProvider clock, string calendars, string folder)
{
    private readonly ConcurrentDictionary<(string Contract, int Version), Lazy<Task<Pack>>> _compiled = new();
    private readonly PackReader _reader = new(calendars);

    /// <summary>Reads packs with this installation's calendars.</summary>
    public PackReader Reader => _reader;

    /// <summary>Where the files of a calendar lie.</summary>
    public string CalendarFolder(string name) => Path.Combine(calendars, name);

    /// <summary>The contracts that have a text and that somebody may see, by id.</summary>
    public async Task<IReadOnlyList<ShelvedContract>> Contracts(IReadOnlyCollection<string> visible, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        await using var command = sight.Command("""
            select distinct on (p.contract) p.contract, p.name from statements.packs p
            where (select count(*) from statements.pack_agreements a where a.contract = p.contract and a.version = p.version) = 2
            order by p.contract, p.version desc
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var contracts = new List<ShelvedContract>();
        while (await reader.ReadAsync(cancellation)) contracts.Add(new(reader.GetString(0), reader.GetString(1)));
        return contracts;
    }

    /// <summary>All versions of a contract, the oldest first; none of a contract that the caller may not see.</summary>
    public async Task<IReadOnlyList<PackVersion>> Versions(IReadOnlyCollection<string> visible, string contract, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        return await Versions(sight, contract, cancellation);
    }

    internal static async Task<IReadOnlyList<PackVersion>> Versions(Sight sight, string contract, CancellationToken cancellation)
    {
        await using var command = sight.Command("""
            select p.version, p.kind, p.name, p.in_force, p.sha256, p.findings, p.by, p.at, a.side, a.by, a.reason, a.at
            from statements.packs p left join statements.pack_agreements a using (contract, version)
            where p.contract = $1 order by p.version, a.at, a.side
            """, contract);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var versions = new List<PackVersion>();
        while (await reader.ReadAsync(cancellation))
        {
            if (versions.Count == 0 || versions[^1].Version != reader.GetInt32(0))
                versions.Add(new PackVersion(contract, reader.GetInt32(0), reader.GetString(1) == "original" ? PackKind.Original : PackKind.Amendment, reader.GetString(2), reader.GetInt64(3), reader.GetString(4),
                    JsonSerializer.Deserialize<PackFinding[]>(reader.GetString(5)) ?? [], reader.GetString(6), reader.GetInt64(7), []));
            if (!reader.IsDBNull(8))
                versions[^1] = versions[^1] with { Agreements = [.. versions[^1].Agreements, new(reader.GetString(8), reader.GetString(9), reader.IsDBNull(10) ? null : reader.GetString(10), reader.GetInt64(11))] };
        }
        return versions;
    }

    /// <summary>
    /// Which version is judged by: of those that both parties had agreed to, the latest whose date has come; before the first date, the first.
    /// </summary>
    /// <param name="asOf">The instant that is judged.</param>
    /// <param name="recorded">What was known then; null: what is known now.</param>
    public static PackVersion? InForce(IReadOnlyList<PackVersion> versions, long asOf, long? recorded)
    {
        var agreed = versions.Where(version => version.IsAgreed(recorded)).ToList();
        // A contract is often signed, and put here, long after its first day: before that, the first text says what was agreed.
        if (agreed.Count == 0) return versions.FirstOrDefault(version => version.IsAgreed());
        return agreed.LastOrDefault(version => version.InForce <= asOf) ?? agreed.MinBy(version => version.InForce);
    }

    /// <summary>The text in force, compiled; null for a contract that has none, or that the caller may not see.</summary>
    public async Task<Pack?> InForce(IReadOnlyCollection<string> visible, string contract, long asOf, long? recorded = null, CancellationToken cancellation = default) =>
        InForce(await Versions(visible, contract, cancellation), asOf, recorded) is { } version ? await Read(version, cancellation) : null;

    /// <summary>A version, compiled, with clauses and readings; compiled once and kept.</summary>
    public Task<Pack> Read(PackVersion version, CancellationToken cancellation = default)
    {
        var lazy = _compiled.GetOrAdd((version.Contract, version.Version), _ => new(() => Compile(version)));
        return lazy.Value.WaitAsync(cancellation);
    }

    private async Task<Pack> Compile(PackVersion version)
    {
        try
        {
            var laid = await LayOut(version);
            var (pack, refusals) = _reader.Read(laid, true);
            return pack ?? throw new InvalidOperationException($"Version {version.Version} of {version.Contract} was accepted and cannot be read any more: {string.Join('\n', refusals)}");
        }
        catch
        {
            // What failed is tried again when it is asked for again.
            _compiled.TryRemove((version.Contract, version.Version), out _);
            throw;
        }
    }

    private async Task<string> LayOut(PackVersion version)
    {
        var root = Path.Combine(folder, $"{version.Contract}@{version.Version}");
        var laid = Path.Combine(root, version.Contract);
        // The database has the files; whatever stands here and differs was made by somebody else.
        if (Directory.Exists(laid) && Fingerprints.OfFolder(laid) == version.Sha256) return laid;
        var files = await Files(version);
        var made = Directory.CreateDirectory(Path.Combine(folder, $".{Guid.NewGuid():N}")).FullName;
        files.LayOut(made, version.Contract);
        if (Directory.Exists(root)) Directory.Delete(root, true);
        try
        {
            Directory.Move(made, root);
        }
        catch (IOException) when (Directory.Exists(laid))
        {
            // Another node on this disk was quicker.
            Directory.Delete(made, true);
        }
        return laid;
    }

    internal async Task<PackFiles> Files(PackVersion version, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, [version.Contract], cancellation);
        await using var command = sight.Command("select path, content from statements.pack_files where contract = $1 and version = $2", version.Contract, version.Version);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var files = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation)) files.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        var read = PackFiles.Of(files);
        return read.Sha256 == version.Sha256 ? read : throw new InvalidOperationException($"The files of version {version.Version} of {version.Contract} are not those that were agreed to.");
    }

    /// <summary>The files of a version, by their path in its folder, as they were handed in.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> FilesOf(PackVersion version, CancellationToken cancellation = default) => (await Files(version, cancellation)).Files;

    /// <summary>
    /// Puts a folder of this machine on the shelf as a contract's first version, agreed by both parties; its name is the contract's id. A
    /// contract that has a text already keeps it.
    /// </summary>
    /// <param name="by">Who installs it.</param>
    /// <exception cref="PackRefusedException">It cannot be judged.</exception>
    public async Task<PackVersion> Install(string path, string by, CancellationToken cancellation = default)
    {
        var contract = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if ((await Versions([contract], contract, cancellation)).FirstOrDefault() is { } standing) return standing;
        return await Put([contract], PackFiles.OfFolder(path), contract, null, PackKind.Original, by, ["buyer", "provider"], cancellation);
    }

    /// <summary>Puts an uploaded folder on the shelf, agreed to by the side that hands it in and waiting for the other.</summary>
    /// <param name="visible">The contracts that the caller may see; the database itself takes in nothing for others.</param>
    /// <param name="zip">The contract folder as a zip; the whole of it, for an amendment too.</param>
    /// <param name="inForce">From when it is to be judged by; null: from the first day of its term.</param>
    /// <param name="side">buyer or provider.</param>
    /// <exception cref="PackRefusedException">It cannot be judged, or not with the facts that are on record.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async Task<PackVersion> Propose(IReadOnlyCollection<string> visible, string contract, Stream zip, long? inForce, PackKind kind, string by, string side, CancellationToken cancellation = default) =>
        await Put(visible, await PackFiles.OfZip(zip, cancellation), contract, inForce, kind, by, [side], cancellation);

    private async Task<PackVersion> Put(IReadOnlyCollection<string> visible, PackFiles files, string contract, long? inForce, PackKind kind, string by, IReadOnlyList<string> agreed, CancellationToken cancellation)
    {
        if (!PackFiles.IsId(contract)) throw new PackRefusedException([new PackFault("", 0, $"“{contract}”不能作合同编号：须以字母或数字开头，只含字母、数字、点、短横和下划线。")]);
        if (!visible.Contains(contract)) throw new UnauthorizedAccessException($"Contract {contract} is not among those that the caller may see.");
        var (pack, findings) = await Check(files, contract, cancellation);
        await using var sight = await Sight.Open(database, visible, cancellation);
        await sight.Lock($"statements/shelf/{contract}", cancellation);
        var standing = await Versions(sight, contract, cancellation);
        var sha256 = files.Sha256;
        if (standing.FirstOrDefault(version => version.Sha256 == sha256) is { } same)
            throw new PackRefusedException([new PackFault("", 0, $"内容与第 {same.Version} 版相同。")]);
        var at = Now();
        var version = new PackVersion(contract, (standing.LastOrDefault()?.Version ?? 0) + 1, kind, pack.Contract.Syntax.Contract.Name, inForce ?? pack.Contract.TermFrom, sha256, findings, by, at,
            [.. agreed.Select(side => new PackAgreement(side, by, null, at))]);
        await sight.Execute("insert into statements.packs (contract, version, kind, name, in_force, sha256, findings, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", cancellation,
            contract, version.Version, kind == PackKind.Original ? "original" : "amendment", version.Name, version.InForce, sha256, JsonSerializer.Serialize(findings), by, at);
        foreach (var (path, content) in files.Files)
            await sight.Execute("insert into statements.pack_files (contract, version, path, content) values ($1, $2, $3, $4)", cancellation, contract, version.Version, path, content);
        foreach (var agreement in version.Agreements) await Insert(sight, version, agreement, cancellation);
        await sight.Tell(new Notice("pack", contract, Id: Number(version.Version)), cancellation);
        await sight.Commit();
        return version;
    }

    private static Task Insert(Sight sight, PackVersion version, PackAgreement agreement, CancellationToken cancellation) =>
        sight.Execute("insert into statements.pack_agreements (contract, version, side, by, reason, at) values ($1, $2, $3, $4, $5, $6)", cancellation,
            version.Contract, version.Version, agreement.Side, agreement.By, agreement.Reason, agreement.At);

    /// <summary>Reads and checks a folder without putting it anywhere.</summary>
    private async Task<(Pack Pack, IReadOnlyList<PackFinding> Findings)> Check(PackFiles files, string contract, CancellationToken cancellation)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, $".{Guid.NewGuid():N}")).FullName;
        try
        {
            var (pack, refusals) = _reader.Read(files.LayOut(root, contract), true);
            if (pack is null) throw new PackRefusedException([.. refusals.Select(refusal => new PackFault(Path.GetFileName(refusal.Position.File), refusal.Position.Line, (refusal.Term is null ? "" : $"“{refusal.Term}”：") + refusal.Message))]);
            await CheckFacts(pack, cancellation);
            return (pack, [.. Report.Of(pack).All().Select(PackFinding.Of)]);
        }
        finally
        {
            Directory.Delete(root, true);
        }
    }

    // A text under which what is on record cannot be read would leave the contract without any judgement.
    private async Task CheckFacts(Pack pack, CancellationToken cancellation)
    {
        var faults = await Judging.FactsOnRecord.Faults(database, clock, pack, cancellation);
        if (faults.Count > 0) throw new PackRefusedException([.. faults.Select(fault => new PackFault("", 0, $"账本中的事实 {fault.Fact}（第 {fault.Line} 号）不能按此文本读取：{fault.Message}"))]);
    }

    /// <summary>A party agrees to a version.</summary>
    /// <param name="visible">The contracts that the caller may see; the database itself shows no others.</param>
    /// <returns>The version as it then stands; null when there is none such.</returns>
    public async Task<PackVersion?> Agree(IReadOnlyCollection<string> visible, string contract, int version, string side, string by, string? reason, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        await sight.Lock($"statements/shelf/{contract}", cancellation);
        if ((await Versions(sight, contract, cancellation)).FirstOrDefault(standing => standing.Version == version) is not { } found) return null;
        if (found.Agreements.Any(agreement => agreement.Side == side)) return found;
        var agreement = new PackAgreement(side, by, reason, Now());
        await Insert(sight, found, agreement, cancellation);
        await sight.Tell(new Notice("pack", contract, Id: Number(version)), cancellation);
        await sight.Commit();
        return found with { Agreements = [.. found.Agreements, agreement] };
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private long Now() => clock.Now();
}
