using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using System.Text.Json;
using System.Xml;

namespace Yueheng.Ledger.Claims.Workbooks;

/// <summary>Reads the facts of a workbook that was made from the template, row by row, each bad cell by itself.</summary>
public sealed class WorkbookReader
{
    private const int MostColumns = 200;
    private const int LongestCell = 32_767;
    private const long MostCharacters = 50_000_000;

    private readonly string _contract;
    private readonly Dictionary<string, KindSheet> _kinds;
    private readonly List<SheetRow> _rows = [];
    private int _facts;

    private WorkbookReader(string contract, IReadOnlyList<KindSheet> kinds) => (_contract, _kinds) = (contract, kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal));

    /// <summary>Every row that is not blank, in the order of the sheets.</summary>
    /// <param name="contract">The contract's id.</param>
    /// <param name="kinds">The kinds that may be in it.</param>
    /// <param name="file">Can seek.</param>
    /// <exception cref="WorkbookRefusedException">It is no workbook that is read here.</exception>
    public static IReadOnlyList<SheetRow> Read(string contract, IReadOnlyList<KindSheet> kinds, Stream file)
    {
        WorkbookGuard.Check(file);
        var reader = new WorkbookReader(contract, kinds);
        try
        {
            using var document = SpreadsheetDocument.Open(file, false, new OpenSettings { AutoSave = false, MaxCharactersInPart = MostCharacters });
            reader.Read(document.WorkbookPart is { RootElement: Workbook } workbook ? workbook : throw new WorkbookRefusedException("文件中没有工作表，不是 xlsx 工作簿。"));
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or XmlException or InvalidDataException or FormatException or FileFormatException or ArgumentException or InvalidOperationException or UriFormatException or KeyNotFoundException)
        {
            throw new WorkbookRefusedException("文件不是完好的 xlsx 工作簿，请用模板另存后再试。");
        }
        return reader._rows;
    }

    private void Read(WorkbookPart workbook)
    {
        var texts = SharedTexts(workbook.SharedStringTablePart);
        var is1904 = workbook.Workbook.WorkbookProperties?.Date1904?.Value == true;
        foreach (var sheet in workbook.Workbook.Sheets?.Elements<Sheet>() ?? [])
            if (sheet.Id?.Value is { } id && workbook.GetPartById(id) is WorksheetPart part) Read(sheet.Name?.Value ?? "", part, texts, is1904);
    }

    private static List<string> SharedTexts(SharedStringTablePart? part)
    {
        var texts = new List<string>();
        if (part is null) return texts;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement) texts.Add(TextOf((SharedStringItem)reader.LoadCurrentElement()!));
        return texts;
    }

    // Its runs, without the phonetic guides that East Asian programs put beside them.
    private static string TextOf(OpenXmlElement item) =>
        string.Concat(item.Elements().SelectMany(element => element switch { Text text => [text.Text], Run run => run.Elements<Text>().Select(text => text.Text), _ => Array.Empty<string>() }));

    private void Read(string name, WorksheetPart part, List<string> texts, bool is1904)
    {
        KindSheet? kind = null;
        Dictionary<int, SheetColumn> columns = [];
        using var reader = OpenXmlReader.Create(part);
        var number = 0;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement) continue;
            var row = (Row)reader.LoadCurrentElement()!;
            number = row.RowIndex?.Value is { } index ? checked((int)index) : number + 1;
            var cells = Cells(row, texts);
            if (number == 1)
            {
                var word = cells.GetValueOrDefault(0).Text?.Trim() ?? "";
                if (_kinds.TryGetValue(word, out kind)) continue;
                if (word.Contains('.')) Refuse(name, 1, null, $"“{word}”不是本合同可以补录的事实种类。");
                return;
            }
            if (kind is null) return;
            if (number == KindSheet.KeyRow) columns = ColumnsOf(name, kind, cells);
            if (number < KindSheet.FirstRow || cells.Values.All(cell => string.IsNullOrWhiteSpace(cell.Text))) continue;
            if (++_facts > ClaimBook.MostFacts) throw new WorkbookRefusedException($"超过 {ClaimBook.MostFacts} 行，请分批补录。");
            _rows.Add(FactOf(name, number, kind, columns, cells, is1904));
        }
    }

    private void Refuse(string sheet, int row, string? column, string message) => _rows.Add(new(sheet, row, null, [(column, message)]));

    private Dictionary<int, SheetColumn> ColumnsOf(string name, KindSheet kind, IReadOnlyDictionary<int, CellContent> cells)
    {
        var columns = new Dictionary<int, SheetColumn>();
        foreach (var (at, cell) in cells)
        {
            var key = cell.Text?.Trim() ?? "";
            if (key is "") continue;
            if (kind.All.FirstOrDefault(column => column.Key == key) is not { } column) Refuse(name, KindSheet.KeyRow, key, $"{WorkbookTemplate.Letters(at)} 列的“{key}”不是 {kind.Label} 的字段；请用模板的第三行。");
            else if (columns.ContainsValue(column)) Refuse(name, KindSheet.KeyRow, key, $"“{key}”列出现了两次。");
            else columns.Add(at, column);
        }
        return columns;
    }

    private static Dictionary<int, CellContent> Cells(Row row, List<string> texts)
    {
        var cells = new Dictionary<int, CellContent>();
        var at = -1;
        foreach (var cell in row.Elements<Cell>())
        {
            at = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : at + 1;
            if (at is < 0 or >= MostColumns) continue;
            cells[at] = ContentOf(cell, texts);
        }
        return cells;
    }

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var character in reference)
        {
            if (!char.IsAsciiLetter(character) || column > MostColumns) break;
            column = column * 26 + (char.ToUpperInvariant(character) - 'A' + 1);
        }
        return column - 1;
    }

    private static CellContent ContentOf(Cell cell, List<string> texts)
    {
        var raw = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value ?? CellValues.Number;
        if (type == CellValues.SharedString) return new(Bounded(texts[int.Parse(raw, System.Globalization.CultureInfo.InvariantCulture)]), false, false);
        if (type == CellValues.InlineString) return new(Bounded(cell.InlineString is { } inline ? TextOf(inline) : ""), false, false);
        if (type == CellValues.Boolean) return new(raw == "1" ? "是" : "否", false, false);
        if (type == CellValues.Error) return new(raw, false, true);
        return new(Bounded(raw), type == CellValues.Number && raw.Length > 0, false);
    }

    private static string Bounded(string text) => text.Length <= LongestCell ? text : throw new WorkbookRefusedException("有单元格超过 32767 个字，不予读取。");

    private SheetRow FactOf(string sheet, int number, KindSheet kind, Dictionary<int, SheetColumn> columns, Dictionary<int, CellContent> cells, bool is1904)
    {
        var errors = new List<(string?, string)>();
        var values = new List<(string Key, JsonElement Value)>();
        foreach (var (at, column) in columns)
        {
            var cell = cells.GetValueOrDefault(at);
            if (string.IsNullOrWhiteSpace(cell.Text)) continue;
            var (value, fault) = CellValue.Of(column, cell, is1904);
            if (fault is not null) errors.Add((column.Label, fault));
            else values.Add((column.Key, value));
        }
        foreach (var (at, cell) in cells)
            if (!columns.ContainsKey(at) && !string.IsNullOrWhiteSpace(cell.Text)) errors.Add((WorkbookTemplate.Letters(at), "这一列没有字段名（第三行），不知是什么。"));
        foreach (var column in kind.All)
            if (column.IsRequired && values.All(value => value.Key != column.Key) && errors.All(error => error.Item1 != column.Label)) errors.Add((column.Label, "必填。"));
        return new(sheet, number, errors.Count > 0 ? null : WorkbookFact.Of(_contract, kind, values), errors);
    }
}

/// <summary>What stands in a cell.</summary>
/// <param name="IsNumber">Not typed as a text: a date, too, is a number then.</param>
/// <param name="IsError">A formula that came to nothing.</param>
internal readonly record struct CellContent(string? Text, bool IsNumber, bool IsError);
