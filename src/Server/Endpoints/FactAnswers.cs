using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Chain;
using Yueheng.Ledger.Claims;

namespace Yueheng.Server.Endpoints;

/// <summary>A fact is on record.</summary>
/// <param name="Seq">Its number within the contract.</param>
/// <param name="Hash">Its link of the chain.</param>
internal sealed record ReceiptAnswer(string Id, long Seq, string Hash, string RecordedAt)
{
    public static ReceiptAnswer Of(Receipt receipt) => new(receipt.Id, receipt.Seq, receipt.Hash, ChinaTime.Write(receipt.RecordedAt));
}

/// <summary>What came of one line of a stream; what is not recorded has no number.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Status">201 recorded, 200 was on record, 403, 409 or 422 not recorded.</param>
/// <param name="Fields">What of the fact makes it a claim.</param>
internal sealed record LineResult(int Line, string? Id, int Status, long? Seq, string? Hash, string? RecordedAt, string? Detail, IReadOnlyList<string>? Fields)
{
    public static LineResult Of(LineAnswer line) => line.Answer switch
    {
        Receipt receipt => new(line.Line, receipt.Id, receipt.IsNew ? 201 : 200, receipt.Seq, receipt.Hash, ChinaTime.Write(receipt.RecordedAt), null, null),
        Refused refused => new(line.Line, refused.Id, FactProblems.StatusOf(refused.Reason), null, null, null, string.Join(' ', refused.Messages), refused.Reason == RefusalReason.NeedsClaim ? refused.Fields : null),
        _ => throw new InvalidOperationException("No such answer."),
    };
}

/// <summary>A fact, and what the record says of it.</summary>
/// <param name="By">Who recorded it; several joined by a plus sign.</param>
/// <param name="RetractedBy">The id of the fact that takes it back.</param>
/// <param name="Late">It came later than the limit that held then.</param>
/// <param name="Claim">The number of the claim that put it on record or is about it.</param>
internal sealed record FactAnswer(
    string Id, string Kind, string At, string Subject, JsonElement Data, long Seq, string RecordedAt, string By, IReadOnlyList<ProofAnswer> Evidence, string Hash, string? RetractedBy, bool Late, long? Claim)
{
    public static FactAnswer Of(RecordedFact fact, Mark mark)
    {
        using var content = JsonDocument.Parse(fact.Fact, new JsonDocumentOptions { MaxDepth = 64 });
        return new(
            fact.Id, fact.Kind, ChinaTime.Write(fact.At), fact.Subject, content.RootElement.GetProperty("data").Clone(), fact.Seq, ChinaTime.Write(fact.RecordedAt), fact.By,
            JsonSerializer.Deserialize<IReadOnlyList<ProofAnswer>>(fact.Evidence, Json.Plain)!, Convert.ToHexStringLower(fact.Hash), mark.RetractedBy, mark.IsLate, mark.Claim);
    }
}

/// <summary>A file that proves something.</summary>
internal sealed record ProofAnswer(string Sha256, string Name);

/// <param name="Next">To be passed as <c>before</c> for what follows; null: nothing does.</param>
internal sealed record FactPage(IReadOnlyList<FactAnswer> Facts, long? Next);

/// <summary>The ledger's refusals as problems.</summary>
internal static class FactProblems
{
    public static int StatusOf(RefusalReason reason) => reason switch
    {
        RefusalReason.Invalid => 422,
        RefusalReason.OtherContent => 409,
        _ => 403,
    };

    public static ProblemException Of(Refused refused, string contract)
    {
        var detail = string.Join('\n', refused.Messages);
        return refused.Reason switch
        {
            RefusalReason.Invalid => new ProblemException(422, "invalid-fact", detail)
            {
                Errors = [.. refused.Faults.Count > 0 ? refused.Faults.Select(fault => new ProblemError(fault.Field, null, fault.Message)) : refused.Messages.Select(message => new ProblemError(null, null, message))],
            },
            RefusalReason.OtherContent => new ProblemException(409, "other-content", detail),
            RefusalReason.NeedsClaim => new ProblemException(403, "claim-required", detail)
            {
                Errors = [.. refused.Fields.Zip(refused.Messages, (field, message) => new ProblemError(field, null, message))],
                Members = new Dictionary<string, object?> { ["fields"] = refused.Fields, ["claim"] = $"POST /api/contracts/{contract}/claims" },
            },
            _ => new ForbiddenException(detail, "not-their-kind"),
        };
    }
}
