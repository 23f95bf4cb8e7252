using System.Security.Cryptography;
using System.Text;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Server.Identity;

/// <summary>Secrets that lie in the database sealed under a key that does not: a copy of the database makes nobody's codes.</summary>
/// <param name="master">The installation's master key.</param>
internal sealed class SealedSecrets(MasterKey master)
{
    private const int NonceLength = 12, TagLength = 16;
    private readonly byte[] _key = master.Derive("second factors");

    /// <param name="owner">It opens as theirs only.</param>
    public byte[] Seal(string owner, byte[] secret)
    {
        var text = new byte[NonceLength + secret.Length + TagLength];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(text.AsSpan(0, NonceLength), secret, text.AsSpan(NonceLength, secret.Length), text.AsSpan(NonceLength + secret.Length), Encoding.UTF8.GetBytes(owner));
        return text;
    }

    /// <summary>Null: it was not sealed here for them.</summary>
    public byte[]? Open(string owner, byte[] text)
    {
        if (text.Length <= NonceLength + TagLength) return null;
        var secret = new byte[text.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key, TagLength);
        try
        {
            cipher.Decrypt(text.AsSpan(0, NonceLength), text.AsSpan(NonceLength, secret.Length), text.AsSpan(text.Length - TagLength), secret, Encoding.UTF8.GetBytes(owner));
            return secret;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
