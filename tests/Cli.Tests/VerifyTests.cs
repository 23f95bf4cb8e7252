using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Yueheng.Cli.Tests;

public class VerifyTests(Installed installed) : IClassFixture<Installed>
{
    private string Altered(string member, Func<string, string> change)
    {
        var path = installed.New();
        File.Copy(installed.Bundle, path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        var entry = zip.GetEntry(member)!;
        string text;
        using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
        entry.Delete();
        using var output = zip.CreateEntry(member).Open();
        output.Write(Encoding.UTF8.GetBytes(change(text)));
        return path;
    }

    [Fact]
    public void A_bundle_that_is_whole_is_said_to_be()
    {
        var ran = Run("verify", installed.Bundle, "--key", installed.Key, "--checkpoint", installed.Checkpoints).IsWell();
        ran.Output.ShouldContain("合同      leased-line");
        ran.Output.ShouldContain("其中核对了文件 1 个");
        ran.Output.ShouldEndWith("结论      与所记一致\n");
        ran.Output.ShouldNotContain("注意");
    }

    [Fact]
    public void Without_a_key_it_says_what_that_leaves_open() => Run("verify", installed.Bundle).IsWell().Output.ShouldContain("须用 --key 或 --checkpoint 才能识破");

    [Fact]
    public void The_first_difference_is_named_and_the_exit_code_says_so()
    {
        var ran = Run("verify", Altered("facts.ndjson", facts => facts.Replace("\"seq\":3,\"recordedAt\":\"20", "\"seq\":3,\"recordedAt\":\"21", StringComparison.Ordinal)), "--key", installed.Key);
        (ran.Code, ran.Errors).ShouldBe((1, ""));
        ran.Output.ShouldContain("不同      facts.ndjson#3：");
    }

    [Fact]
    public void As_JSON_it_says_the_same()
    {
        using var whole = JsonDocument.Parse(Run("verify", installed.Bundle, "--key", installed.Key, "--json").IsWell().Output);
        whole.RootElement.GetProperty("whole").GetBoolean().ShouldBeTrue();
        whole.RootElement.GetProperty("figures").GetInt32().ShouldBeGreaterThan(50);
        var ran = Run("verify", Altered("figures.json", figures => figures.Replace("\"figures\":{\"", "\"figures\":{\"made/up\":\"1\",\"", StringComparison.Ordinal)), "--json");
        ran.Code.ShouldBe(1);
        using var altered = JsonDocument.Parse(ran.Output);
        altered.RootElement.GetProperty("first").GetProperty("part").GetString().ShouldBe("figures");
        altered.RootElement.GetProperty("first").GetProperty("where").GetString().ShouldBe("figures.json#made/up");
    }

    [Fact]
    public void What_is_no_bundle_no_key_or_no_checkpoint_is_refused()
    {
        var text = installed.New();
        File.WriteAllText(text, "x");
        foreach (var (arguments, said) in ((string[], string)[])[
            (["verify", text], "不是可以读取的 zip 文件"), (["verify", text + ".none"], "没有这个文件"),
            (["verify", installed.Bundle, "--key", text], "不是 PEM 格式的公钥"), (["verify", installed.Bundle, "--key", text + ".none"], "不能读取"), (["verify", installed.Bundle, "--checkpoint", text], "不是检查点文件")])
        {
            var ran = Run(arguments);
            (ran.Code, ran.Output, ran.Errors.Contains(said, StringComparison.Ordinal)).ShouldBe((2, "", true), ran.Errors);
        }
    }
}
