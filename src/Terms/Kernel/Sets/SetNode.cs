using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>A compiled set: one closed operation that makes rows in a moment.</summary>
internal abstract class SetNode(Columns columns)
{
    public Columns Columns { get; } = columns;
    public abstract Row[] Rows(Moment moment);

    /// <summary>The sets this one is made from, and what it asks of their rows: for traces.</summary>
    public virtual IReadOnlyList<SetNode> Inputs => [];

    /// <summary>The formula behind one of the columns this node adds, if there is one.</summary>
    public virtual Formula? FormulaOf(int column) => null;

    /// <summary>The members of the group a row stands for, seen through later columns.</summary>
    /// <summary>No contract needs more rows of one set; one that asks for them was written wrong.</summary>
    protected static void CheckSize(List<Row> rows)
    {
        if (rows.Count > MostRows) throw new CannotJudgeException($"一个集合超过 {MostRows} 行，无法评判");
    }

    private const int MostRows = 5_000_000;

    protected static IReadOnlyList<Row>? MembersOf(Row row)
    {
        while (row is ExtendedRow extended) row = extended.Parent;
        return row is GroupRow group ? group.Members : null;
    }
}

internal sealed class TermRows(Term term, Columns columns) : SetNode(columns)
{
    public Term Term => term;
    public override Row[] Rows(Moment moment) => moment.RowsOf(term.Index);
}
