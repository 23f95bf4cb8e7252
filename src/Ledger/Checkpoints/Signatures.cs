using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities.IO.Pem;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>The two ways of signing, and the public keys that prove it.</summary>
public static class Signatures
{
    /// <summary>ECDSA on P-256 over SHA-256; the signature in DER, as <c>openssl dgst -sha256 -verify</c> takes it.</summary>
    public const string Ecdsa = "ecdsa-p256-sha256";

    /// <summary>SM2 over SM3 (GB/T 32918, the usual user id 1234567812345678); the signature in DER.</summary>
    public const string Sm2 = "sm2-sm3";

    /// <summary>Whether a signature is that of a key over these bytes.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo, DER.</param>
    /// <returns>False also for a key or a signature that is none.</returns>
    public static bool Verify(string algorithm, byte[] publicKey, byte[] signed, byte[] signature)
    {
        try
        {
            if (algorithm == Ecdsa)
            {
                using var key = ECDsa.Create();
                key.ImportSubjectPublicKeyInfo(publicKey, out var length);
                return length == publicKey.Length && key.KeySize == 256 && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            }
            if (algorithm != Sm2) return false;
            var signer = new SM2Signer();
            signer.Init(false, PublicKeyFactory.CreateKey(publicKey));
            signer.BlockUpdate(signed, 0, signed.Length);
            return signer.VerifySignature(signature);
        }
        catch (Exception none) when (none is CryptographicException or ArgumentException or IOException or FormatException or InvalidCastException or InvalidOperationException or Org.BouncyCastle.Security.SecurityUtilityException)
        {
            return false;
        }
    }

    /// <summary>The id of a key: SHA-256 of its DER bytes, sixty-four hex digits.</summary>
    public static string IdOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <summary>The key of a PEM file; null: it holds no public key.</summary>
    public static byte[]? ReadPem(string text)
    {
        try
        {
            return new PemReader(new StringReader(text)).ReadPemObject() is { Type: "PUBLIC KEY", Content: { Length: > 0 } content } ? content : null;
        }
        catch (Exception none) when (none is IOException or FormatException)
        {
            return null;
        }
    }

    public static string WritePem(byte[] publicKey) => new(PemEncoding.Write("PUBLIC KEY", publicKey));
}
