using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// Looks for what identifies a person in a text that is about to be recorded: identity numbers (GB 11643-1999, and the older form of
/// fifteen digits), mobile and land-line telephones, bank cards. Persons appear in a ledger as pseudonymous ids only, since nothing can
/// be taken out of it again. It guards against oversight, not against somebody who wants to hide a number.
/// </summary>
/// <example><c>Screening.Problems("请联系 138-0000-0000")</c> says that it holds a mobile telephone.</example>
public static partial class Screening
{
    /// <summary>One sentence in Chinese for each number found, in the order of the text, the number masked; empty: nothing found.</summary>
    public static IReadOnlyList<string> Problems(string text)
    {
        if (!text.Any(char.IsDigit)) return [];
        var plain = Opaque().Replace(Plain(text), "\n");
        var found = new List<(int At, string Problem)>();
        var taken = new List<(int From, int To)>();
        Look(Identity(), IsIdentity, "身份证号");
        Look(OldIdentity(), IsOldIdentity, "身份证号（十五位）");
        Look(Card(), IsCard, "银行卡号");
        Look(Mobile(), _ => true, "手机号码");
        Look(LandLine(), _ => true, "电话号码");
        Look(NamedLandLine(), _ => true, "电话号码");
        return [.. found.OrderBy(problem => problem.At).Select(problem => problem.Problem).Distinct()];

        void Look(Regex pattern, Func<string, bool> isOne, string what)
        {
            foreach (Match match in pattern.Matches(plain))
            {
                var number = match.Groups["n"];
                if (taken.Any(other => number.Index < other.To && other.From < number.Index + number.Length)) continue;
                var digits = string.Concat(number.Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
                if (!isOne(digits)) continue;
                taken.Add((number.Index, number.Index + number.Length));
                found.Add((number.Index, $"含有{what}（{Masked(digits)}）：人员请用代号，号码不要写入账本。"));
            }
        }
    }

    private static string Masked(string digits) => digits[..3] + new string('*', digits.Length - 5) + digits[^2..];

    // Full-width digits, letters and signs as their plain ones; every blank as one kind; characters that do not show, gone.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
            if (character is >= '\uFF01' and <= '\uFF5E') plain.Append((char)(character - 0xFEE0));
            else if (char.GetUnicodeCategory(character) is UnicodeCategory.SpaceSeparator or UnicodeCategory.Control && character is not ('\n' or '\r')) plain.Append(' ');
            else if (char.GetUnicodeCategory(character) is UnicodeCategory.DashPunctuation) plain.Append('-');
            else if (char.GetUnicodeCategory(character) is not UnicodeCategory.Format) plain.Append(character);
        return plain.ToString();
    }

    private static bool IsIdentity(string digits)
    {
        ReadOnlySpan<byte> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var at = 0; at < 17; at++) sum += (digits[at] - '0') * weights[at];
        return digits[17] == "10X98765432"[sum % 11] && IsDay(digits.AsSpan(6, 8));
    }

    private static bool IsOldIdentity(string digits) => IsDay("19" + digits.Substring(6, 6));

    private static bool IsDay(ReadOnlySpan<char> digits) =>
        DateTime.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsCard(string digits)
    {
        if (digits[0] is '4' or '5' && digits.Length != 16) return false;
        // A run of one digit or two passes the check and is a filler.
        if (digits.Distinct().Count() <= 2) return false;
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = digits[^(at + 1)] - '0';
            if (at % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    // What is certainly no number of a person and may look like one in its parts: UUIDs, hashes, instants of ISO 8601, IP addresses, links' paths of digits and letters.
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32,}|[0-9]{4}-[0-9][0-9]-[0-9][0-9](?:[T ][0-9][0-9]:[0-9][0-9](?::[0-9][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?)?|[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Opaque();

    // Province, city, county; day of birth; serial; check digit. Parts may stand apart.
    [GeneratedRegex(@"(?<![0-9A-Za-z]|[0-9][.,])(?<n>(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{4}[ -]?(?:18|19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12][0-9]|3[01])[ -]?[0-9]{3}[ -]?[0-9Xx])(?![0-9A-Za-z]|[.,][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Identity();

    // Given out until 1999, to people born in that century; a county is numbered from 01.
    [GeneratedRegex(@"(?<![0-9A-Za-z]|[0-9][.,-])(?<n>(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])(?:0[1-9]|[1-3][0-9]|90)(?:0[1-9]|[1-8][0-9])(?:[2-9][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3})(?![0-9A-Za-z]|[.,-][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex OldIdentity();

    // The leading digits that issuers here use, in one run or in groups of four.
    [GeneratedRegex(@"(?<![0-9A-Za-z]|[0-9][ .,-])(?<n>(?:62|60|6[89]|9[04-6]|4[0-9]|5[1-5])[0-9][0-9](?:[0-9]{12,15}|(?<gap>[ -])[0-9]{4}(?:\k<gap>[0-9]{4}){2}(?:\k<gap>[0-9]{1,3})?|[ -][0-9]{12,15}))(?![0-9A-Za-z]|[ .,-][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Card();

    private const string Counted = "元|万|亿|字节|[KMGTkmgt]?i?B(?![A-Za-z])|bytes|[次条个行秒]|毫秒|ms";

    [GeneratedRegex(@"(?:(?<![0-9A-Za-z]|[0-9][.,]|[¥￥$])|(?<=(?:tel|phone|mobile|cell|mob)))(?:\(?(?:\+|00)?86\)?[ -]?)?(?<n>1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -]?[0-9]{4}|[ -][0-9]{8}|[0-9]{4}[ -][0-9]{4}|[0-9][ -][0-9]{4}[ -][0-9]{3}|[ -][0-9]{3}[ -][0-9]{5}))(?![0-9A-Za-z]|[.,][0-9]|[ ]*(?:" + Counted + "))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Mobile();

    // An area code, and a local number: none begins with 0, 1 or 9.
    [GeneratedRegex(@"(?<![0-9A-Za-z]|[0-9][ .,:-]|[¥￥$])(?:\(?(?:\+|00)86\)?[ -]?\(?(?<n>0?(?:10|2[0-9])\)?[ -]?[2-8][0-9]{3}[ -]?[0-9]{4}|0?[3-9][0-9]{2}\)?[ -]?[2-8][0-9]{2,3}[ -]?[0-9]{4})|\(?(?<n>0(?:10|2[0-9])\)?[ -]?[2-8][0-9]{3}[ -]?[0-9]{4}|0[3-9][0-9]{2}\)?[ -]?[2-8][0-9]{2,3}[ -]?[0-9]{4}))(?![0-9A-Za-z]|[.,][0-9]|[ ]*(?:" + Counted + "))", RegexOptions.CultureInvariant)]
    private static partial Regex LandLine();

    // Without an area code a number is known by the word before it.
    [GeneratedRegex(@"(?:电话|座机|固话|(?<![A-Za-z])tel)(?:号码)?[ ]*[:：是为][ ]*(?<n>[2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9A-Za-z]|[.,][0-9]|[ ]*(?:" + Counted + "))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamedLandLine();
}
