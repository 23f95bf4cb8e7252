namespace Yueheng.Statements.Judging;

/// <summary>What was computed and is worth keeping, up to a total weight; what was not asked for longest goes first.</summary>
internal sealed class Kept<TKey, TValue>(long room, Func<TValue, int> weight) where TKey : notnull where TValue : class
{
    private readonly Lock _turn = new();
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _byKey = [];
    private long _weight;

    public TValue? Find(TKey key)
    {
        lock (_turn)
        {
            if (!_byKey.TryGetValue(key, out var node)) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Value;
        }
    }

    /// <summary>The newest stays, however heavy.</summary>
    public void Keep(TKey key, TValue value)
    {
        lock (_turn)
        {
            if (_byKey.Remove(key, out var old)) Drop(old);
            _byKey[key] = _byUse.AddFirst((key, value));
            _weight += weight(value);
            while (_weight > room && _byUse.Count > 1)
            {
                var last = _byUse.Last!;
                _byKey.Remove(last.Value.Key);
                Drop(last);
            }
        }
    }

    private void Drop(LinkedListNode<(TKey Key, TValue Value)> node)
    {
        _byUse.Remove(node);
        _weight -= weight(node.Value.Value);
    }
}
