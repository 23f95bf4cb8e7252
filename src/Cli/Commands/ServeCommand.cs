using System.CommandLine;
using Spectre.Console;
using Yueheng.Server;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng serve [--data DIR] [--urls URLS] [--clock INSTANT] [--empty]</c>: the server, until it is told to end.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "数据目录：账本、证据、密钥（缺省 data）", DefaultValueFactory = _ => Path.Combine(Place.Home, "data") };
        var urls = new Option<string>("--urls") { Description = "监听的地址，分号分隔；端口 0 为任一空闲端口（缺省 http://127.0.0.1:8080）", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var clock = new Option<string?>("--clock") { Description = "业务时钟的起点（演示用，如 2025-12-08T08:30:00+08:00）；此后照常走动并保存，正式安装不用" };
        var empty = new Option<bool>("--empty") { Description = "新数据目录不装演示合同、事实和用户，只建三名管理员" };
        var command = new Command("serve", "启动服务：账本、接口与控制台；SIGTERM 或 Ctrl+C 停止") { data, urls, clock, empty };
        command.SetAction(result => Run(result.GetValue(data)!, result.GetValue(urls)!, result.GetValue(clock), result.GetValue(empty)));
        return command;
    }

    private static int Run(string data, string urls, string? clock, bool isEmpty)
    {
        DateTimeOffset? start = null;
        if (clock is not null)
        {
            if (!Place.ReadInstant(clock, "--clock", out var instant)) return Exit.Refused;
            start = DateTimeOffset.UnixEpoch.AddTicks(instant / 100);
        }
        var options = new NodeOptions(Place.Home, Path.GetFullPath(data))
        {
            Urls = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Clock = start,
            IsEmpty = isEmpty,
            Database = Environment.GetEnvironmentVariable("YUEHENG_DATABASE"),
            AppDatabase = Environment.GetEnvironmentVariable("YUEHENG_DATABASE_APP"),
        };
        return Serve(options).GetAwaiter().GetResult();
    }

    private static async Task<int> Serve(NodeOptions options)
    {
        try
        {
            await using var node = await Node.Start(options);
            Say(node);
            await node.WaitForEnd();
            return Exit.Good;
        }
        catch (NodeRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return Exit.Refused;
        }
    }

    private static void Say(Node node)
    {
        if (node.FirstUsers.Count > 0)
        {
            // A title wider than its table cannot be drawn.
            Console.WriteLine(node.IsDemo ? "演示用户（口令只显示这一次）" : "三名管理员的初始口令（只显示这一次，首次登录须修改并启用动态口令）");
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var heading in (string[])["用户名", "身份", "口令"]) table.AddColumn(new TableColumn(heading) { NoWrap = true });
            foreach (var user in node.FirstUsers) table.AddRow(Markup.Escape(user.Login), Markup.Escape(user.Title), Markup.Escape(user.Password));
            Tables.Write(table);
        }
        foreach (var address in node.Addresses) Console.WriteLine($"约衡已启动：{address}{(node.IsDemo ? "（演示数据）" : "")}");
    }
}
