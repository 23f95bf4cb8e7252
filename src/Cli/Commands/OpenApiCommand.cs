using System.CommandLine;
using Yueheng.Server;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng openapi</c>: the description of the HTTP API, without starting anything.</summary>
internal static class OpenApiCommand
{
    public static Command Make()
    {
        var command = new Command("openapi", "输出 HTTP 接口的 OpenAPI 说明（JSON）");
        command.SetAction(_ =>
        {
            Console.Out.Write(ApiDescription.Write(Place.Home).GetAwaiter().GetResult());
            return Exit.Good;
        });
        return command;
    }
}
