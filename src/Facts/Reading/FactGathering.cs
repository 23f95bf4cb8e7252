using System.Buffers;

namespace Yueheng.Facts.Reading;

/// <summary>
/// Puts the blocks that several hands have read together again in the order of the input, one whole set: the first line of an id
/// counts, the same content again is the same fact, other content is a fault.
/// </summary>
internal sealed class FactGathering(ReadingPlan plan, int mostFaults)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<int, (LineParser Parser, ParsedBlock Block)> _early = [];
    private readonly List<FactFault> _faults = [];
    private readonly List<(int FirstFact, string Name)> _files = [];
    private readonly TextTable _ids = new(4096);
    private readonly TextTable _subjects = new(1024);
    private readonly List<int[]> _subjectsOfHands = [];
    private Fact[] _facts = new Fact[4096];
    private Fingerprint[] _data = new Fingerprint[4096];
    private int _next;

    /// <summary>Takes a block in, or keeps it until those before it have come.</summary>
    /// <returns>False when there are more faults than anyone is told of.</returns>
    public bool Accept(LineParser parser, ParsedBlock block)
    {
        lock (_turn)
        {
            _early.Add(block.Number, (parser, block));
            while (_early.Remove(_next, out var ready))
            {
                if (_faults.Count <= mostFaults) Take(ready.Block);
                if (ready.Block.LetGo() is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
                ready.Parser.GiveBack(ready.Block);
                _next++;
            }
            return _faults.Count <= mostFaults;
        }
    }

    private void Take(ParsedBlock block)
    {
        if (_files.Count == 0 || _files[^1].Name != block.File) _files.Add((_ids.Count, block.File));
        _faults.AddRange(block.Faults);
        var subjects = SubjectsOf(block);
        for (var at = 0; at < block.Count; at++)
        {
            var fact = block.Facts[at];
            var number = _ids.FindOrAdd(fact.Id, block.Ids[at], out var isNew);
            if (!isNew)
            {
                Compare(number, fact, block.Data[at], block);
                continue;
            }
            if (number == _facts.Length)
            {
                Array.Resize(ref _facts, number * 2);
                Array.Resize(ref _data, number * 2);
            }
            ref var subject = ref subjects[fact.SubjectIndex];
            if (subject == 0) subject = _subjects.FindOrAdd(fact.Subject, block.Subjects.PrintOf(fact.SubjectIndex), out _) + 1;
            fact.SubjectIndex = subject - 1;
            _facts[number] = fact;
            _data[number] = block.Data[at];
        }
    }

    // The number + 1 that each subject of a hand's own table has here; 0: not met yet.
    private int[] SubjectsOf(ParsedBlock block)
    {
        while (_subjectsOfHands.Count <= block.Hand) _subjectsOfHands.Add([]);
        var subjects = _subjectsOfHands[block.Hand];
        if (subjects.Length >= block.SubjectCount) return subjects;
        Array.Resize(ref subjects, block.SubjectCount * 2);
        return _subjectsOfHands[block.Hand] = subjects;
    }

    private void Compare(int number, Fact fact, Fingerprint data, ParsedBlock block)
    {
        var first = _facts[number];
        if (first.At == fact.At && first.KindName == fact.KindName && first.Subject == fact.Subject && _data[number] == data) return;
        var firstFile = _files.FindLast(known => known.FirstFact <= number).Name;
        _faults.Add(new FactFault(block.File, fact.Line, fact.Id, null, Refusals.OtherContent(fact.Id, fact.Line, firstFile == block.File ? "" : $"文件 {firstFile} ", first.Line)) { Excerpt = block.ExcerptOf(fact.Line) });
    }

    public FactReading Finish()
    {
        if (_faults.Count == 0) return new(new FactSet(plan.Vocabulary, _facts.AsSpan(0, _ids.Count), _ids, _subjects), []);

        // Within a file the faults of a block come before its conflicts; told in the order of the lines.
        var faults = _files.Select(file => file.Name).Distinct()
            .SelectMany(file => _faults.Where(fault => fault.File == file).OrderBy(fault => fault.Line)).ToList();
        if (faults.Count > mostFaults)
        {
            faults.RemoveRange(mostFaults, faults.Count - mostFaults);
            faults.Add(new FactFault(faults[^1].File, faults[^1].Line, null, null, Refusals.TooMany(mostFaults)));
        }
        return new(null, faults);
    }
}
