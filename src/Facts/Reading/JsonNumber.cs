using System.Buffers;

namespace Yueheng.Facts.Reading;

/// <summary>
/// A JSON number by its value, exactly: sign, significant digits without zeros at either end, and the power of ten they are to be
/// multiplied by. <c>1.50</c>, <c>1.5</c> and <c>15e-1</c> are one number. It never passes through a binary float.
/// </summary>
internal readonly ref struct JsonNumber
{
    /// <summary>Exponents beyond this are refused wherever they stand; nothing that is counted in a contract comes near.</summary>
    public const long ExponentLimit = 1_000_000_000_000;

    private const int DigitsInWord = 19;

    public bool IsNegative { get; private init; }
    /// <summary>The digits as characters when there are more than fit a word, else empty.</summary>
    public ReadOnlySpan<byte> ManyDigits { get; private init; }
    public ulong Digits { get; private init; }
    public long Exponent { get; private init; }
    public bool IsBeyondLimit { get; private init; }

    public bool IsZero => Digits == 0 && ManyDigits.IsEmpty;

    /// <summary>Takes apart a number that a JSON reader has found well formed. <paramref name="scratch"/> grows to hold long digits.</summary>
    public static JsonNumber Read(ReadOnlySpan<byte> text, ref byte[] scratch)
    {
        var isNegative = text[0] == '-';
        var at = isNegative ? 1 : 0;
        ulong digits = 0;
        var count = 0;
        long exponent = 0;
        var inFraction = false;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                if (count < DigitsInWord) digits = digits * 10 + digit;
                if (count > 0 || digit > 0) count++;
                if (inFraction) exponent--;
            }
            else if (text[at] == '.') inFraction = true;
            else break;
        }
        if (count == 0) return default;

        var written = 0L;
        if (at < text.Length)
        {
            at++;
            var isBelow = text[at] == '-';
            if (text[at] is (byte)'-' or (byte)'+') at++;
            for (; at < text.Length; at++) written = Math.Min(written * 10 + (text[at] - '0'), ExponentLimit * 2);
            if (written > ExponentLimit) return new JsonNumber { IsNegative = isNegative, Digits = 1, IsBeyondLimit = true };
            if (isBelow) written = -written;
        }
        exponent += written;

        if (count > DigitsInWord) return ReadLong(text, isNegative, count, exponent, ref scratch);
        while (digits % 10 == 0) { digits /= 10; exponent++; }
        return new JsonNumber { IsNegative = isNegative, Digits = digits, Exponent = exponent };
    }

    private static JsonNumber ReadLong(ReadOnlySpan<byte> text, bool isNegative, int count, long exponent, ref byte[] scratch)
    {
        if (scratch.Length < count) scratch = new byte[Math.Max(count, 256)];
        var length = 0;
        foreach (var character in text)
        {
            if (character is (byte)'e' or (byte)'E') break;
            if (character is >= (byte)'0' and <= (byte)'9' && (length > 0 || character != '0')) scratch[length++] = character;
        }
        while (scratch[length - 1] == '0') { length--; exponent++; }
        if (length > DigitsInWord) return new JsonNumber { IsNegative = isNegative, ManyDigits = scratch.AsSpan(0, length), Exponent = exponent };
        ulong digits = 0;
        for (var i = 0; i < length; i++) digits = digits * 10 + (uint)(scratch[i] - '0');
        return new JsonNumber { IsNegative = isNegative, Digits = digits, Exponent = exponent };
    }

    /// <summary>The decimal that equals the number; false when no decimal does.</summary>
    public bool TryToDecimal(out decimal value)
    {
        value = 0m;
        if (IsZero) return true;
        if (IsBeyondLimit || Exponent < -28 || Exponent > 28 || ManyDigits.Length > 29) return false;
        UInt128 magnitude = Digits;
        foreach (var digit in ManyDigits) magnitude = magnitude * 10 + (uint)(digit - '0');
        for (var power = 0; power < Exponent; power++)
        {
            magnitude *= 10;
            if (magnitude >> 96 != 0) return false;
        }
        if (magnitude >> 96 != 0) return false;
        value = new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), IsNegative, Exponent < 0 ? (byte)-Exponent : (byte)0);
        return true;
    }

    private const ulong Role = 0x6e75_6d62, NegativeRole = 0x2d6e_756d;

    public Fingerprint Print()
    {
        if (IsZero) return Fingerprint.Of(0, 0, Role);
        var role = IsNegative ? NegativeRole : Role;
        return ManyDigits.IsEmpty
            ? Fingerprint.Of(Digits, (ulong)Exponent, role)
            : Fingerprint.Join(Fingerprint.Of(ManyDigits, role), Fingerprint.Of((ulong)Exponent, 1, role));
    }
}
