using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Yueheng.Server.Identity;

/// <summary>Time-based one-time codes as every authenticator makes them: RFC 6238 with SHA-1, six digits, thirty seconds.</summary>
internal static class Totp
{
    private const int Seconds = 30;
    // A clock that is half a minute off, and a code that was typed slowly.
    private const int Tolerance = 1;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The step in which an instant lies.</summary>
    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / Seconds;

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        // RFC 6238 means SHA-1 here, and authenticators know nothing else for certain; as a keyed hash it stands.
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, around now; null: of none.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var typed = Encoding.ASCII.GetBytes(string.Concat(code.Where(char.IsAsciiDigit)));
        long? found = null;
        // All are compared, so that the time it takes says nothing.
        for (var step = StepOf(now) - Tolerance; step <= StepOf(now) + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(Code(secret, step)))) found = step;
        return found;
    }

    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var part in secret)
        {
            (bits, held) = (bits << 8 | part, held + 8);
            for (; held >= 5; held -= 5) text.Append(Base32[bits >> (held - 5) & 31]);
            bits &= (1 << held) - 1;
        }
        if (held > 0) text.Append(Base32[bits << (5 - held) & 31]);
        return text.ToString();
    }

    /// <summary>What the picture for the authenticator says.</summary>
    public static string Address(string login, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString("约衡:" + login)}?secret={Text(secret)}&issuer={Uri.EscapeDataString("约衡")}&algorithm=SHA1&digits=6&period={Seconds}";
}
