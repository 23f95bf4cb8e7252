using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>
/// The private key by which this installation signs heads: <c>keys/signing.pem</c> of the data directory (PKCS #8), which only its owner
/// reads. Its public half is in the database and is to be given to both parties.
/// </summary>
public sealed class SigningKey
{
    private readonly Func<byte[], byte[]> _sign;

    private SigningKey(string algorithm, byte[] publicKey, Func<byte[], byte[]> sign) => (Algorithm, PublicKey, Id, _sign) = (algorithm, publicKey, Signatures.IdOf(publicKey), sign);

    public string Algorithm { get; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey { get; }

    public string Id { get; }

    public byte[] Sign(byte[] bytes) => _sign(bytes);

    /// <summary>The key of a data directory, made on first use.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="algorithm">That of a key that has still to be made; one that is there keeps its own.</param>
    /// <exception cref="Evidence.KeyRefusedException">The file is no key, or others may read it.</exception>
    public static SigningKey Open(string data, string algorithm = Signatures.Ecdsa)
    {
        Directory.CreateDirectory(data);
        Durable.MakeFolder(KeysIn(data));
        var path = PathIn(KeysIn(data));
        if (!File.Exists(path)) Durable.WriteOnce(path, Encoding.ASCII.GetBytes(Make(algorithm)));
        return Read(path);
    }

    private static string PathIn(string keys) => Path.Combine(keys, "signing.pem");

    private static SigningKey Read(string path)
    {
        if (Durable.IsOpenToOthers(path)) throw new Evidence.KeyRefusedException($"签名私钥文件 {path} 他人可读；请改为仅属主可读（chmod 600）。");
        var pem = File.ReadAllText(path);
        try
        {
            var fields = PemEncoding.Find(pem);
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            return pem[fields.Label] == "PRIVATE KEY" ? Of(der) : throw new CryptographicException("No private key.");
        }
        catch (Exception none) when (none is CryptographicException or ArgumentException or FormatException or InvalidCastException or IOException)
        {
            throw new Evidence.KeyRefusedException($"签名私钥文件 {path} 不是可用的私钥（PKCS #8，ECDSA P-256 或 SM2）。");
        }
    }

    private static SigningKey Of(byte[] der)
    {
        if (IsSm2(der))
        {
            var secret = (ECPrivateKeyParameters)PrivateKeyFactory.CreateKey(der);
            var point = new ECPublicKeyParameters("EC", secret.Parameters.G.Multiply(secret.D), secret.PublicKeyParamSet);
            return new(Signatures.Sm2, SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(point).GetDerEncoded(), bytes =>
            {
                var signer = new SM2Signer();
                signer.Init(true, secret);
                signer.BlockUpdate(bytes, 0, bytes.Length);
                return signer.GenerateSignature();
            });
        }
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(der, out _);
        if (key.KeySize != 256) throw new CryptographicException("Not on P-256.");
        return new(Signatures.Ecdsa, key.ExportSubjectPublicKeyInfo(), bytes =>
        {
            lock (key) return key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        });
    }

    private static bool IsSm2(byte[] der) => PrivateKeyInfo.GetInstance(der).PrivateKeyAlgorithm.Parameters is Org.BouncyCastle.Asn1.DerObjectIdentifier curve && curve.Equals(GMObjectIdentifiers.sm2p256v1);

    private static void RefuseUnknown(string algorithm)
    {
        if (algorithm is not (Signatures.Ecdsa or Signatures.Sm2)) throw new Evidence.KeyRefusedException($"不认识的签名算法“{algorithm}”；可用：{Signatures.Ecdsa}、{Signatures.Sm2}。");
    }

    private static string Make(string algorithm)
    {
        RefuseUnknown(algorithm);
        if (algorithm == Signatures.Ecdsa)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(GMObjectIdentifiers.sm2p256v1, new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        return new string(PemEncoding.Write("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private).GetDerEncoded())) + "\n";
    }

    /// <summary>
    /// Puts the key aside and makes a new one, while no node runs. The first node to start lets the old key sign the new one (see
    /// <see cref="PublicKeys.Enter"/>) and destroys the old one: it has nothing more to sign.
    /// </summary>
    /// <exception cref="Evidence.KeyRefusedException">There is no key to follow, or a key put aside has not signed the present one yet.</exception>
    public static (SigningKey Old, SigningKey New) Rotate(string data, string algorithm = Signatures.Ecdsa)
    {
        RefuseUnknown(algorithm);
        var path = PathIn(KeysIn(data));
        if (!File.Exists(path)) throw new Evidence.KeyRefusedException($"{path} 不存在：没有可更换的签名私钥。");
        if (PutAside(data) is not null) throw new Evidence.KeyRefusedException("上一次更换的签名私钥尚未启用：请先启动一次服务，再更换。");
        var old = Open(data);
        Durable.Move(path, PathAside(data));
        return (old, Open(data, algorithm));
    }

    /// <summary>The key before this one, until it has signed it; null: there is none.</summary>
    public static SigningKey? PutAside(string data) => File.Exists(PathAside(data)) ? Read(PathAside(data)) : null;

    /// <summary>Destroys the key before this one.</summary>
    public static void RemovePutAside(string data)
    {
        if (File.Exists(PathAside(data))) Durable.Remove(PathAside(data));
    }

    private static string KeysIn(string data) => Path.Combine(Path.GetFullPath(data), Evidence.EvidenceFolder.Keys);

    private static string PathAside(string data) => Path.Combine(KeysIn(data), "signing-before.pem");
}
