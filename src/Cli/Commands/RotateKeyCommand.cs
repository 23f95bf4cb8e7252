using System.CommandLine;
using Yueheng.Ledger.Checkpoints;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng rotate-key --data DIR [--algorithm ALGORITHM]</c>: a new key signs from the next start on, signed by the old one.</summary>
internal static class RotateKeyCommand
{
    public static Command Make()
    {
        var data = Installation.Data();
        var algorithm = new Option<string>("--algorithm") { Description = $"{Signatures.Ecdsa}（缺省）或 {Signatures.Sm2}", DefaultValueFactory = _ => Signatures.Ecdsa };
        var command = new Command("rotate-key", "更换签名密钥：在服务停止时执行，下次启动时由旧密钥为新密钥签名，旧私钥随即销毁") { data, algorithm };
        command.SetAction((result, _) => Installation.Refusing(() =>
        {
            var (old, fresh) = SigningKey.Rotate(result.GetValue(data)!, result.GetValue(algorithm)!);
            Console.WriteLine($"旧密钥  {old.Id}  {old.Algorithm}");
            Console.WriteLine($"新密钥  {fresh.Id}  {fresh.Algorithm}");
            Console.Write(Signatures.WritePem(fresh.PublicKey));
            Console.WriteLine();
            return Task.FromResult(Exit.Good);
        }));
        return command;
    }
}
