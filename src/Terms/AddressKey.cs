namespace Yueheng.Terms;

/// <summary>
/// An address on its way into ordinal order. Addresses share long beginnings, so they are sorted by three-way radix quicksort,
/// four characters at a time held beside the text: a comparing sort would walk the shared beginning at every comparison.
/// </summary>
internal struct AddressKey(string address, int place)
{
    private const int Few = 16;
    private const int Many = 1 << 16;

    public readonly string Address = address;
    public readonly int Place = place;
    private ulong _four;

    public static void Sort(AddressKey[] keys)
    {
        Load(keys, 0);
        Sort(keys.AsMemory(), 0);
    }

    private static void Load(Span<AddressKey> keys, int depth)
    {
        foreach (ref var key in keys) key._four = FourAt(key.Address, depth);
    }

    // Past the end stands 0, which sorts a text before those that go on.
    private static ulong FourAt(string text, int depth)
    {
        var four = 0UL;
        for (var i = depth; i < depth + 4; i++) four = (four << 16) | (i < text.Length ? text[i] : 0UL);
        return four;
    }

    private static void Sort(Memory<AddressKey> memory, int depth)
    {
        while (memory.Length > Few)
        {
            var keys = memory.Span;
            var pivot = Median(keys[0]._four, keys[keys.Length / 2]._four, keys[^1]._four);
            int low = 0, high = keys.Length - 1, i = 0;
            while (i <= high)
                if (keys[i]._four < pivot) (keys[low], keys[i]) = (keys[i++], keys[low++]);
                else if (keys[i]._four > pivot) (keys[high], keys[i]) = (keys[i], keys[high--]);
                else i++;
            Memory<AddressKey> less = memory[..low], more = memory[(high + 1)..];
            memory = memory[low..(high + 1)];
            if (less.Length > Many && more.Length > Many) Parallel.Invoke(() => Sort(less, depth), () => Sort(more, depth));
            else
            {
                Sort(less, depth);
                Sort(more, depth);
            }
            if ((pivot & 0xFFFF) == 0) return;
            depth += 4;
            Load(memory.Span, depth);
        }
        var few = memory.Span;
        for (var i = 1; i < few.Length; i++)
            for (var j = i; j > 0 && string.CompareOrdinal(few[j - 1].Address, few[j].Address) > 0; j--) (few[j - 1], few[j]) = (few[j], few[j - 1]);
    }

    private static ulong Median(ulong a, ulong b, ulong c) => a < b ? (b < c ? b : Math.Max(a, c)) : a < c ? a : Math.Max(b, c);
}
