using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using System.Globalization;
using Yueheng.Facts;

namespace Yueheng.Ledger.Claims.Workbooks;

/// <summary>An empty workbook for facts, a sheet a kind, with headings and notes in Chinese and the words in use to choose from.</summary>
public static class WorkbookTemplate
{
    // Styles by their place in the sheet of styles.
    private const uint Plain = 0, Heading = 1, Key = 2, Note = 3, AsText = 4;
    private const int RowsWithChoice = 5000;
    private const int LongestChoice = 255;

    private static readonly string[] Instructions =
    [
        "补录填写说明",
        "1. 每个工作表对应一种事实，每行一个事实，从第 5 行起填写；前四行不要改动，列可以移动或删除。",
        "2. 带 * 的列必填。发生时间按北京时间填写，如 2025-03-01 09:30。",
        "3. 编号可以不填，由内容生成；内容完全相同的两行视为同一个事实，只能填一行。",
        "4. 人员一律用代号，不要填写姓名、电话、身份证号。",
        "5. 先作试填检查，改正所列错误，再连同理由和证据提出补录申请；对方同意后整批记入账本。",
    ];

    /// <summary>Writes the workbook.</summary>
    /// <param name="output">Can seek.</param>
    public static void Write(IReadOnlyList<KindSheet> kinds, Stream output)
    {
        using var document = SpreadsheetDocument.Create(output, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.Workbook = new Workbook();
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        var sheets = workbook.Workbook.AppendChild(new Sheets());
        Add(workbook, sheets, "说明", SheetOfInstructions());
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "说明" };
        foreach (var kind in kinds) Add(workbook, sheets, NameOf(kind, names), SheetOf(kind));
        workbook.Workbook.Save();
    }

    private static void Add(WorkbookPart workbook, Sheets sheets, string name, Worksheet worksheet)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        part.Worksheet = worksheet;
        sheets.AppendChild(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }

    // What such programs take as the name of a sheet: 31 characters, some not, no two alike.
    private static string NameOf(KindSheet kind, HashSet<string> taken)
    {
        const int longest = 31;
        var name = new string([.. kind.Label.Where(character => !@"[]:*?/\'".Contains(character))]);
        if (name.Length > longest) name = name[..longest];
        var candidate = name is "" ? "表" : name;
        for (var number = 2; !taken.Add(candidate); number++)
        {
            var end = number.ToString(CultureInfo.InvariantCulture);
            candidate = name[..Math.Min(name.Length, longest - end.Length)] + end;
        }
        return candidate;
    }

    private static Worksheet SheetOfInstructions() =>
        new(new Columns(new Column { Min = 1, Max = 1, Width = 100, CustomWidth = true }), new SheetData(Instructions.Select((line, at) => RowOf(at + 1, [(line, at == 0 ? Heading : Plain)]))));

    private static Worksheet SheetOf(KindSheet kind)
    {
        SheetColumn[] columns = [.. kind.All];
        var worksheet = new Worksheet(
            new SheetViews(new SheetView(new Pane { VerticalSplit = KindSheet.FirstRow - 1, TopLeftCell = $"A{KindSheet.FirstRow}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }),
            new Columns(new Column { Min = 1, Max = (uint)columns.Length, Width = 24, CustomWidth = true, Style = AsText }),
            new SheetData(
                RowOf(1, [(kind.Kind, Key), (kind.Label, Heading)]),
                RowOf(2, columns.Select(column => (column.Heading, Heading))),
                RowOf(KindSheet.KeyRow, columns.Select(column => (column.Key, Key))),
                RowOf(KindSheet.FirstRow - 1, columns.Select(column => (column.Note, Note)))));
        var choices = columns.Select((column, at) => Choice(column, at)).OfType<DataValidation>().ToArray();
        if (choices.Length > 0) worksheet.AppendChild(new DataValidations(choices) { Count = (uint)choices.Length });
        return worksheet;
    }

    private static DataValidation? Choice(SheetColumn column, int at)
    {
        string[] words = column.Type == FieldType.YesNo ? ["是", "否"] : [.. column.Words.Select(word => word.Label)];
        var list = string.Join(',', words);
        // A list within a cell is short, and a comma or a quotation mark would cut it.
        if (words.Length == 0 || list.Length > LongestChoice || words.Any(word => word.Contains(',') || word.Contains('"'))) return null;
        var letter = Letters(at);
        return new DataValidation(new Formula1($"\"{list}\""))
        {
            Type = DataValidationValues.List,
            AllowBlank = true,
            // Words of its own are the contract's to know: they are not forbidden here.
            ShowErrorMessage = false,
            SequenceOfReferences = new ListValue<StringValue> { InnerText = $"{letter}{KindSheet.FirstRow}:{letter}{KindSheet.FirstRow + RowsWithChoice}" },
        };
    }

    private static Row RowOf(int number, IEnumerable<(string Text, uint Style)> cells) =>
        new(cells.Select((cell, at) => new Cell(new InlineString(new Text(cell.Text) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = Letters(at) + number.ToString(CultureInfo.InvariantCulture),
            DataType = CellValues.InlineString,
            StyleIndex = cell.Style,
        })) { RowIndex = (uint)number };

    internal static string Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + (rest - 1) % 26) + letters;
        return letters;
    }

    private static Stylesheet Styles()
    {
        const uint text = 49;       // "@": what is typed stays as it is
        return new(
            new Fonts(new Font(), new Font(new Bold()), new Font(new Color { Rgb = "FF808080" })),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = 1, ApplyFont = true },
                new CellFormat { FontId = 2, ApplyFont = true },
                new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FontId = 2, ApplyFont = true, ApplyAlignment = true },
                new CellFormat { NumberFormatId = text, ApplyNumberFormat = true }));
    }
}
