using Yueheng.Contracts.Packs;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>All that is to be said of one contract folder: why it cannot be judged, or what was found in it.</summary>
/// <param name="Contract">The contract's id, or what was asked for when it could not be read.</param>
public sealed record Report(string Contract, IReadOnlyList<Refusal> Refusals, IReadOnlyList<Note> Notes, IReadOnlyList<Finding> Findings)
{
    public static Report Of(Pack pack) =>
        new(pack.Id, [], [.. VocabularyNotes.Of(pack.Contract.Syntax)], [.. PackLint.Of(pack.Contract.Syntax), .. PaperLint.Of(pack.Contract)]);

    public static Report OfRefused(string contract, IReadOnlyList<Refusal> refusals) => new(contract, refusals, [], []);

    /// <summary>The notes on the vocabulary as findings, for forms that know only findings.</summary>
    public IEnumerable<Finding> All() =>
        Notes.Select(note => new Finding(About.Pack, "vocabulary", Grade.Low, note.Position.ToString(), [], note.Message, note.Position)).Concat(Findings);
}
