using Yueheng.Facts.Reading;

namespace Yueheng.Facts;

/// <summary>
/// Reads facts a line at a time, for those who answer each line by itself: one bad line says nothing about its neighbours, and whether
/// an id was met before is theirs to know. It accepts and refuses the same lines as <see cref="FactReader"/>, in the same words.
/// Not for several threads at once.
/// </summary>
/// <remarks>It keeps every text that it has met as a kind or a subject: take a new one every few thousand lines.</remarks>
/// <example><c>new FactLineReader(contractId, vocabulary, "facts.jsonl").Read(bytes, 1) is { Fact: { } fact }</c></example>
public sealed class FactLineReader(string contract, Vocabulary vocabulary, string fileName)
{
    /// <summary>In bytes, its end not counted; a longer line is refused unread.</summary>
    public const int LongestLine = LineBlocks.LongestLine;

    private readonly LineParser _parser = new(new ReadingPlan(contract, vocabulary), 0, FactReader.MostFaults);

    /// <summary>Reads one line.</summary>
    /// <param name="line">Its bytes, without the line feed.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The fact, or every reason why it is refused; for a blank line neither.</returns>
    /// <exception cref="ArgumentException">It holds a line feed.</exception>
    public FactLine Read(byte[] line, int number)
    {
        if (line.AsSpan().Contains((byte)'\n')) throw new ArgumentException("A line ends where the next begins.", nameof(line));
        var parsed = _parser.Parse(new LineBlock { Number = 0, File = fileName, Buffer = line, Length = line.Length, FirstLine = number });
        var read = new FactLine(parsed.Count > 0 ? parsed.Facts[0] : null, parsed.Faults.Count > 0 ? [.. parsed.Faults] : []);
        _parser.GiveBack(parsed);
        return read;
    }
}

/// <summary>What came of reading one line.</summary>
/// <param name="Fact">Null when there is any fault, or nothing on the line.</param>
/// <param name="Faults">Why it is refused.</param>
public readonly record struct FactLine(Fact? Fact, IReadOnlyList<FactFault> Faults);
