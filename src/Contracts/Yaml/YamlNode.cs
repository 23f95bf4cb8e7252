using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Yaml;

/// <summary>A node of a YAML file with its place. Scalars are text: what they mean is decided by where they stand.</summary>
internal abstract record YamlNode(Position Position);

/// <param name="IsPlain">Written without quotes.</param>
internal sealed record YamlScalar(Position Position, string Text, bool IsPlain) : YamlNode(Position)
{
    /// <summary>Nothing was written: an empty value, or ~.</summary>
    public bool IsNothing => IsPlain && Text is "" or "~" or "null";
}

internal sealed record YamlSequence(Position Position, IReadOnlyList<YamlNode> Items) : YamlNode(Position);

internal sealed record YamlMapping(Position Position, IReadOnlyList<(string Key, Position Position, YamlNode Value)> Entries) : YamlNode(Position);
