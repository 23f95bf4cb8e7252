using System.Text;

namespace Yueheng.Facts.Reading;

/// <summary>Why a line is probably no JSON, for the person who typed it: a guess from the characters around the place where reading broke off.</summary>
internal static class BrokenJson
{
    /// <summary>“：…” or nothing; what to write instead.</summary>
    public static string Cause(ReadOnlySpan<byte> line, int place)
    {
        var trimmed = line.TrimEnd(" \t\r"u8);
        if (place >= trimmed.Length) return "：这一行没有写完，缺少引号或右括号；一个事实须写在一行之内";
        if (Rune.DecodeFromUtf8(line[place..], out var at, out _) != System.Buffers.OperationStatus.Done) return "";
        var before = PlaceBefore(line, place);
        switch (at.Value)
        {
            case '\'': return "：用英文双引号 \"，不用单引号";
            case '“' or '”' or '＂' or '‘' or '’': return $"：“{at}”是中文引号，改用英文双引号 \"";
            case '：': return "：“：”是全角冒号，改用半角 :";
            case '，' or '、': return $"：“{at}”是全角标点，改用半角逗号 ,";
            case '｛' or '｝' or '【' or '】' or '［' or '］': return $"：“{at}”是全角括号，改用半角的 {{ }} 或 [ ]";
            case '}' or ']' when before >= 0 && line[before] == ',': return "：最后一项之后多了一个逗号，删去";
            case '/' or '#': return "：JSON 没有注释，删去";
            case '\t': return "：文字中的制表符写作 \\t";
            case '"': return "：前一项之后缺少逗号，或文字中的双引号没有写作 \\\"";
        }
        if (before >= 0 && line[before] == ',' && IsDigit(at.Value) && PlaceBefore(line, before) is >= 0 and var earlier && IsDigit(line[earlier])) return "：数不写千分位逗号，12,000.00 写作 12000.00";
        if (place > 0 && IsDigit(line[place - 1]) && !at.IsAscii) return "：数之后不写单位，12万元写作 120000";
        if (place > 0 && line[place - 1] == '0' && IsDigit(at.Value)) return "：数的前面不补零";
        if (place > 0 && IsDigit(line[place - 1]) && at.Value == '%') return "：JSON 的数没有百分号，80% 写作 0.8";
        if (place > 0 && IsDigit(line[place - 1]) && at.Value is '-' or ':') return "：日期和时刻须写在双引号之内";
        if (place > 0 && line[place - 1] == '"' && Rune.IsLetter(at)) return "：文字中的双引号写作 \\\"，或改用中文引号";
        if (at.Value == '{') return "：一行只写一个事实，换行之后再写下一个";
        return at.IsAscii && (Rune.IsLetter(at) || at.Value is '+' or '.') || !at.IsAscii ? "：文字须写在英文双引号之内；数只写数字和小数点，是否写 true、false" : "";
    }

    private static int PlaceBefore(ReadOnlySpan<byte> line, int place)
    {
        for (place--; place >= 0 && line[place] is (byte)' ' or (byte)'\t'; place--) { }
        return place;
    }

    private static bool IsDigit(int value) => value is >= '0' and <= '9';
}
