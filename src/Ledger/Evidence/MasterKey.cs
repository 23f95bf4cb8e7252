using System.Security.Cryptography;
using System.Text;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// The key that wraps the keys of evidence. It lies outside the database, so that neither the database nor a copy of it opens a file:
/// in <c>keys/master.key</c> of the data directory, which only its owner reads, or in YUEHENG_MASTER_KEY.
/// </summary>
public sealed class MasterKey
{
    private const int Length = 32, NonceLength = 12, TagLength = 16;
    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "yueheng master key\n"u8, .. key]))[..16];
    }

    /// <summary>Tells master keys apart without saying anything of them: sixteen hex digits.</summary>
    public string Id { get; }

    /// <summary>The key given, or the one of the data directory; there it is made on first use.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="given">YUEHENG_MASTER_KEY, where it is set: thirty-two bytes as 64 hex digits or as Base64; null or empty: the file's.</param>
    /// <exception cref="KeyRefusedException">It is no key, or others may read the file.</exception>
    public static MasterKey Open(string data, string? given = null)
    {
        if (!string.IsNullOrEmpty(given)) return Parse(given) ?? throw new KeyRefusedException("YUEHENG_MASTER_KEY 应是 32 字节的密钥：64 位十六进制，或 Base64。");
        var keys = Path.Combine(Path.GetFullPath(data), EvidenceFolder.Keys);
        Directory.CreateDirectory(data);
        Durable.MakeFolder(keys);
        var path = PathIn(keys);
        if (!File.Exists(path)) Durable.WriteOnce(path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length)) + "\n"));
        if (Durable.IsOpenToOthers(path)) throw new KeyRefusedException($"主密钥文件 {path} 他人可读；请改为仅属主可读（chmod 600）。");
        return Parse(File.ReadAllText(path)) ?? throw new KeyRefusedException($"主密钥文件 {path} 的内容不是 32 字节的密钥。");
    }

    internal static string PathIn(string keys) => Path.Combine(keys, "master.key");

    private static MasterKey? Parse(string text)
    {
        text = text.Trim();
        var key = new byte[Length];
        var isKey = text.Length == 2 * Length && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text, key, out _, out _) == System.Buffers.OperationStatus.Done
            : Convert.TryFromBase64String(text, key, out var length) && length == Length;
        return isKey ? new(key) : null;
    }

    /// <summary>A key for another purpose, from which neither this one nor that of any other purpose follows (HKDF of SHA-256).</summary>
    /// <param name="purpose">A few words that name it, always the same.</param>
    /// <returns>Thirty-two bytes.</returns>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Length, info: Encoding.UTF8.GetBytes("yueheng " + purpose));

    /// <summary>Wraps the key of one file of one contract; it unwraps as that of no other.</summary>
    internal byte[] Wrap(string contract, string sha256, ReadOnlySpan<byte> key)
    {
        var wrapped = new byte[NonceLength + key.Length + TagLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(wrapped.AsSpan(0, NonceLength), key, wrapped.AsSpan(NonceLength, key.Length), wrapped.AsSpan(NonceLength + key.Length), About(contract, sha256));
        return wrapped;
    }

    /// <exception cref="CryptographicException">It was not wrapped by this key for this file.</exception>
    internal byte[] Unwrap(string contract, string sha256, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length <= NonceLength + TagLength) throw new CryptographicException("No wrapped key.");
        var key = new byte[wrapped.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Decrypt(wrapped[..NonceLength], wrapped[NonceLength..^TagLength], wrapped[^TagLength..], key, About(contract, sha256));
        return key;
    }

    private static byte[] About(string contract, string sha256) => Encoding.UTF8.GetBytes($"{contract}\n{sha256}");
}

/// <summary>A key of this installation cannot be used. The message, in Chinese, says why and what to do.</summary>
public sealed class KeyRefusedException(string message) : Exception(message);
