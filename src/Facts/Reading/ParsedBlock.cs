namespace Yueheng.Facts.Reading;

/// <summary>The facts and faults of one block. Handed back for another block once its facts are gathered.</summary>
internal sealed class ParsedBlock
{
    private LineBlock? _lines;

    public int Number { get; private set; }
    public string File { get; private set; } = "";
    /// <summary>The subjects that <see cref="Fact.SubjectIndex"/> counts until the facts are gathered.</summary>
    public required TextTable Subjects { get; init; }
    public required int Hand { get; init; }
    /// <summary>How many subjects that table held when the block was read; the hand may have read on since.</summary>
    public int SubjectCount { get; set; }
    public int Count { get; private set; }
    public Fact[] Facts { get; private set; } = new Fact[1024];
    /// <summary>By fact: the print of its id, and of its data by value.</summary>
    public ulong[] Ids { get; private set; } = new ulong[1024];
    public Fingerprint[] Data { get; private set; } = new Fingerprint[1024];
    public List<FactFault> Faults { get; } = [];

    public void Begin(LineBlock block)
    {
        Number = block.Number;
        File = block.File;
        _lines = block;
        Array.Clear(Facts, 0, Count);
        Count = 0;
        Faults.Clear();
    }

    /// <summary>One of the lines that the block was read from, for a message; null when its bytes are gone.</summary>
    public LineExcerpt? ExcerptOf(int line)
    {
        if (_lines is not { } block) return null;
        var bytes = block.Bytes;
        for (var skip = line - block.FirstLine; skip > 0; skip--) bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        var end = bytes.IndexOf((byte)'\n');
        return LineExcerpt.Of(end < 0 ? bytes : bytes[..end], 0);
    }

    /// <summary>Lets go of the bytes that the block was read from.</summary>
    public byte[]? LetGo()
    {
        var buffer = _lines?.Buffer;
        _lines = null;
        return buffer;
    }

    public void Add(Fact fact, ulong id, Fingerprint data)
    {
        if (Count == Facts.Length)
        {
            var (facts, ids, prints) = (Facts, Ids, Data);
            Array.Resize(ref facts, Count * 2);
            Array.Resize(ref ids, Count * 2);
            Array.Resize(ref prints, Count * 2);
            (Facts, Ids, Data) = (facts, ids, prints);
        }
        Facts[Count] = fact;
        Ids[Count] = id;
        Data[Count] = data;
        Count++;
    }
}
