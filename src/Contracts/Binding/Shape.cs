using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Binding;

/// <summary>One key of a language type: what the reader binds and the schema describes.</summary>
internal sealed record Key(string Name, PropertyInfo Property, bool IsRequired, bool IsOperand, bool IsOneOrMany, string[]? Words, string Doc);

/// <summary>The keys of a language type, and the operations of the expression family.</summary>
internal sealed class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    public static Shape Of(Type type) => Shapes.GetOrAdd(type, static type => new Shape(type));

    /// <summary>Operations of expressions by their key.</summary>
    public static IReadOnlyDictionary<string, Type> Operations { get; } = typeof(Expression).Assembly.GetTypes()
        .Select(type => (Type: type, type.GetCustomAttribute<OperationAttribute>()?.Key))
        .Where(pair => pair.Key is not null)
        .ToDictionary(pair => pair.Key!, pair => pair.Type, StringComparer.Ordinal);

    public IReadOnlyList<Key> Keys { get; }
    public Key? Operand { get; }
    public IReadOnlyDictionary<string, Key> ByName { get; }

    private Shape(Type type)
    {
        Keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(Syntax.Position) && property.GetCustomAttribute<UnwrittenAttribute>() is null)
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)
            .Select(property => new Key(
                Kebab(property.Name),
                property,
                property.GetCustomAttribute<RequiredMemberAttribute>() is not null,
                property.GetCustomAttribute<OperandAttribute>() is not null,
                property.GetCustomAttribute<OneOrManyAttribute>() is not null,
                property.GetCustomAttribute<WordsAttribute>()?.Words,
                property.GetCustomAttribute<DocAttribute>()?.Text ?? ""))];
        Operand = Keys.FirstOrDefault(key => key.IsOperand);
        ByName = Keys.ToDictionary(key => key.Name, StringComparer.Ordinal);
    }

    // The keys of a derived type come before those it inherits.
    private static int Depth(Type type)
    {
        var depth = 0;
        for (Type? at = type; at is not null; at = at.BaseType) depth--;
        return depth;
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
