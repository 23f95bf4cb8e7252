using Microsoft.AspNetCore.Mvc;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Judging;

namespace Yueheng.Server.Endpoints;

/// <summary>At which instant a contract is to be judged, and on what knowledge.</summary>
/// <param name="AsOf">ISO 8601 with offset; absent: now.</param>
/// <param name="Recorded">ISO 8601 with offset: only what was recorded by then; absent: all.</param>
internal readonly record struct Asked([FromQuery] string? AsOf, [FromQuery] string? Recorded)
{
    public Task<Judged> Judge(Judgements judgements, Caller caller, string contract, CancellationToken cancellation) =>
        judgements.At(caller.Contracts, contract, BusinessClock.ReadInstant(AsOf, "asOf"), BusinessClock.ReadInstant(Recorded, "recorded"), cancellation);
}
