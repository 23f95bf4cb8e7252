using System.Runtime.CompilerServices;

namespace Yueheng.Ledger;

public sealed partial class FactLedger
{
    /// <summary>The files that facts of a contract name as their evidence, each with the kind of fact that names it; in the order of the facts.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async IAsyncEnumerable<(string Kind, string Sha256)> Proofs(string contract, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        MustSee(contract);
        await using var sight = await Sight.Open(database, [contract], cancellation);
        await using var command = sight.Command("select f.kind, file ->> 'sha256' from ledger.facts f, json_array_elements(f.evidence::json) file where f.contract = $1 and f.evidence <> '[]' order by f.seq", contract);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return (reader.GetString(0), reader.GetString(1));
    }
}
