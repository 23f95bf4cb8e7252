using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>A compiled expression: one closed operation, evaluated in a frame. Pure.</summary>
internal abstract class Formula(Type type)
{
    public Type Type { get; } = type;
    public abstract Value Of(Frame frame);
    public virtual IReadOnlyList<Formula> Parts => [];
}

internal sealed class Constant(Value value, Type type) : Formula(type)
{
    public Value Value => value;
    public override Value Of(Frame frame) => value;
}

internal sealed class AsOfInstant() : Formula(Type.Instant)
{
    public override Value Of(Frame frame) => Value.InstantOf(frame.Moment.AsOf);
}

/// <summary>A column of the row <paramref name="depth"/> frames out.</summary>
internal sealed class ColumnValue(int depth, int column, string name, Type type) : Formula(type)
{
    public int Depth => depth;
    public int Column => column;
    public string Name => name;
    /// <summary>What the contract calls the column, if it says.</summary>
    public string? Label { get; init; }

    public override Value Of(Frame frame)
    {
        if (depth == 0) return frame.Row!.Get(column);
        for (var i = depth; i > 0; i--) frame = frame.Outer!;
        return frame.Row!.Get(column);
    }
}

/// <summary>The value of a term in the frame's moment.</summary>
internal sealed class TermValue(Term term, Type type) : Formula(type)
{
    public Term Term => term;
    public override Value Of(Frame frame) => frame.Moment.ValueOf(term.Index);
}
