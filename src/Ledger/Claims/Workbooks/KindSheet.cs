using Yueheng.Facts;

namespace Yueheng.Ledger.Claims.Workbooks;

/// <summary>The sheet of a workbook that holds facts of one kind, a row each.</summary>
/// <param name="Label">What people call the kind.</param>
/// <param name="Columns">The fields inside <c>data</c>; id, instant and subject stand before them on every sheet.</param>
public sealed record KindSheet(string Kind, string Label, IReadOnlyList<SheetColumn> Columns)
{
    internal const string Id = "id";
    internal const string At = "at";
    internal const string Subject = "subject";

    /// <summary>In row 1 the kind, in row 2 what people read, in row 3 the keys, in row 4 how to fill the cells in; facts from row 5 on.</summary>
    internal const int KeyRow = 3;
    internal const int FirstRow = 5;

    internal static readonly IReadOnlyList<SheetColumn> Envelope =
    [
        new(At, "发生时间", FieldType.Instant, true, []),
        new(Subject, "对象", FieldType.Text, true, []),
        new(Id, "编号", FieldType.Text, false, []),
    ];

    internal IEnumerable<SheetColumn> All => Envelope.Concat(Columns);

    /// <summary>What people read above the column of a key; null: there is none.</summary>
    public string? LabelOf(string key) => All.FirstOrDefault(column => column.Key == key)?.Label;
}

/// <summary>A column.</summary>
/// <param name="Key">The field's name; stands in the third row, by which the column is known wherever it is moved.</param>
/// <param name="Words">Those in use, each with what people read; a cell may say either.</param>
public sealed record SheetColumn(string Key, string Label, FieldType Type, bool IsRequired, IReadOnlyList<(string Word, string Label)> Words)
{
    internal string Heading => IsRequired ? Label + " *" : Label;

    internal string Note => (Key, Type) switch
    {
        (KindSheet.Id, _) => "可空：由内容生成",
        (KindSheet.Subject, _) => "如事件编号；同一事情用同一个",
        _ when Words.Count > 0 => string.Join("、", Words.Select(word => word.Label == word.Word ? word.Word : $"{word.Label}（{word.Word}）").Take(12)),
        (_, FieldType.YesNo) => "是 或 否",
        (_, FieldType.Number) => "数",
        (_, FieldType.Whole) => "整数",
        (_, FieldType.Amount) => "元，如 1234.50",
        (_, FieldType.Date) => "2025-03-01",
        (_, FieldType.Instant) => "2025-03-01 09:30，北京时间",
        (_, FieldType.From or FieldType.Until) => "2025-03-01 或 2025-03-01 09:30",
        _ => "文本",
    };
}

/// <summary>A row of a workbook: a fact, or why it is none.</summary>
/// <param name="Row">As the program that shows the workbook numbers it.</param>
/// <param name="Fact">As one line of JSON; null: it could not be made.</param>
/// <param name="Errors">With the column's heading; null: of the whole row.</param>
public sealed record SheetRow(string Sheet, int Row, byte[]? Fact, IReadOnlyList<(string? Column, string Message)> Errors);

/// <summary>The file is no workbook that is read here. The message says why, in Chinese.</summary>
public sealed class WorkbookRefusedException(string message) : Exception(message);
