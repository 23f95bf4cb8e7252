using Spectre.Console;

namespace Yueheng.Cli.Commands;

/// <summary>Writing tables: on a terminal as wide as it is, into a pipe or file plain and wide enough.</summary>
internal static class Tables
{
    private const int Wide = 200;

    public static void Write(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Wide;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }
        // Spectre cannot centre a title over a table that is narrower than it.
        if (table.Rows.Count == 0 && table.Title is { } title)
        {
            Console.WriteLine(title.Text);
            Console.WriteLine("（无）");
            return;
        }
        AnsiConsole.Write(table);
    }
}
