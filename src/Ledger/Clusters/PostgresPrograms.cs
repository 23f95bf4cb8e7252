using System.Globalization;

namespace Yueheng.Ledger.Clusters;

/// <summary>Where the programs of PostgreSQL lie on this machine.</summary>
internal static class PostgresPrograms
{
    private const int OldestVersion = 15;

    // Debian, then Red Hat and its kin: a folder a major version, off the path.
    private static readonly (string Folder, string Prefix)[] Known = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>.</summary>
    /// <param name="version">The major version that must be used, since the data was made by it; null: the newest.</param>
    /// <exception cref="ClusterRefusedException">There is none.</exception>
    public static string Find(int? version)
    {
        var found = (from known in Known
                     where Directory.Exists(known.Folder)
                     from folder in Directory.EnumerateDirectories(known.Folder, known.Prefix + "*")
                     let name = Path.GetFileName(folder)[known.Prefix.Length..]
                     where int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                     let number = int.Parse(name, CultureInfo.InvariantCulture)
                     let programs = Path.Combine(folder, "bin")
                     where number >= OldestVersion && (version is null || number == version) && File.Exists(Path.Combine(programs, "postgres")) && File.Exists(Path.Combine(programs, "initdb"))
                     orderby number descending
                     select programs).FirstOrDefault();
        return found ?? throw new ClusterRefusedException(version is null
            ? "没有找到 PostgreSQL 15 或更新版本的程序（postgres、initdb）。请安装 postgresql-15，或用 YUEHENG_DATABASE 指定已有的数据库。"
            : $"数据目录由 PostgreSQL {version} 建立，本机没有这一版本的程序。请安装 postgresql-{version}。");
    }
}
