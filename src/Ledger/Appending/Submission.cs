using System.Buffers;
using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Appending;

/// <summary>A line that is a fact, not yet recorded: what the ledger will store of it, but for its place in the chain.</summary>
/// <param name="Fact">Canonical bytes.</param>
/// <param name="Evidence">Canonical JSON.</param>
/// <param name="Saying">What of it bears on who may say it.</param>
internal sealed record Submission(string Id, string Kind, string Subject, long At, byte[] Fact, string Evidence, Saying Saying)
{
    /// <summary>In bytes of UTF-8: what fits the entries of the indexes.</summary>
    private const int LongestName = 1000;

    /// <summary>Reads one line. What an export adds (recordedAt, by, seq, hash) is the ledger's to say and not taken from it.</summary>
    /// <param name="isScreened">Whether texts that identify a person are refused.</param>
    /// <returns>The submission, or why there is none; neither for a blank line.</returns>
    public static (Submission? Fact, Refused? Refused) Read(FactLineReader reader, byte[] line, int number, bool isScreened = false)
    {
        var (fact, faults) = reader.Read(line, number);
        if (faults.Count > 0) return (null, Refusals.NoFact(faults[0].Fact, faults));
        if (fact is null) return (null, null);

        var problems = Problems("id", fact.Id).Concat(Problems("kind", fact.KindName)).Concat(Problems("subject", fact.Subject)).ToList();
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
        var evidence = Proof.Canonical(document.RootElement);
        if (evidence is null) problems.Add(Refusals.BadEvidence());
        if (isScreened) problems.AddRange(Texts.Problems(document.RootElement, line));
        if (problems.Count > 0) return (null, Refusals.NoFact(fact.Id, problems));

        var bytes = new ArrayBufferWriter<byte>(line.Length + 16);
        CanonicalJson.WriteFact(document.RootElement, bytes);
        return (new Submission(fact.Id, fact.KindName, fact.Subject, fact.At, bytes.WrittenSpan.ToArray(), evidence!, Saying.Of(fact.KindName, document.RootElement)), null);
    }

    private static IEnumerable<string> Problems(string key, string text)
    {
        if (text.Contains('\0')) yield return Refusals.ZeroCharacter(key);
        if (text.Length * 3 > LongestName && Encoding.UTF8.GetByteCount(text) > LongestName) yield return Refusals.TooLong(key, LongestName);
    }

    /// <summary>What to say when this id is on record already: the first receipt for the same fact, a refusal for another.</summary>
    /// <remarks>Sent again without evidence it is the same fact; with other evidence it is not, lest that evidence be lost unnoticed.</remarks>
    public Answer Beside(Standing first)
    {
        if (!first.Fact.AsSpan().SequenceEqual(Fact)) return Refusals.OtherContent(Id, first.Seq);
        if (Evidence != Chain.Link.NoEvidence && Evidence != first.Evidence) return Refusals.OtherEvidence(Id, first.Seq);
        return new Receipt(Id, first.Seq, Convert.ToHexStringLower(first.Hash), first.RecordedAt, IsNew: false);
    }
}

/// <summary>A fact on record, as far as another one with its id must be compared with it.</summary>
internal sealed record Standing(long Seq, byte[] Fact, string Evidence, long RecordedAt, byte[] Hash);
