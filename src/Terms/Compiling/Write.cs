using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Compiling;

/// <summary>Writes kernel syntax: the vocabulary in which sugar is rewritten.</summary>
internal static class Write
{
    public static Name Name(string text, Position at) => new() { Text = text, Position = at };
    public static Literal Literal(string text, Position at) => new() { Text = text, Position = at };
    public static TextLiteral Text(string text, Position at) => new() { Text = text, Position = at };
    public static SetExpression Set(string name, Position at) => new() { Named = name, Position = at };

    public static Case When(Expression condition, Expression value) => new() { When = condition, Is = value, Position = condition.Position };
    public static Case Otherwise(Expression value) => new() { Otherwise = value, Position = value.Position };
    public static Choose Choose(Position at, params Case?[] cases) => new() { Cases = [.. cases.OfType<Case>()], Position = at };

    public static Comparison Present(Expression of, bool present) => new() { Of = of, Present = present ? "true" : "false", Position = of.Position };
    public static Comparison AtMost(Expression of, Expression bound) => new() { Of = of, AtMost = bound, Position = of.Position };
    public static AllOf All(Position at, params Expression[] parts) => new() { Parts = parts, Position = at };
}
