using System.Net;
using System.Text;

namespace Yueheng.Contracts.Documents;

/// <summary>Text on its way into HTML.</summary>
internal static class Html
{
    /// <summary>
    /// Encoded for element content and quoted attributes. Control characters and those that turn the direction of writing are shown as
    /// U+FFFD: a fact must not be able to rearrange what stands around it.
    /// </summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(IsPlain(text) ? text : Tamed(text));

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
            if (IsWild(c)) return false;
        return true;
    }

    private static string Tamed(string text)
    {
        var tamed = new StringBuilder(text.Length);
        foreach (var c in text) tamed.Append(IsWild(c) ? '\uFFFD' : c);
        return tamed.ToString();
    }

    private static bool IsWild(char c) => c is < ' ' or (>= '\u007f' and <= '\u009f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f';
}
