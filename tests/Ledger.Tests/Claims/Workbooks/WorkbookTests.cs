using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Yueheng.Facts;
using Yueheng.Ledger.Claims.Workbooks;

namespace Yueheng.Ledger.Tests.Claims.Workbooks;

public class WorkbookTests
{
    private static readonly KindSheet Incidents = new("incident.reported", "事件报告",
    [
        new("severity", "严重程度", FieldType.Text, true, [("urgent", "紧急"), ("general", "一般")]),
        new("in_scope", "是否在服务范围之内", FieldType.YesNo, false, []),
    ]);

    private static readonly KindSheet Payments = new("payment.made", "付款：首期/末期",
    [
        new("amount", "金额（元）", FieldType.Amount, true, []),
        new("count", "次数", FieldType.Whole, false, []),
        new("date", "日期", FieldType.Date, false, []),
        new("from", "起", FieldType.From, false, []),
        new("to", "止", FieldType.Until, false, []),
    ]);

    private static readonly IReadOnlyList<KindSheet> Kinds = [Incidents, Payments];

    private static MemoryStream Template()
    {
        var file = new MemoryStream();
        WorkbookTemplate.Write(Kinds, file);
        return file;
    }

    public enum As { Text, Number, Shared, Yes, Error }

    /// <summary>The template with these rows on a sheet, from row 5 on; a cell is where it stands, its text and how it is written.</summary>
    private static MemoryStream Filled(int sheet, params (string Column, string Text, As As)[][] rows)
    {
        var file = Template();
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            var workbook = document.WorkbookPart!;
            var part = (WorksheetPart)workbook.GetPartById(workbook.Workbook.Sheets!.Elements<Sheet>().ElementAt(sheet).Id!);
            var shared = workbook.AddNewPart<SharedStringTablePart>();
            shared.SharedStringTable = new SharedStringTable();
            var data = part.Worksheet.GetFirstChild<SheetData>()!;
            for (var at = 0; at < rows.Length; at++)
            {
                var row = new Row { RowIndex = (uint)(5 + at) };
                foreach (var (column, text, kind) in rows[at])
                {
                    var cell = new Cell { CellReference = $"{column}{5 + at}" };
                    switch (kind)
                    {
                        case As.Text:
                            cell.DataType = CellValues.InlineString;
                            cell.InlineString = new InlineString(new Text(text));
                            break;
                        case As.Shared:
                            cell.DataType = CellValues.SharedString;
                            cell.CellValue = new DocumentFormat.OpenXml.Spreadsheet.CellValue(shared.SharedStringTable.ChildElements.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                            // Typed in two styles, and with a reading aid beside it.
                            shared.SharedStringTable.AppendChild(new SharedStringItem(new Run(new Text(text[..1])), new Run(new Text(text[1..])), new PhoneticRun(new Text("guide")) { BaseTextStartIndex = 0, EndingBaseIndex = 1 }));
                            break;
                        default:
                            cell.DataType = kind == As.Yes ? CellValues.Boolean : kind == As.Error ? CellValues.Error : null;
                            cell.CellValue = new DocumentFormat.OpenXml.Spreadsheet.CellValue(text);
                            break;
                    }
                    row.AppendChild(cell);
                }
                data.AppendChild(row);
            }
            document.Save();
        }
        return file;
    }

    private static (string, string, As)[] Incident(string at = "2025-03-01 09:30", string subject = "INC-1", string severity = "紧急") => [("A", at, As.Text), ("B", subject, As.Text), ("D", severity, As.Text)];

    private static IReadOnlyList<SheetRow> Read(MemoryStream file) => WorkbookReader.Read("sample", Kinds, file);

    private static JsonElement Fact(SheetRow row)
    {
        row.Errors.ShouldBeEmpty();
        return JsonDocument.Parse(row.Fact.ShouldNotBeNull()).RootElement;
    }

    [Fact]
    public void The_template_is_a_sound_workbook_with_a_sheet_a_kind()
    {
        using var document = SpreadsheetDocument.Open(Template(), false);
        new OpenXmlValidator().Validate(document).Select(fault => $"{fault.Part?.Uri} {fault.Description}").ShouldBeEmpty();
        document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value).ShouldBe(["说明", "事件报告", "付款：首期末期"]);
    }

    [Fact]
    public void Empty_it_holds_no_fact() => Read(Template()).ShouldBeEmpty();

    [Fact]
    public void A_row_is_a_fact()
    {
        var row = Read(Filled(1, [("A", "2025-03-01 09:30", As.Text), ("B", "INC-1", As.Shared), ("C", "f-1", As.Text), ("D", "紧急", As.Shared), ("E", "0", As.Yes)])).ShouldHaveSingleItem();
        (row.Sheet, row.Row).ShouldBe(("事件报告", 5));
        Fact(row).GetRawText().ShouldBe("""{"id":"f-1","contract":"sample","kind":"incident.reported","at":"2025-03-01T09:30:00+08:00","subject":"INC-1","data":{"severity":"urgent","in_scope":false}}""");
    }

    [Fact]
    public void The_same_row_again_is_the_same_fact_and_another_is_another()
    {
        var rows = Read(Filled(1, Incident(), [], Incident(at: "2025/3/1 9:30"), Incident(severity: "一般")));
        rows.Select(row => row.Row).ShouldBe([5, 7, 8]);
        var ids = rows.Select(row => Fact(row).GetProperty("id").GetString()!).ToArray();
        ids[0].ShouldMatch("^late-[0-9a-f]{16}$");
        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldNotBe(ids[0]);
    }

    [Theory]
    [InlineData("2025年3月1日 9:30", As.Text)]
    [InlineData("2025-03-01T09:30:00+08:00", As.Text)]
    [InlineData("2025-03-01T01:30:00Z", As.Text)]
    [InlineData("45717.3958333333", As.Number)]
    [InlineData("4.57173958333333E4", As.Number)]
    public void Instants_are_read_as_people_and_programs_write_them(string text, As how)
    {
        var fact = Fact(Read(Filled(1, [("A", text, how), ("B", "INC-1", As.Text), ("D", "紧急", As.Text)])).ShouldHaveSingleItem());
        IsoTime.Parse(fact.GetProperty("at").GetString()!).ShouldBe(IsoTime.Parse("2025-03-01T09:30:00+08:00"));
    }

    [Fact]
    public void Numbers_and_dates_are_read_exactly()
    {
        var fact = Fact(Read(Filled(2, [("A", "2025-03-01 09:30", As.Text), ("B", "2025", As.Number), ("D", "1,234.50", As.Text), ("E", "3", As.Number), ("F", "45717", As.Number), ("G", "2025.3.1", As.Text), ("H", "45717.5", As.Number)])).ShouldHaveSingleItem());
        fact.GetProperty("subject").GetString().ShouldBe("2025");
        fact.GetProperty("data").GetRawText().ShouldBe("""{"amount":1234.50,"count":3,"date":"2025-03-01","from":"2025-03-01","to":"2025-03-01T12:00:00+08:00"}""");
    }

    [Theory]
    [InlineData("D", "万分之一些", As.Text, "金额（元）")]
    [InlineData("D", "#DIV/0!", As.Error, "金额（元）")]
    [InlineData("E", "1.5", As.Number, "次数")]
    [InlineData("F", "2025-02-30", As.Text, "日期")]
    [InlineData("F", "45717.5", As.Number, "日期")]
    [InlineData("A", "昨天", As.Text, "发生时间")]
    [InlineData("A", "12", As.Number, "发生时间")]
    [InlineData("J", "多出来的", As.Text, "J")]
    public void A_bad_cell_is_named(string column, string text, As how, string heading)
    {
        var cells = new List<(string Column, string Text, As As)> { ("A", "2025-03-01 09:30", As.Text), ("B", "P-1", As.Text), ("D", "1", As.Number) };
        cells.RemoveAll(cell => cell.Column == column);
        var row = Read(Filled(2, [.. cells.Append((Column: column, text, how)).OrderBy(cell => cell.Item1, StringComparer.Ordinal)])).ShouldHaveSingleItem();
        row.Fact.ShouldBeNull();
        row.Errors.ShouldHaveSingleItem().Column.ShouldBe(heading);
    }

    [Fact]
    public void What_must_be_there_and_is_not_is_named()
    {
        Read(Filled(1, [("D", "紧急", As.Text)])).ShouldHaveSingleItem().Errors.Select(error => error.Column).ShouldBe(["发生时间", "对象"]);
    }

    [Fact]
    public void Rows_without_number_and_cells_without_reference_follow_each_other()
    {
        var file = Filled(1, Incident());
        Rewrite(file, "xl/worksheets/", xml => xml.Contains("incident.reported") ? xml.Replace(" r=\"5\"", "").Replace(" r=\"A5\"", "").Replace(" r=\"B5\"", "") : xml);
        Fact(Read(file).ShouldHaveSingleItem()).GetProperty("subject").GetString().ShouldBe("INC-1");
    }

    [Fact]
    public void Workbooks_that_count_from_1904_are_read_by_their_own_count()
    {
        var file = Filled(1, [("A", "44255.3958333333", As.Number), ("B", "INC-1", As.Text), ("D", "紧急", As.Text)]);
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            document.WorkbookPart!.Workbook.InsertAt(new WorkbookProperties { Date1904 = true }, 0);
            document.Save();
        }
        Fact(Read(file).ShouldHaveSingleItem()).GetProperty("at").GetString().ShouldBe("2025-03-01T09:30:00+08:00");
    }

    [Fact]
    public void A_sheet_of_another_kind_and_a_column_of_no_field_are_named()
    {
        Read(Renamed("incident.reported", "incident.forgotten")).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem().Message.ShouldContain("incident.forgotten");
        Read(Renamed(">severity<", ">weight<")).SelectMany(row => row.Errors).ShouldContain(error => error.Column == "weight");

        MemoryStream Renamed(string was, string now)
        {
            var file = Filled(1, Incident());
            Rewrite(file, "xl/worksheets/", xml => xml.Replace(was, now, StringComparison.Ordinal));
            return file;
        }
    }

    private static void Rewrite(MemoryStream file, string where, Func<string, string> change)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith(where, StringComparison.Ordinal)).ToArray())
        {
            string text;
            using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
            using var content = entry.Open();
            content.SetLength(0);
            content.Write(Encoding.UTF8.GetBytes(change(text)));
        }
    }

    private static void Add(MemoryStream file, string name, Action<Stream> write)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true);
        using var content = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        write(content);
    }

    private static void Refused(MemoryStream file, string why) => Should.Throw<WorkbookRefusedException>(() => Read(file)).Message.ShouldContain(why);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("PK\u0003\u0004 no more")]
    public void What_is_no_workbook_is_refused(string content) => Refused(new MemoryStream(Encoding.UTF8.GetBytes(content)), "xlsx");

    [Fact]
    public void A_zip_that_is_no_workbook_is_refused()
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("readme.txt");
        Refused(file, "xlsx");
    }

    [Fact]
    public void A_file_that_unpacks_to_no_end_is_refused()
    {
        var file = Template();
        Add(file, "xl/media/bomb.bin", content =>
        {
            var nothing = new byte[1 << 20];
            for (var number = 0; number < 150; number++) content.Write(nothing);
        });
        file.Length.ShouldBeLessThan(1 << 20);
        Refused(file, "展开");
    }

    [Fact]
    public void A_file_too_large_is_refused_unread() => Refused(new MemoryStream(new byte[(20 << 20) + 1]), "20 MB");

    [Fact]
    public void Programs_and_other_files_are_refused()
    {
        var (macro, outside) = (Template(), Template());
        Add(macro, "xl/vbaProject.bin", content => content.Write("x"u8));
        Refused(macro, "宏");
        Add(outside, "xl/externalLinks/externalLink1.xml", content => content.Write("<x/>"u8));
        Refused(outside, "引用");
    }

    [Fact]
    public void Entities_are_not_expanded()
    {
        var file = Filled(1, Incident());
        Rewrite(file, "xl/worksheets/", xml => "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + xml.Replace("INC-1", "&b;", StringComparison.Ordinal)[(xml.IndexOf("?>", StringComparison.Ordinal) + 2)..]);
        Refused(file, "xlsx");
    }

    [Fact]
    public void Broken_insides_are_refused_and_not_thrown_about()
    {
        string[] broken = ["<", "<worksheet/>", "", "<sst count='-1'/>", "<x:y xmlns:x='urn:z'/>"];
        foreach (var part in (string[])["xl/worksheets/", "xl/workbook.xml", "xl/_rels/", "[Content_Types].xml", "_rels/"])
            foreach (var content in broken)
            {
                var file = Filled(1, Incident());
                Rewrite(file, part, _ => content);
                try
                {
                    Read(file).ShouldAllBe(row => row.Fact == null || row.Errors.Count == 0);
                }
                catch (WorkbookRefusedException refused)
                {
                    refused.Message.ShouldNotBeEmpty();
                }
            }
    }
}
