using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Yueheng.Facts.Reading;

/// <summary>
/// 128 bits that stand for a text or a piece of content while one process reads: equal fingerprints mean equal content. They are keyed
/// by the runtime's own secret of this process, so that nobody can write two facts that pass for one, or ids that all fall into one
/// slot. Never stored and never shown: no result depends on the key.
/// </summary>
internal readonly record struct Fingerprint(ulong High, ulong Low)
{
    // The only thing taken from the process is that string hashes are seeded afresh in each.
    private static readonly ulong K0 = Secret("甲"), K1 = Secret("乙"), K2 = Secret("丙"), K3 = Secret("丁"), K4 = Secret("戊"), K5 = Secret("己"), K6 = Secret("庚"), K7 = Secret("辛");

    private static ulong Secret(string name) => ((ulong)(uint)string.GetHashCode(name + "yue") << 32) | (uint)string.GetHashCode(name + "heng");

    private const ulong TextRole = 0x7465_7874;

    /// <summary>Of a text or a key, by its UTF-8 bytes.</summary>
    public static Fingerprint OfText(ReadOnlySpan<byte> utf8) => Of(utf8, TextRole);

    /// <summary>Of bytes, told apart from the same bytes in another role by <paramref name="role"/>.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> bytes, ulong role)
    {
        var length = bytes.Length;
        ref var start = ref MemoryMarshal.GetReference(bytes);
        ulong left = K0 ^ role, right = K1 ^ role, first, last;
        if (length <= 16)
        {
            if (length >= 8) (first, last) = (Eight(ref start, 0), Eight(ref start, length - 8));
            else if (length >= 4) (first, last) = (Four(ref start, 0), Four(ref start, length - 4));
            else if (length > 0) (first, last) = (((ulong)start << 16) | ((ulong)Unsafe.Add(ref start, length >> 1) << 8) | Unsafe.Add(ref start, length - 1), 0);
            else (first, last) = (0, 0);
        }
        else
        {
            for (var at = 0; at + 16 < length; at += 16)
            {
                ulong one = Eight(ref start, at), two = Eight(ref start, at + 8);
                left = Fold(one ^ K2, two ^ left);
                right = Fold(two ^ K3, one ^ right);
            }
            (first, last) = (Eight(ref start, length - 16), Eight(ref start, length - 8));
        }
        return new(Fold(Fold(first ^ K2, last ^ left) ^ K4, (ulong)length ^ K5), Fold(Fold(last ^ K3, first ^ right) ^ K6, (ulong)length ^ K7));
    }

    public static Fingerprint Of(ulong one, ulong two, ulong role) =>
        new(Fold(Fold(one ^ K2, two ^ K0 ^ role) ^ K4, K5), Fold(Fold(two ^ K3, one ^ K1 ^ role) ^ K6, K7));

    /// <summary>One after the other; the order matters.</summary>
    public static Fingerprint Join(Fingerprint left, Fingerprint right) =>
        new(Fold(left.High ^ K4, BitOperations.RotateLeft(right.High, 32) ^ K5) + left.Low, Fold(left.Low ^ K6, right.Low ^ K7) + right.High);

    /// <summary>Together, in no order: the members of an object.</summary>
    public static Fingerprint operator +(Fingerprint left, Fingerprint right) => new(left.High + right.High, left.Low + right.Low);

    private static ulong Eight(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
    private static ulong Four(ref byte start, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong one, ulong two)
    {
        var high = Math.BigMul(one, two, out ulong low);
        return high ^ low;
    }
}
