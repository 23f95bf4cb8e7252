using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Yueheng.EndToEnd.Tests.Browsing;

/// <summary>What an authenticator on somebody's phone shows: RFC 6238 with SHA-1, six digits, thirty seconds.</summary>
internal static class OneTimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="secret">As it is shown for typing in, in base 32.</param>
    public static byte[] Read(string secret)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in secret.Where(char.IsAsciiLetterOrDigit))
        {
            (bits, held) = (bits << 5 | Base32.IndexOf(letter, StringComparison.Ordinal), held + 5);
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
            bits &= (1 << held) - 1;
        }
        return [.. bytes];
    }

    /// <param name="ahead">Steps of thirty seconds from now: a code is taken once only, and the next one is already valid.</param>
    public static string At(byte[] secret, int ahead = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + ahead);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(secret, counter, hash);
        return ((BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 0xF)..]) & 0x7FFF_FFFF) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
