using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>The values of the grouping columns of a row.</summary>
internal readonly struct GroupKey : IEquatable<GroupKey>
{
    private readonly Value _first;
    private readonly Value[]? _rest;

    public GroupKey(Row row, int[] by)
    {
        _first = by.Length > 0 ? row.Get(by[0]) : Value.Missing;
        if (by.Length <= 1) return;
        _rest = new Value[by.Length - 1];
        for (var i = 1; i < by.Length; i++) _rest[i - 1] = row.Get(by[i]);
    }

    public bool Equals(GroupKey other) => _first.Equals(other._first) && _rest.AsSpan().SequenceEqual(other._rest);
    public override bool Equals(object? other) => other is GroupKey key && Equals(key);

    public override int GetHashCode()
    {
        var hash = _first.GetHashCode();
        if (_rest is not null) foreach (var value in _rest) hash = HashCode.Combine(hash, value);
        return hash;
    }
}

/// <summary>The first or last row of each group, groups in order of appearance.</summary>
internal sealed class PickedSet(SetNode input, int[] by, bool last) : SetNode(input.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var before = input.Rows(moment);
        if (by.Length == 0) return before.Length == 0 ? before : [last ? before[^1] : before[0]];
        if (by.Length == 1 && before.Length > 0 && Row.BearerOfSubject(before[0], by[0]) is not null && PickBySubject(before, moment) is { } picked) return picked;
        var places = new Dictionary<GroupKey, int>(before.Length);
        var rows = new List<Row>(before.Length);
        foreach (var row in before)
        {
            var key = new GroupKey(row, by);
            if (places.TryAdd(key, rows.Count)) rows.Add(row);
            else if (last) rows[places[key]] = row;
        }
        return [.. rows];
    }

    // One row a subject is the commonest grouping, and facts know their subject by number.
    private Row[]? PickBySubject(Row[] before, Moment moment)
    {
        var places = new int[moment.Session.Facts.SubjectCount];
        var rows = new List<Row>(before.Length);
        foreach (var row in before)
        {
            if (Row.BearerOfSubject(row, by[0]) is not { } fact) return null;
            ref var place = ref places[fact.SubjectIndex];
            if (place == 0)
            {
                rows.Add(row);
                place = rows.Count;
            }
            else if (last) rows[place - 1] = row;
        }
        return [.. rows];
    }
}
