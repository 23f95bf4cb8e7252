using System.Text.Json;

namespace Yueheng.Server.Access;

/// <summary>The words that permissions and administrators have on the wire and in the database: <c>read-facts</c>, <c>system-admin</c>.</summary>
public static class Wording
{
    public static string Word<T>(this T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value of that word; null: there is none.</summary>
    public static T? Read<T>(string word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (value.Word() == word) return value;
        return null;
    }

    public static string Title(this Admin admin) => admin switch { Admin.SystemAdmin => "系统管理员", Admin.SecurityAdmin => "安全管理员", _ => "审计管理员" };
}
