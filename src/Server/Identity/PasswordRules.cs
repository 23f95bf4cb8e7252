namespace Yueheng.Server.Identity;

/// <summary>What a password must be: long, of several kinds of characters, not the login, none of those that everybody tries first.</summary>
internal static class PasswordRules
{
    private const int Shortest = 10, Longest = 200, LeastKinds = 3;
    private static readonly string[] Common = ["password", "passw0rd", "p@ssw0rd", "12345", "qwerty", "admin", "yueheng", "abc123", "111111", "123123", "woaini", "5201314"];

    /// <summary>Why it will not do; null: it will.</summary>
    public static string? Refuse(string password, string login)
    {
        if (password.Length < Shortest) return $"口令至少 {Shortest} 个字符。";
        if (password.Length > Longest) return $"口令至多 {Longest} 个字符。";
        var kinds = (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsLower) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0) + (password.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0)
            + (password.Any(c => char.IsLetter(c) && !char.IsUpper(c) && !char.IsLower(c)) ? 1 : 0);
        if (kinds < LeastKinds) return $"口令须含大写字母、小写字母、数字、符号中的至少 {LeastKinds} 种。";
        var lower = password.ToLowerInvariant();
        if (lower.Contains(login, StringComparison.Ordinal)) return "口令不能包含登录名。";
        // What is left beside the common word must be a password itself.
        foreach (var word in Common)
            if (lower.Contains(word, StringComparison.Ordinal) && lower.Length - word.Length < Shortest - 2) return "口令过于常见，容易被猜到。";
        return password.Distinct().Count() < 5 ? "口令的字符重复过多。" : null;
    }

    // No characters that look like another, since somebody copies it from paper.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz", Capitals = "ABCDEFGHJKMNPQRSTUVWXYZ", Digits = "23456789";

    /// <summary>An initial password, to be changed at once.</summary>
    public static string Make()
    {
        var random = System.Security.Cryptography.RandomNumberGenerator.GetString(Letters + Capitals + Digits, 12);
        string One(string of) => System.Security.Cryptography.RandomNumberGenerator.GetString(of, 1);
        return $"{One(Capitals)}{random[..4]}-{random[4..8]}-{random[8..]}{One(Letters)}{One(Digits)}";
    }
}
