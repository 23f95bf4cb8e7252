using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Statements.Shelves;
using Yueheng.Terms;

namespace Yueheng.Statements.Judging;

/// <summary>A link of a contract's chain: its number, its hash, when it was recorded. Number 0: nothing is recorded yet.</summary>
public sealed record LedgerPoint(long Seq, string Hash, long RecordedAt)
{
    public static LedgerPoint Nothing { get; } = new(0, new string('0', 64), 0);
}

/// <summary>
/// A contract judged at an instant on the facts up to a link of its chain. Kept and shared: everything that it is asked is answered one
/// after the other, since a judgement computes on being asked.
/// </summary>
public sealed class Judged
{
    private readonly Lock _turn = new();
    private readonly Judgement _judgement;
    private Statement? _document;
    private Dictionary<string, Entry>? _entries;
    private Obligations? _obligations;
    private Light? _light;
    private byte[]? _all;
    private byte[]? _withoutMoney;

    internal Judged(PackVersion version, Pack pack, FactSet facts, LedgerPoint head, Judgement judgement) =>
        (Version, Pack, Facts, Head, _judgement, Figures) = (version, pack, facts, head, judgement, judgement.ByAddress());

    /// <summary>The version of the text that was in force.</summary>
    public PackVersion Version { get; }

    public Pack Pack { get; }

    /// <summary>The facts up to <see cref="Head"/>; a fact's line is its number in the ledger.</summary>
    public FactSet Facts { get; }

    public LedgerPoint Head { get; }

    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long AsOf => _judgement.AsOf;

    public string Contract => Pack.Id;

    public FiguresByAddress Figures { get; }

    /// <summary>How much it is to keep, in facts and figures.</summary>
    internal int Weight => Facts.All.Length + Figures.Count;

    /// <summary>Asks the judgement something that it may have to compute.</summary>
    public T Ask<T>(Func<Judgement, T> question)
    {
        lock (_turn) return question(_judgement);
    }

    /// <summary>The judgement arranged as a statement: names, cards, settlement, duties, five sentences. Its traces are to be asked for under <see cref="Ask{T}"/>.</summary>
    public Statement Document => Ask(judgement => _document ??= StatementBuilder.Build(new StatementSource(Pack, judgement, Facts, [], [], [], [])));

    /// <summary>The figures as the statement names them, by address.</summary>
    public IReadOnlyDictionary<string, Entry> Entries => Ask(_ => _entries ??= Document.All.ToDictionary(entry => entry.Address, StringComparer.Ordinal));

    /// <summary>Duties and clocks, each with its address.</summary>
    public Obligations Obligations => Ask(judgement => _obligations ??= Obligations.Of(judgement, Figures));

    /// <summary>Whether somebody has to look at it.</summary>
    public Light Light => Ask(_ => _light ??= Light.Of(this));

    /// <summary>What the figure at an address is called; the address itself when there is none.</summary>
    public string LabelOf(string address) => Entries.TryGetValue(address, out var entry) ? entry.Name : address;

    /// <summary>What <c>yueheng assess --json</c> prints, in UTF-8 and without white space.</summary>
    /// <param name="withMoney">False: figures of money are left out.</param>
    public ReadOnlyMemory<byte> Assessment(bool withMoney)
    {
        lock (_turn) return withMoney ? _all ??= Write(true) : _withoutMoney ??= Write(false);
    }

    internal static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private byte[] Write(bool withMoney)
    {
        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        using (var writer = new Utf8JsonWriter(bytes, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("contract", Contract);
            writer.WriteString("asOf", ChinaTime.Write(AsOf));
            writer.WriteStartObject("figures");
            foreach (var (address, figure) in Figures)
                if (withMoney || !figure.IsMoney) writer.WriteString(address, figure.Text);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
