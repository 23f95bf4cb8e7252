using Yueheng.Facts.Reading;

namespace Yueheng.Facts;

/// <summary>
/// Reads facts from JSON lines, one fact a line. UTF-8 (a byte order mark is accepted), lines of at most 1 MiB, blank lines skipped.
/// Only the envelope and the fields that the contract reads are judged; everything else has only to be well-formed JSON without a key twice.
/// </summary>
/// <example><c>FactReader.Read(stream, "facts.jsonl", contractId, vocabulary) is { Facts: { } facts }</c></example>
public static class FactReader
{
    /// <summary>After so many faults no more are collected.</summary>
    public const int MostFaults = 100;

    /// <summary>Reads one file to its end.</summary>
    /// <param name="stream">The bytes, from the current position; stays open.</param>
    /// <param name="fileName">As it shall appear in messages.</param>
    /// <param name="contract">The id of the contract; a fact of another one is refused.</param>
    /// <param name="vocabulary">What the contract reads.</param>
    /// <param name="cancellation">Asked at every block of about 2 MiB.</param>
    /// <param name="bytes">Told how many bytes have been read, at every block; by one thread at a time.</param>
    /// <returns>The facts, or every reason why they are refused; never both.</returns>
    /// <exception cref="IOException">Whatever the stream throws.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static FactReading Read(Stream stream, string fileName, string contract, Vocabulary vocabulary, CancellationToken cancellation = default, IProgress<long>? bytes = null) =>
        Read([new FactFile(fileName, stream)], contract, vocabulary, cancellation, bytes);

    /// <summary>Reads several files as one set of facts.</summary>
    /// <inheritdoc cref="Read(Stream, string, string, Vocabulary, CancellationToken, IProgress{long}?)"/>
    public static FactReading Read(IReadOnlyList<FactFile> files, string contract, Vocabulary vocabulary, CancellationToken cancellation = default, IProgress<long>? bytes = null)
    {
        var plan = new ReadingPlan(contract, vocabulary);
        var blocks = new LineBlocks(files, bytes, cancellation);
        var gathering = new FactGathering(plan, MostFaults);

        // The second hand starts once there is more than a block can hold, on a thread of its own, so that a busy pool cannot hold reading up.
        var block = blocks.Next();
        var second = block is { Length: >= LineBlocks.BlockSize / 2 }
            ? Task.Factory.StartNew(() => ReadBlocks(1, blocks.Next()), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.CompletedTask;
        try
        {
            ReadBlocks(0, block);
        }
        finally
        {
            Task.WaitAny(second);
        }
        second.GetAwaiter().GetResult();
        return gathering.Finish();

        void ReadBlocks(int hand, LineBlock? next)
        {
            try
            {
                var parser = new LineParser(plan, hand, MostFaults + 1);
                for (; next is not null; next = blocks.Next())
                {
                    var parsed = parser.Parse(next);
                    if (!gathering.Accept(parser, parsed)) blocks.Stop();
                }
            }
            catch
            {
                blocks.Stop();
                throw;
            }
        }
    }
}
