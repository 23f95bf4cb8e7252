using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace Yueheng.Cli.Commands;

/// <summary>
/// The words of the command line itself, help and complaints, in Chinese: the library's own translations are not loaded by a program
/// that knows no cultures.
/// </summary>
internal static partial class CommandWords
{
    private static readonly (string English, string Chinese)[] Headings =
    [
        ("Description:", "说明："), ("Usage:", "用法："), ("Arguments:", "参数："), ("Options:", "选项："), ("Commands:", "命令："),
        ("[command]", "[命令]"), ("[options]", "[选项]"), ("(REQUIRED)", "（必填）"),
    ];

    private static readonly (Regex English, string Chinese)[] Errors =
    [
        (CommandAbsent(), "缺少命令；--help 列出全部命令"),
        (OptionAbsent(), "缺少 $1"),
        (ArgumentAbsent(), "命令 $1 缺少参数；yueheng $1 --help 列出各参数"),
        (OptionEmpty(), "$1 之后缺少值"),
        (Unrecognized(), "不认识“$1”；--help 列出全部命令与选项"),
        (NotOfType(), "$2 的值“$1”写法不对"),
        (GivenTwice(), "$1 只能给一个值"),
    ];

    /// <summary>Chinese help, and under it what the exit code tells a script.</summary>
    public static void Use(RootCommand root)
    {
        foreach (var option in root.Options)
            if (option is HelpOption { Action: HelpAction usual } help)
            {
                help.Description = "显示帮助";
                help.Action = new Help(usual);
            }
            else if (option is VersionOption) option.Description = "显示版本";
    }

    /// <summary>What is wrong with a call.</summary>
    public static string OfError(string english)
    {
        foreach (var (form, chinese) in Errors)
            if (form.IsMatch(english)) return form.Replace(english, chinese);
        return english;
    }

    private sealed class Help(HelpAction usual) : SynchronousCommandLineAction
    {
        // Who asks for help has not finished the call.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            using var english = new StringWriter();
            parseResult.InvocationConfiguration.Output = english;
            var code = usual.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            var text = english.ToString();
            foreach (var (word, chinese) in Headings) text = text.Replace(word, chinese, StringComparison.Ordinal);
            output.WriteLine(text.TrimEnd() + "\n\n" + Exit.InWords);
            return code;
        }
    }

    [GeneratedRegex("^Required command was not provided.$")]
    private static partial Regex CommandAbsent();

    [GeneratedRegex("^Option '(.+)' is required.$")]
    private static partial Regex OptionAbsent();

    [GeneratedRegex("^Required argument missing for command: '(.+)'.$")]
    private static partial Regex ArgumentAbsent();

    [GeneratedRegex("^Required argument missing for option: '(.+)'.$")]
    private static partial Regex OptionEmpty();

    [GeneratedRegex("^Unrecognized command or argument '(.*)'.$", RegexOptions.Singleline)]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^Cannot parse argument '(.*)' for option '(.+)' as expected type '.+'.$", RegexOptions.Singleline)]
    private static partial Regex NotOfType();

    [GeneratedRegex("^Option '(.+)' expects a single argument but .+ were provided.$", RegexOptions.Singleline)]
    private static partial Regex GivenTwice();
}
