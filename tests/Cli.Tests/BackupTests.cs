namespace Yueheng.Cli.Tests;

public class BackupTests(Installed installed) : IClassFixture<Installed>
{
    [Fact]
    public void What_was_backed_up_is_restored_and_verified()
    {
        var (copy, data) = (installed.New(), installed.New());
        var made = Run("backup", "--data", installed.Data, copy).IsWell().Output;
        made.ShouldContain("已备份 1 份合同、1 件证据");
        File.Exists(copy + ".keys").ShouldBeTrue();
        File.GetUnixFileMode(copy + ".keys").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var restored = Run("restore", copy, "--data", data).IsWell().Output;
        restored.ShouldContain("leased-line  事实 ");
        restored.ShouldContain("已恢复并核验一致：1 份合同，1 件证据");
        // What was restored is an installation like the first.
        Run("backup", "--data", data, installed.New()).IsWell().Output.ShouldContain("已备份 1 份合同、1 件证据");
    }

    [Fact]
    public void Keys_kept_elsewhere_are_named()
    {
        var (copy, keys, data) = (installed.New(), installed.New(), installed.New());
        Run("backup", "--data", installed.Data, copy, "--keys", keys).IsWell();
        var without = Run("restore", copy, "--data", data);
        (without.Code, without.Output).ShouldBe((2, ""));
        without.Errors.ShouldContain("--without-keys");
        Run("restore", copy, "--data", data, "--without-keys").IsWell().Output.ShouldContain("未恢复密钥");
        Run("restore", copy, "--data", installed.New(), "--keys", keys).IsWell();
    }

    [Fact]
    public void What_is_not_there_or_not_empty_is_refused()
    {
        foreach (var arguments in (string[][])[["backup", "--data", installed.New(), installed.New()], ["backup", "--data", installed.Data, installed.Data], ["restore", installed.New(), "--data", installed.New()], ["restore", installed.Data, "--data", installed.New()]])
        {
            var ran = Run(arguments);
            (ran.Code, ran.Output).ShouldBe((2, ""));
            ran.Errors.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void A_signing_key_is_exchanged()
    {
        var data = installed.New();
        (Run("rotate-key", "--data", data).Code, Run("rotate-key", "--data", installed.Data, "--algorithm", "rsa").Code).ShouldBe((2, 2));
        var copy = installed.New();
        Run("backup", "--data", installed.Data, copy).IsWell();
        Run("restore", copy, "--data", data).IsWell();
        Run("rotate-key", "--data", data, "--algorithm", "sm2-sm3").IsWell().Output.ShouldContain("-----BEGIN PUBLIC KEY-----");
        Run("rotate-key", "--data", data).Errors.ShouldContain("尚未启用");
    }
}
