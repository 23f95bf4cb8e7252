using System.Text;

namespace Yueheng.Facts.Tests;

/// <summary>Whatever a file holds, reading it takes bounded memory and ends.</summary>
public class LimitsTests
{
    private const int MiB = 1 << 20;

    /// <summary>A line of exactly so many bytes.</summary>
    private static string LineOf(string id, int bytes)
    {
        var bare = Sample.Line(id, "incident.resolved", """{"note":""}""");
        return Sample.Line(id, "incident.resolved", $$"""{"note":"{{new string('x', bytes - bare.Length)}}"}""");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void A_line_of_one_mebibyte_is_read(string end) =>
        Sample.Read(Encoding.UTF8.GetBytes(LineOf("f1", MiB) + end)).Facts!.All.ShouldHaveSingleItem();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void A_longer_line_is_refused(string end) =>
        Sample.Read(Encoding.UTF8.GetBytes(LineOf("f1", MiB + 1) + end)).Faults.ShouldHaveSingleItem().ToString().ShouldBe("facts.jsonl:1: 这一行超过 1 MiB，不予读取；一行只写一个事实，长文作为证据另附。");

    [Theory]
    [InlineData(MiB + 1)]
    [InlineData(2 * MiB - 1)]
    [InlineData(2 * MiB)]
    [InlineData(2 * MiB + 1)]
    [InlineData(3 * MiB + 2)]
    [InlineData(9 * MiB)]
    public void The_lines_about_a_line_that_is_too_long_are_judged_as_ever(int length)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join("\n", Sample.Line("f1", "payment.made"), LineOf("f2", length), Sample.Line("f3", "payment.made"), LineOf("f4", length), LineOf("f5", length), Sample.Line("f6", "payment.made")));
        Sample.Read(bytes).Faults.Select(fault => (fault.Line, fault.Fact)).ShouldBe([(1, "f1"), (2, null), (3, "f3"), (4, null), (5, null), (6, "f6")]);
    }

    [Fact]
    public void A_longest_line_may_end_where_a_block_does()
    {
        // Blocks are of 2 MiB: the first ends between the carriage return and the line feed of f2.
        var text = LineOf("f1", MiB - 2) + "\n" + LineOf("f2", MiB) + "\r\n" + Sample.Line("f3", "incident.resolved");
        text.IndexOf("\r\n", StringComparison.Ordinal).ShouldBe(2 * MiB - 1);
        Sample.FactsOf(text).All.Select(fact => fact.Id).ShouldBe(["f1", "f2", "f3"]);
    }

    [Fact]
    public void A_line_without_end_is_not_kept()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = FactReader.Read(new EndlessLine(256L * MiB), "long.jsonl", Sample.Contract, Sample.Vocabulary, TestContext.Current.CancellationToken);
        reading.Faults.ShouldHaveSingleItem().Line.ShouldBe(1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(32L * MiB);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Nesting_is_bounded(string open, string close)
    {
        // The fact and its data are two levels.
        string Nested(int levels) => string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels));
        Sample.Read(Sample.Line("f1", "x.unknown", $$"""{"x":{{Nested(62)}}}""")).Faults.ShouldBeEmpty();
        Sample.Read(Sample.Line("f1", "x.unknown", $$"""{"x":{{Nested(63)}}}""")).Faults.ShouldHaveSingleItem().Message.ShouldBe("事实 f1 的嵌套超过 64 层。");
        Sample.Read(Sample.Line("f1", "x.unknown", $$"""{"x":{{Nested(100_000)}}}""")).Faults.ShouldHaveSingleItem().Message.ShouldBe("事实 f1 的嵌套超过 64 层。");
        Sample.Read(new string('[', MiB)).Faults.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_object_may_have_very_many_keys_each_once()
    {
        string Keys(int count) => string.Join(",", Enumerable.Range(0, count).Select(number => $"\"k{number}\":{number}"));
        Sample.Read(Sample.Line("f1", "x.unknown", $$$"""{{{{Keys(50_000)}}},"in":{{{{Keys(20_000)}}}}}""")).Faults.ShouldBeEmpty();
        Sample.Read(Sample.Line("f1", "x.unknown", $$$"""{{{{Keys(50_000)}}},"k31999":1}""")).Faults.ShouldHaveSingleItem().Field.ShouldBe("k31999");
        Sample.Read(Sample.Line("f1", "x.unknown", $$$"""{"in":{{{{Keys(30)}}},"k7":1}}""")).Faults.ShouldHaveSingleItem().Field.ShouldBe("k7");
    }

    [Fact]
    public void A_number_may_have_very_many_digits()
    {
        var nines = new string('9', 900_000);
        Sample.Read(Sample.Line("f1", "x.unknown", $$"""{"x":{{nines}}.{{nines[..100_000]}}}""")).Faults.ShouldBeEmpty();
        Sample.Read(Sample.Line("f1", "payment.made", $$"""{"amount":{{nines}}}""")).Faults.ShouldHaveSingleItem().Message.Length.ShouldBeLessThan(200);
        Sample.Field("payment.made", "amount", $$"""{"amount":1.{{new string('0', 900_000)}}}""").ShouldBe(Value.Of(1m));
    }

    [Fact]
    public void A_line_full_of_faults_tells_a_hundred()
    {
        var keys = string.Join(",", Enumerable.Range(0, 20_000).Select(number => $"\"k{number}\":{number}"));
        Sample.Read($"{{{keys}}}").Faults.Count.ShouldBe(101);
    }

    [Fact]
    public void A_large_file_is_the_same_set_however_its_bytes_arrive()
    {
        // About 7 MiB: several blocks, lines across their edges, two hands.
        var lines = Enumerable.Range(0, 40_000).Select(number => Sample.Line($"f{number:D6}", number % 3 == 0 ? "incident.reported" : "x.unknown",
            $$"""{"severity":"level-{{number % 7}}","note":"{{new string('约', number % 40)}}"}""", at: $"2025-{1 + number % 12:D2}-{1 + number % 28:D2}T09:00:00Z", subject: $"INC-{number % 977}")).ToList();
        var bytes = Encoding.UTF8.GetBytes(string.Join("\n", lines));

        var whole = Sample.Read(bytes).Facts!;
        var dribbled = FactReader.Read(new Dribble(bytes), "facts.jsonl", Sample.Contract, Sample.Vocabulary, TestContext.Current.CancellationToken).Facts!;

        whole.All.Length.ShouldBe(lines.Count);
        Describe(dribbled).ShouldBe(Describe(whole));
        whole.All.Count(fact => fact.Id == $"f{fact.Line - 1:D6}").ShouldBe(lines.Count);
        foreach (var fact in whole.All.Take(500)) whole.ById(fact.Id).ShouldBeSameAs(fact);
        Enumerable.Range(0, whole.SubjectCount).Sum(subject => whole.OfSubject(subject).Length).ShouldBe(lines.Count);
    }

    private static string Describe(FactSet facts) => string.Join("\n", facts.All.Select(fact => $"{fact} {fact.Line} {fact.SubjectIndex} {string.Join("|", fact.Fields)}"));

    [Fact]
    public void Several_files_are_one_set()
    {
        FactFile File(string name, params string[] lines) => new(name, new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))));
        FactReader.Read([File("a.jsonl", "\uFEFF" + Sample.Line("f1", "incident.reported")), File("b.jsonl"), File("c.jsonl", Sample.Line("f1", "incident.reported"), Sample.Line("f2", "incident.resolved"))], Sample.Contract, Sample.Vocabulary)
            .Facts!.All.Select(fact => (fact.Id, fact.Line)).ShouldBe([("f1", 1), ("f2", 2)]);
        FactReader.Read([File("a.jsonl", "", Sample.Line("f1", "incident.reported")), File("b.jsonl", Sample.Line("f1", "incident.resolved"), "x")], Sample.Contract, Sample.Vocabulary)
            .Faults.Select(fault => fault.ToString()).ShouldBe(["b.jsonl:1: 第 1 行与文件 a.jsonl 第 2 行的编号都是 f1，内容却不同；另一件事用另一个编号，更正用 fact.retracted 撤回再记。", "b.jsonl:2: 不是合法的 JSON，第 1 个字节处有误：文字须写在英文双引号之内；数只写数字和小数点，是否写 true、false。"]);
    }

    [Fact]
    public void Reading_tells_how_far_it_is_and_stops_when_told()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(number => Sample.Line($"f{number}", "incident.resolved") + "\n")));
        var progress = new Progress();
        FactReader.Read(new MemoryStream(bytes), "facts.jsonl", Sample.Contract, Sample.Vocabulary, default, progress).Facts.ShouldNotBeNull();
        progress.Told.ShouldBe(progress.Told.Order());
        progress.Told[^1].ShouldBe(bytes.Length);

        using var cancelled = new CancellationTokenSource();
        progress.Then = cancelled.Cancel;
        Should.Throw<OperationCanceledException>(() => FactReader.Read(new MemoryStream(bytes), "facts.jsonl", Sample.Contract, Sample.Vocabulary, cancelled.Token, progress));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5 * MiB)]
    public void A_broken_stream_is_no_fault_of_the_file(int good)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(number => Sample.Line($"f{number}", "incident.resolved") + "\n")));
        Should.Throw<IOException>(() => FactReader.Read(new Dribble(bytes) { BreaksAt = good }, "facts.jsonl", Sample.Contract, Sample.Vocabulary)).Message.ShouldBe("the wire broke");
    }

    private sealed class Progress : IProgress<long>
    {
        public List<long> Told { get; } = [];
        public Action Then { get; set; } = () => { };

        public void Report(long value)
        {
            Told.Add(value);
            Then();
        }
    }

    /// <summary>Gives its bytes in pieces of uneven size, as a pipe does.</summary>
    private sealed class Dribble(byte[] bytes) : OneWay
    {
        private int _piece;
        public int BreaksAt { get; init; } = int.MaxValue;

        public override int Read(Span<byte> buffer)
        {
            if (Given >= BreaksAt) throw new IOException("the wire broke");
            _piece = (_piece * 7 + 1) % 50_021;
            var piece = bytes.AsSpan((int)Given);
            piece = piece[..Math.Min(piece.Length, Math.Min(buffer.Length, 1 + _piece))];
            piece.CopyTo(buffer);
            Given += piece.Length;
            return piece.Length;
        }
    }

    private sealed class EndlessLine(long length) : OneWay
    {
        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - Given);
            buffer[..count].Fill((byte)'x');
            Given += count;
            return count;
        }
    }

    private abstract class OneWay : Stream
    {
        protected long Given { get; set; }
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
