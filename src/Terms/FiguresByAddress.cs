using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Yueheng.Terms;

/// <summary>The figures of a judgement in ordinal order of their addresses; found by address in logarithmic time.</summary>
public sealed class FiguresByAddress : IReadOnlyDictionary<string, Figure>
{
    private readonly string[] _addresses;
    private readonly Figure[] _figures;

    /// <exception cref="InvalidOperationException">Two entries of the contract give one address.</exception>
    internal FiguresByAddress(IReadOnlyList<Figure> figures)
    {
        _addresses = new string[figures.Count];
        var places = new int[figures.Count];
        for (var i = 0; i < places.Length; i++)
        {
            _addresses[i] = figures[i].Address;
            places[i] = i;
        }
        OrdinalSort.Sort(_addresses, places);
        _figures = new Figure[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            _figures[i] = figures[places[i]];
            if (i > 0 && string.Equals(_addresses[i], _addresses[i - 1], StringComparison.Ordinal))
                throw new InvalidOperationException($"地址“{_addresses[i]}”有两个数值：{_figures[i - 1].Entry.Syntax.Position} 与 {_figures[i].Entry.Syntax.Position}");
        }
    }

    public int Count => _figures.Length;
    public IEnumerable<string> Keys => _addresses;
    public IEnumerable<Figure> Values => _figures;
    public Figure this[string address] => TryGetValue(address, out var figure) ? figure : throw new KeyNotFoundException(address);
    public bool ContainsKey(string address) => Find(address) >= 0;

    public bool TryGetValue(string address, [MaybeNullWhen(false)] out Figure figure)
    {
        var place = Find(address);
        figure = place < 0 ? default : _figures[place];
        return place >= 0;
    }

    private int Find(string address) => Array.BinarySearch(_addresses, address, StringComparer.Ordinal);

    public IEnumerator<KeyValuePair<string, Figure>> GetEnumerator()
    {
        for (var i = 0; i < _figures.Length; i++) yield return KeyValuePair.Create(_addresses[i], _figures[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>
/// Three-way radix quicksort of texts by ordinal: addresses share long beginnings, which this looks at once a level
/// and a comparing sort at every comparison.
/// </summary>
internal static class OrdinalSort
{
    private const int Few = 16;

    public static void Sort(string[] keys, int[] items) => Sort(keys, items, 0, keys.Length, 0);

    private static void Sort(string[] keys, int[] items, int from, int to, int depth)
    {
        while (to - from > Few)
        {
            var pivot = Median(At(keys[from], depth), At(keys[(from + to) >> 1], depth), At(keys[to - 1], depth));
            int low = from, high = to - 1, i = from;
            while (i <= high)
            {
                var c = At(keys[i], depth);
                if (c < pivot) Swap(keys, items, low++, i++);
                else if (c > pivot) Swap(keys, items, i, high--);
                else i++;
            }
            Sort(keys, items, from, low, depth);
            Sort(keys, items, high + 1, to, depth);
            if (pivot < 0) return;
            (from, to, depth) = (low, high + 1, depth + 1);
        }
        for (var i = from + 1; i < to; i++)
            for (var j = i; j > from && string.CompareOrdinal(keys[j - 1], keys[j]) > 0; j--) Swap(keys, items, j, j - 1);
    }

    private static int At(string key, int depth) => depth < key.Length ? key[depth] : -1;

    private static int Median(int a, int b, int c) => a < b ? (b < c ? b : Math.Max(a, c)) : (a < c ? a : Math.Max(b, c));

    private static void Swap(string[] keys, int[] items, int i, int j)
    {
        (keys[i], keys[j]) = (keys[j], keys[i]);
        (items[i], items[j]) = (items[j], items[i]);
    }
}
