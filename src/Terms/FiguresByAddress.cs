using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Yueheng.Terms;

/// <summary>The figures of a judgement in ordinal order of their addresses; found by address in logarithmic time.</summary>
public sealed class FiguresByAddress : IReadOnlyDictionary<string, Figure>
{
    private const int Many = 1 << 16;
    private const int Piece = 1 << 14;
    private readonly string[] _addresses;
    private readonly Figure[] _figures;

    /// <exception cref="CannotJudgeException">Two entries of the contract give one address.</exception>
    internal FiguresByAddress(IReadOnlyList<Figure> figures)
    {
        var keys = new AddressKey[figures.Count];
        // Writing a million addresses is worth a second processor; rows are only read.
        if (keys.Length < Many) for (var i = 0; i < keys.Length; i++) keys[i] = new AddressKey(figures[i].Address, i);
        else Parallel.For(0, keys.Length / Piece + 1, piece =>
        {
            for (var i = piece * Piece; i < Math.Min(keys.Length, (piece + 1) * Piece); i++) keys[i] = new AddressKey(figures[i].Address, i);
        });
        AddressKey.Sort(keys);
        _addresses = new string[keys.Length];
        _figures = new Figure[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            _addresses[i] = keys[i].Address;
            _figures[i] = figures[keys[i].Place];
            if (i > 0 && string.Equals(_addresses[i], _addresses[i - 1], StringComparison.Ordinal))
                throw new CannotJudgeException(Twice(_addresses[i], _figures[i - 1], _figures[i])) { Place = _figures[i].Entry.Syntax.Position };
        }
    }

    // Two entries have two places in the contract; two rows of one entry are told apart by their facts.
    private static string Twice(string address, in Figure one, in Figure other) =>
        !ReferenceEquals(one.Entry.Syntax, other.Entry.Syntax) ? $"地址“{address}”有两个数值：{one.Entry.Syntax.Position} 与 {other.Entry.Syntax.Position}；改一处的地址，或以 when、where 使其只取一个"
        : one.Set != other.Set ? $"地址“{address}”有两个数值：集合“{one.Set}”与“{other.Set}”各有一行；在地址中加 {{term}}"
        : $"地址“{address}”有两个数值，来自集合“{one.Set}”的两行：{RowOf(one)} 与 {RowOf(other)}；在地址中加上能区分各行的列，或先以 group、first 归并";

    private static string RowOf(in Figure figure) => figure.Row is { } row && Tracing.Tracer.FactsOf(row) is { Count: > 0 } facts ? $"事实 {string.Join("、", facts)}" : figure.Text;

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
