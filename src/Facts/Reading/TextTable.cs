using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Yueheng.Facts.Reading;

/// <summary>Distinct texts, numbered from 0 in order of arrival and found by their UTF-8 bytes, so that a repeated text costs no string.</summary>
internal sealed class TextTable
{
    // A slot is the upper half of the text's fingerprint and its number + 1, so that nearly all misses are seen without touching the text.
    private ulong[] _slots;
    private string[] _texts;
    private ulong[] _prints;

    public TextTable(int capacity = 64)
    {
        _slots = new ulong[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2))];
        _texts = new string[Math.Max(8, capacity)];
        _prints = new ulong[_texts.Length];
    }

    /// <summary>A table with the same texts under the same numbers, to which others may be added.</summary>
    public TextTable(TextTable other)
    {
        _slots = (ulong[])other._slots.Clone();
        _texts = (string[])other._texts.Clone();
        _prints = (ulong[])other._prints.Clone();
        Count = other.Count;
    }

    public int Count { get; private set; }

    public string this[int number] => _texts[number];

    public ulong PrintOf(int number) => _prints[number];

    public int FindOrAdd(ReadOnlySpan<byte> utf8) => FindOrAdd(utf8, Fingerprint.OfText(utf8).High);

    /// <summary>The number of a text whose print (the upper half) is known already.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> utf8, ulong print)
    {
        var slot = (uint)print & (uint)(_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
            if (_slots[slot] >> 32 == print >> 32 && (int)(uint)_slots[slot] - 1 is var number && _prints[number] == print && Same(utf8, _texts[number])) return number;
        return Add(print, Encoding.UTF8.GetString(utf8), slot);
    }

    /// <inheritdoc cref="FindOrAdd(ReadOnlySpan{byte}, ulong)"/>
    public int FindOrAdd(string text, ulong print, out bool isNew)
    {
        var slot = (uint)print & (uint)(_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
            if (_slots[slot] >> 32 == print >> 32 && (int)(uint)_slots[slot] - 1 is var number && _prints[number] == print && string.Equals(text, _texts[number], StringComparison.Ordinal))
            {
                isNew = false;
                return number;
            }
        isNew = true;
        return Add(print, text, slot);
    }

    public int FindOrAdd(string text, out bool isNew) => FindOrAdd(text, PrintOf(text), out isNew);

    /// <summary>−1 when it is not there.</summary>
    public int Find(string text)
    {
        var print = PrintOf(text);
        for (var slot = (uint)print & (uint)(_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
            if (_slots[slot] >> 32 == print >> 32 && (int)(uint)_slots[slot] - 1 is var number && string.Equals(text, _texts[number], StringComparison.Ordinal)) return number;
        return -1;
    }

    private int Add(ulong print, string text, uint slot)
    {
        if (Count == _texts.Length)
        {
            Array.Resize(ref _texts, Count * 2);
            Array.Resize(ref _prints, Count * 2);
        }
        _texts[Count] = text;
        _prints[Count] = print;
        _slots[slot] = (print & 0xffff_ffff_0000_0000) | (uint)(Count + 1);
        Count++;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        _slots = new ulong[_slots.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            var slot = (uint)_prints[number] & (uint)(_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (uint)(_slots.Length - 1);
            _slots[slot] = (_prints[number] & 0xffff_ffff_0000_0000) | (uint)(number + 1);
        }
    }

    private static ulong PrintOf(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = length > 512 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var utf8 = rented ?? stackalloc byte[512];
        var print = Fingerprint.OfText(utf8[..Encoding.UTF8.GetBytes(text, utf8)]).High;
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return print;
    }

    private static bool Same(ReadOnlySpan<byte> utf8, string text)
    {
        if (Ascii.Equals(utf8, text)) return true;
        if (utf8.Length < text.Length) return false;
        var rented = utf8.Length > 512 ? ArrayPool<char>.Shared.Rent(utf8.Length) : null;
        var chars = rented ?? stackalloc char[512];
        Utf8.ToUtf16(utf8, chars, out _, out var written);
        var same = chars[..written].SequenceEqual(text);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return same;
    }
}
