using Yueheng.Facts.Reading;

namespace Yueheng.Facts;

/// <summary>
/// The facts of one contract, in the order in which they are judged: by instant, then by id (ordinal). Immutable once built,
/// and the same whatever the order in which its facts arrived.
/// </summary>
public sealed class FactSet
{
    private readonly TextTable _ids;            // numbered by arrival
    private readonly int[] _orderOfId;
    private readonly TextTable _subjects;       // numbered by arrival
    private readonly int[] _indexOfSubject;
    private readonly Fact[] _byKind;
    private readonly int[] _kindStarts;         // facts of kind k: _byKind[_kindStarts[k].._kindStarts[k + 1]]
    private readonly Fact[] _bySubject;
    private readonly int[] _subjectStarts;
    private readonly Fact[] _retractions;

    /// <param name="vocabulary">What the contract reads.</param>
    /// <param name="arrived">Facts with distinct ids; they become this set's own.</param>
    /// <param name="ids">Their ids, numbered as they arrived.</param>
    /// <param name="subjects">Their subjects, by <see cref="Fact.SubjectIndex"/>.</param>
    internal FactSet(Vocabulary vocabulary, ReadOnlySpan<Fact> arrived, TextTable ids, TextTable subjects)
    {
        Vocabulary = vocabulary;
        All = arrived.ToArray();
        _ids = ids;
        _subjects = subjects;
        for (var number = 0; number < All.Length; number++) All[number].Order = number;
        Sort(All);

        _orderOfId = new int[All.Length];
        _indexOfSubject = new int[subjects.Count];
        Arrange(0);
        (_byKind, _kindStarts) = ByKind();
        (_bySubject, _subjectStarts) = BySubject();
        _retractions = OfKind(vocabulary.IndexOfKind(Vocabulary.Retraction)).ToArray();
    }

    /// <param name="before">Keeps its facts, and shares them with this set: their places are the same in both.</param>
    /// <param name="after">Facts of this set's own that come after all of those, arrived in this order.</param>
    private FactSet(FactSet before, Fact[] after, TextTable ids, TextTable subjects)
    {
        Vocabulary = before.Vocabulary;
        _ids = ids;
        _subjects = subjects;
        for (var number = 0; number < after.Length; number++) after[number].Order = before.All.Length + number;
        Sort(after);
        All = [.. before.All, .. after];

        _orderOfId = new int[All.Length];
        before._orderOfId.CopyTo(_orderOfId, 0);
        _indexOfSubject = new int[subjects.Count];
        before._indexOfSubject.CopyTo(_indexOfSubject, 0);
        SubjectCount = before.SubjectCount;
        Arrange(before.All.Length);
        (_byKind, _kindStarts) = ByKind();
        (_bySubject, _subjectStarts) = BySubject();
        _retractions = OfKind(Vocabulary.IndexOfKind(Vocabulary.Retraction)).ToArray();
    }

    // Gives the facts their places: until then their order is that of arrival, and their subject's number that of the table.
    private void Arrange(int from)
    {
        for (var order = from; order < All.Length; order++)
        {
            var fact = All[order];
            _orderOfId[fact.Order] = order;
            fact.Order = order;
            ref var index = ref _indexOfSubject[fact.SubjectIndex];
            if (index == 0) index = ++SubjectCount;
            fact.SubjectIndex = index - 1;
        }
    }

    private (Fact[], int[]) ByKind()
    {
        var starts = new int[Vocabulary.KindCount + 1];
        foreach (var fact in All)
            if (fact.Kind >= 0) starts[fact.Kind + 1]++;
        for (var kind = 0; kind < Vocabulary.KindCount; kind++) starts[kind + 1] += starts[kind];
        var facts = new Fact[starts[^1]];
        var next = starts.AsSpan().ToArray();
        foreach (var fact in All)
            if (fact.Kind >= 0) facts[next[fact.Kind]++] = fact;
        return (facts, starts);
    }

    private (Fact[], int[]) BySubject()
    {
        var starts = new int[SubjectCount + 1];
        foreach (var fact in All) starts[fact.SubjectIndex + 1]++;
        for (var subject = 0; subject < SubjectCount; subject++) starts[subject + 1] += starts[subject];
        var facts = new Fact[All.Length];
        var next = starts.AsSpan().ToArray();
        foreach (var fact in All) facts[next[fact.SubjectIndex]++] = fact;
        return (facts, starts);
    }

    // Most files come sorted. Otherwise by instant first, since ids are compared only where instants are the same.
    private static void Sort(Fact[] facts)
    {
        var at = 1;
        while (at < facts.Length && Compare(facts[at - 1], facts[at]) < 0) at++;
        if (at >= facts.Length) return;

        var instants = new long[facts.Length];
        for (var i = 0; i < facts.Length; i++) instants[i] = facts[i].At;
        Array.Sort(instants, facts);
        for (int from = 0, to; from < facts.Length; from = to)
        {
            for (to = from + 1; to < facts.Length && instants[to] == instants[from];) to++;
            if (to - from > 1) facts.AsSpan(from, to - from).Sort(Compare);
        }
    }

    private static int Compare(Fact left, Fact right) => left.At != right.At ? left.At.CompareTo(right.At) : string.CompareOrdinal(left.Id, right.Id);

    /// <summary>
    /// These facts and some that came later, as a set of its own; this one stays as it is. Cheaper than reading all of them again: a hundred
    /// thousand facts and one more take some hundredths of a second.
    /// </summary>
    /// <param name="later">Read with the same vocabulary, by whatever reader.</param>
    /// <exception cref="ArgumentException">An id is taken.</exception>
    public FactSet With(IReadOnlyCollection<Fact> later)
    {
        var (ids, subjects) = (new TextTable(_ids), new TextTable(_subjects));
        var more = new Fact[later.Count];
        var number = 0;
        foreach (var fact in later)
        {
            ids.FindOrAdd(fact.Id, out var isNew);
            if (!isNew) throw new ArgumentException($"The id {fact.Id} is taken.", nameof(later));
            more[number++] = Copy(fact, subjects.FindOrAdd(fact.Subject, out _));
        }
        if (All.Length == 0 || more.All(fact => Compare(All[^1], fact) < 0)) return new FactSet(this, more, ids, subjects);

        // Facts carry their place in a set, and those behind a new one move on: this set's stay, the other's are copies, as they arrived.
        var numbers = new int[SubjectCount];
        for (var at = 0; at < _indexOfSubject.Length; at++)
            if (_indexOfSubject[at] > 0) numbers[_indexOfSubject[at] - 1] = at;
        var arrived = new Fact[All.Length + more.Length];
        for (var at = 0; at < _orderOfId.Length; at++) arrived[at] = Copy(All[_orderOfId[at]], numbers[All[_orderOfId[at]].SubjectIndex]);
        more.CopyTo(arrived, All.Length);
        return new FactSet(Vocabulary, arrived, ids, subjects);

        static Fact Copy(Fact fact, int subject) => new(fact.Id, fact.Kind, fact.KindName, fact.Subject, subject, fact.At, fact.Fields, fact.Line);
    }

    public static FactSet Empty(Vocabulary vocabulary) => new(vocabulary, [], new TextTable(), new TextTable());

    public Vocabulary Vocabulary { get; }

    /// <summary>All facts in order, those of undeclared kinds and the retractions included. Read it, never write it.</summary>
    public Fact[] All { get; }

    /// <summary>Subjects are 0 … <see cref="SubjectCount"/> − 1, in order of first appearance.</summary>
    public int SubjectCount { get; private set; }

    /// <summary>The facts of a declared kind, in order; none for kind −1.</summary>
    public ReadOnlySpan<Fact> OfKind(int kind) =>
        kind < 0 ? [] : _byKind.AsSpan(_kindStarts[kind], _kindStarts[kind + 1] - _kindStarts[kind]);

    /// <summary>The facts of a subject, in order; none for −1.</summary>
    public ReadOnlySpan<Fact> OfSubject(int subjectIndex) =>
        subjectIndex < 0 ? [] : _bySubject.AsSpan(_subjectStarts[subjectIndex], _subjectStarts[subjectIndex + 1] - _subjectStarts[subjectIndex]);

    /// <summary>The number of a subject; −1 when no fact has it.</summary>
    public int SubjectIndexOf(string subject) => _subjects.Find(subject) is >= 0 and var number ? _indexOfSubject[number] - 1 : -1;

    public Fact? ById(string id) => _ids.Find(id) is >= 0 and var number ? All[_orderOfId[number]] : null;

    /// <summary>How many facts have happened by an instant, that instant included; they are the first so many of <see cref="All"/>.</summary>
    public int CountUpTo(long instant)
    {
        int low = 0, high = All.Length;
        while (low < high)
        {
            var middle = low + ((high - low) >> 1);
            if (All[middle].At <= instant) low = middle + 1; else high = middle;
        }
        return low;
    }

    /// <summary>The facts of kind <c>fact.retracted</c>, in order. They are recorded here and applied by the judge.</summary>
    public IReadOnlyList<Fact> Retractions => _retractions;
}
