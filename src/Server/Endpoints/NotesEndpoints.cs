using Microsoft.AspNetCore.Mvc;
using Yueheng.Facts;
using Yueheng.Ledger.Claims;
using Yueheng.Server.Access;

namespace Yueheng.Server.Endpoints;

/// <summary>Internal notes: each side reads its own.</summary>
internal static class NotesEndpoints
{
    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/notes", Read).Produces<IReadOnlyList<NoteAnswer>>().Needs(Permission.ReadNotes);
        contract.MapPost("/notes", Write).Produces<NoteAnswer>(201).ProducesProblem(422).Needs(Permission.WriteNotes);
    }

    private static async Task<IReadOnlyList<NoteAnswer>> Read(string contract, [FromQuery] string? about, Caller caller, LedgerOf ledgerOf, CancellationToken cancellation) =>
        [.. (await ledgerOf(caller).Notes.Read(contract, caller.AuthorIn(contract), string.IsNullOrEmpty(about) ? null : about, cancellation)).Select(NoteAnswer.Of)];

    private static async Task<IResult> Write(string contract, NoteBody body, Caller caller, LedgerOf ledgerOf, CancellationToken cancellation)
    {
        var (note, faults) = await ledgerOf(caller).Notes.Write(contract, caller.AuthorIn(contract), body.About ?? "", body.Text ?? "", cancellation);
        return note is null
            ? throw new ProblemException(422, "invalid", string.Join('\n', faults)) { Errors = [.. faults.Select(fault => new ProblemError("text", null, fault))] }
            : Results.Created((string?)null, NoteAnswer.Of(note));
    }
}

/// <param name="About">A fact's id, a claim's number, an address: whatever it is about.</param>
internal sealed record NoteBody(string? About, string Text);

internal sealed record NoteAnswer(long Number, string About, string By, string At, string Text)
{
    public static NoteAnswer Of(Note note) => new(note.Number, note.About, note.By, ChinaTime.Write(note.At), note.Text);
}
