namespace Yueheng.Terms.Syntax;

/// <summary>Where something stands in the contract's files; the reader fills it in, refusals and traces show it.</summary>
public readonly record struct Position(string File, int Line, int Column)
{
    public static readonly Position Nowhere = new("", 0, 0);
    public override string ToString() => File.Length == 0 ? "" : Line == 0 ? File : $"{File}:{Line}:{Column}";
}

/// <summary>
/// A piece of the contract language as it is written. These types are the language: the reader binds YAML to them,
/// the JSON Schema is generated from them, and sugar is rewritten into the kernel's share of them.
/// A property's key is its name in kebab case.
/// </summary>
public abstract class Syntax
{
    private Dictionary<string, Position>? _places;

    public Position Position { get; set; } = Position.Nowhere;

    /// <summary>Where the text after a key stands: a text has no place of its own, and a message about it should not point at the whole.</summary>
    public Position PlaceOf(string key) => _places?.GetValueOrDefault(key, Position) ?? Position;

    /// <summary>The same, with a place to fall back on.</summary>
    public Position PlaceOf(string key, Position otherwise) => _places?.GetValueOrDefault(key, otherwise) ?? otherwise;

    public void Stands(string key, Position place) => (_places ??= new(StringComparer.Ordinal))[key] = place;
}

/// <summary>What a key or an operation means, in Chinese: the description in the JSON Schema and in messages.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class DocAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>One closed operation of a family (<see cref="Expression"/>): the key that names it in YAML.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OperationAttribute(string key) : Attribute
{
    public string Key { get; } = key;
}

/// <summary>
/// The property that holds what stands directly after the operation's key; the other properties then stand beside the key.
/// An operation without such a property takes all its properties from a map after the key.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OperandAttribute : Attribute;

/// <summary>A list that may also be written as one bare element.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOrManyAttribute : Attribute;

/// <summary>A text that must be one of these words.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordsAttribute(params string[] words) : Attribute
{
    public string[] Words { get; } = words;
}

/// <summary>How a text is spelled that stands for more than itself: the pattern in the JSON Schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SpelledAttribute(Spelling spelling) : Attribute
{
    public Spelling Spelling { get; } = spelling;
}

/// <summary>Forms of text that the language knows beside free text.</summary>
public enum Spelling { Name, Kind, Date, Instant, Number, Span, Weekdays, Shift, Season, Format, Limit }

/// <summary>Properties of which exactly one is written; a derived class may say otherwise.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneAttribute(params string[] properties) : Attribute
{
    public string[] Properties { get; } = properties;
}

/// <summary>Properties of which at most one is written.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AtMostOneAttribute(params string[] properties) : Attribute
{
    public string[] Properties { get; } = properties;
}

/// <summary>Properties of which at least one is written.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AtLeastOneAttribute(params string[] properties) : Attribute
{
    public string[] Properties { get; } = properties;
}

/// <summary>One form that a term can take; no other form and no set stands beside it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormAttribute : Attribute;

/// <summary>Not part of the written language (made by rewriting only).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class UnwrittenAttribute : Attribute;
