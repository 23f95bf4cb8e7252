using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// The files that prove facts, as one caller may see them. A file is named by the SHA-256 of its bytes, encrypted under a key of its own
/// in each contract, and durable before it is acknowledged. Nothing is ever replaced; a withdrawal destroys key and file and stays on record.
/// </summary>
/// <param name="database">Where names and wrapped keys lie.</param>
/// <param name="folder">Where the encrypted files lie.</param>
/// <param name="clock">Says when a file was handed in.</param>
/// <param name="visible">The contracts that the caller may see.</param>
/// <example><c>await new EvidenceVault(database, folder, clock, [contract]).Store(contract, "巡检记录.pdf", stream, "u-engineer")</c></example>
public sealed partial class EvidenceVault(LedgerDatabase database, EvidenceFolder folder, TimeProvider clock, IReadOnlyCollection<string> visible)
{
    private const int LongestName = 240;

    /// <summary>Takes a file in.</summary>
    /// <param name="name">Its file name; folders before it are dropped.</param>
    /// <param name="content">Read to its end, or to the limit.</param>
    /// <returns><see cref="Stored"/> once it is on disk, or why it is <see cref="Declined"/>.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async Task<Handing> Store(string contract, string name, Stream content, string by, CancellationToken cancellation = default)
    {
        MustSee(contract);
        name = BareName(name);
        if (name is "" || name.Length > LongestName || !FileTypes.IsKnown(name)) return WrongType();
        if (Screening.Problems(name) is { Count: > 0 } problems) return new Declined(DeclineReason.PersonalData, [.. problems.Select(problem => "文件名" + problem)]);

        var key = RandomNumberGenerator.GetBytes(SealedFile.KeyLength);
        var arrival = folder.NewArrival();
        try
        {
            if (await Seal(content, arrival, key, cancellation) is not { } arrived)
                return new Declined(DeclineReason.TooLarge, [string.Create(CultureInfo.InvariantCulture, $"文件超过上限 {folder.Largest / (1 << 20)} MB。")]);
            if (arrived.Size == 0) return new Declined(DeclineReason.Type, ["文件是空的。"]);
            if (await Find(contract, arrived.Sha256, cancellation) is { } known) return Again(known);
            var (media, declined) = Inspect(name, arrival, key);
            if (media is null) return declined!;

            var place = folder.NewPlace(contract, arrived.Sha256);
            Durable.Move(arrival, folder.Full(place));
            var file = new EvidenceFile(contract, arrived.Sha256, name, arrived.Size, media, Instant(), by, null);
            if (await Enter(file, place, key, cancellation)) return new Stored(file, IsNew: true);
            // The same file came in twice at once, and the other was quicker.
            Durable.Remove(folder.Full(place));
            return Again((await Find(contract, arrived.Sha256, cancellation))!);
        }
        finally
        {
            File.Delete(arrival);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static Handing Again(EvidenceFile known) => known.Withdrawal is null
        ? new Stored(known, IsNew: false)
        : new Declined(DeclineReason.Withdrawn, ["这个文件曾在本合同存证，已撤回销毁；不能再次存入。"]);

    private static Declined WrongType() => new(DeclineReason.Type, [$"不收这种文件，或内容与扩展名不符；可收：{FileTypes.InWords}（不含宏，文件名不超过 {LongestName} 字）。"]);

    private static string BareName(string name) =>
        new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(character => !char.IsControl(character))]).Trim();

    private async Task<(string Sha256, long Size)?> Seal(Stream content, string path, byte[] key, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = Durable.Create(path);
        using var sealing = new SealingStream(file, key);
        var buffer = new byte[SealedFile.Chunk];
        var size = 0L;
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if ((size += read) > folder.Largest) return null;
            hash.AppendData(buffer, 0, read);
            await sealing.Write(buffer.AsMemory(0, read), cancellation);
        }
        await sealing.Finish(cancellation);
        file.Flush(true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private static (string? Media, Declined? Declined) Inspect(string name, string path, byte[] key)
    {
        using var plain = new UnsealingStream(File.OpenRead(path), key);
        if (FileTypes.Of(name, plain) is not { } media) return (null, WrongType());
        try
        {
            var problems = FileTexts.Of(media, plain).SelectMany(Screening.Problems).Distinct().Take(10).ToArray();
            return problems.Length == 0 ? (media, null) : (null, new Declined(DeclineReason.PersonalData, [.. problems.Select(problem => "文件内容" + problem)]));
        }
        catch (InvalidDataException unreadable)
        {
            return (null, new Declined(DeclineReason.Type, [unreadable.Message]));
        }
    }

    private async Task<bool> Enter(EvidenceFile file, string place, byte[] key, CancellationToken cancellation)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        if (await sight.Execute("insert into ledger.evidence values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
            [file.Contract, file.Sha256, file.Name, file.Size, file.Type, file.RecordedAt, file.By, place], cancellation) == 0) return false;
        await sight.Execute("insert into ledger.evidence_keys values ($1, $2, $3, $4)", [file.Contract, file.Sha256, folder.Master.Id, folder.Master.Wrap(file.Contract, file.Sha256, key)], cancellation);
        await sight.Commit();
        return true;
    }

    private const string Columns = """
        select e.contract, e.sha256, e.name, e.size, e.type, e.recorded_at, e.by, w.recorded_at, w.by, w.reason, e.file, k.master, k.wrapped
        from ledger.evidence e left join ledger.evidence_withdrawals w using (contract, sha256) left join ledger.evidence_keys k using (contract, sha256)
        where e.contract = $1
        """;

    /// <summary>A row of the tables: what is known of a file, and what it takes to open it.</summary>
    private sealed record Row(EvidenceFile File, string Place, string? Master, byte[]? Wrapped);

    private async Task<IReadOnlyList<Row>> Rows(string contract, string? sha256, CancellationToken cancellation)
    {
        MustSee(contract);
        await using var sight = await Sight.Open(database, visible, cancellation);
        await using var command = sha256 is null
            ? sight.Command(Columns + " order by e.recorded_at, e.sha256", contract)
            : sight.Command(Columns + " and e.sha256 = $2", contract, sha256);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellation))
        {
            var withdrawal = reader.IsDBNull(7) ? null : new Withdrawal(reader.GetInt64(7), reader.GetString(8), reader.GetString(9));
            rows.Add(new(
                new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4), reader.GetInt64(5), reader.GetString(6), withdrawal),
                reader.GetString(10), reader.IsDBNull(11) ? null : reader.GetString(11), reader.IsDBNull(12) ? null : reader.GetFieldValue<byte[]>(12)));
        }
        return rows;
    }

    /// <summary>All files of a contract, withdrawn ones too, in the order in which they came.</summary>
    public async Task<IReadOnlyList<EvidenceFile>> List(string contract, CancellationToken cancellation = default) =>
        [.. (await Rows(contract, null, cancellation)).Select(row => row.File)];

    /// <summary>One file; null: the contract never had it.</summary>
    public async Task<EvidenceFile?> Find(string contract, string sha256, CancellationToken cancellation = default) =>
        (await Rows(contract, sha256, cancellation)).FirstOrDefault()?.File;

    /// <summary>Opens a file for reading, from any place in it.</summary>
    /// <returns>The file, and its plain bytes unless it was withdrawn; null: the contract never had it.</returns>
    /// <exception cref="EvidenceDamagedException">The file or its key is gone or was altered; reading on may throw it, too.</exception>
    /// <exception cref="KeyRefusedException">The key was wrapped by another master key.</exception>
    public async Task<(EvidenceFile File, Stream? Content)?> Open(string contract, string sha256, CancellationToken cancellation = default)
    {
        if ((await Rows(contract, sha256, cancellation)).FirstOrDefault() is not { } row) return null;
        return (row.File, row.File.Withdrawal is null ? Unseal(row) : null);
    }

    private UnsealingStream Unseal(Row row)
    {
        if (row.Wrapped is null) throw new EvidenceDamagedException("密钥不在数据库中，而没有撤回记录。");
        if (row.Master != folder.Master.Id) throw new KeyRefusedException($"这个文件的密钥由另一把主密钥（{row.Master}）封装，当前主密钥是 {folder.Master.Id}；请恢复原主密钥。");
        try
        {
            return new UnsealingStream(File.OpenRead(folder.Full(row.Place)), folder.Master.Unwrap(row.File.Contract, row.File.Sha256, row.Wrapped));
        }
        catch (CryptographicException)
        {
            throw new EvidenceDamagedException("密钥被改动。");
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EvidenceDamagedException("加密文件不在数据目录中。");
        }
    }

    /// <summary>Destroys the key and the file; who did it, when and why stays.</summary>
    /// <returns>False: the contract never had the file, or it was withdrawn before.</returns>
    public async Task<bool> Withdraw(string contract, string sha256, string by, string reason, CancellationToken cancellation = default)
    {
        MustSee(contract);
        await using var sight = await Sight.Open(database, visible, cancellation);
        await using var command = sight.Command("select ledger.withdraw_evidence($1, $2, $3, $4, $5)", contract, sha256, Instant(), by, reason);
        if (await command.ExecuteScalarAsync(cancellation) is not string place) return false;
        await sight.Commit();
        if (File.Exists(folder.Full(place))) Durable.Remove(folder.Full(place));
        return true;
    }

    private long Instant() => (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private void MustSee(string contract)
    {
        if (!visible.Contains(contract)) throw new UnauthorizedAccessException($"Contract {contract} is not among those that the caller may see.");
    }
}
