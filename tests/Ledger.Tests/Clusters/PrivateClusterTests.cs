using System.Diagnostics;
using Npgsql;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Tests.Crashes;

namespace Yueheng.Ledger.Tests.Clusters;

public class PrivateClusterTests(PostgresFixture postgres)
{
    private static async Task<object?> Ask(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task It_is_UTF8_in_the_C_locale_durable_and_on_no_network()
    {
        (await Ask(postgres.Cluster.App, "select pg_encoding_to_char(encoding) || ' ' || datcollate from pg_database where datname = current_database()")).ShouldBe("UTF8 C.UTF-8");
        foreach (var (setting, value) in ((string, string)[])[("listen_addresses", ""), ("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on"), ("data_checksums", "on")])
            (await Ask(postgres.Cluster.App, $"select current_setting('{setting}')")).ShouldBe(value, setting);
    }

    [Fact]
    public async Task The_owner_and_the_application_are_no_superusers()
    {
        (await Ask(postgres.Cluster.Owner, "select current_setting('is_superuser')")).ShouldBe("off");
        (await Ask(postgres.Cluster.App, "select current_user || current_setting('is_superuser')")).ShouldBe("yueheng_appoff");
    }

    [Fact]
    public async Task Only_its_user_enters_its_folders()
    {
        var socket = new NpgsqlConnectionStringBuilder(postgres.Cluster.App).Host!;
        foreach (var folder in (string[])[socket, Path.GetDirectoryName(postgres.Cluster.Log)!])
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        using var folder = new ClusterFolder();
        await using (var first = await PrivateCluster.Start(folder.Path)) await Ask(first.Owner, "create table kept as select 7 as n");
        await using var second = await PrivateCluster.Start(folder.Path);
        (await Ask(second.Owner, "select n from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_is_refused()
    {
        using var folder = new ClusterFolder();
        await using var first = await PrivateCluster.Start(folder.Path);
        (await Should.ThrowAsync<ClusterRefusedException>(() => PrivateCluster.Start(folder.Path))).Message.ShouldContain("另一个进程正在使用");
        (await Ask(first.App, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_deep_folder_gets_a_short_socket()
    {
        using var folder = new ClusterFolder();
        var deep = Path.Combine(Path.GetDirectoryName(folder.Path)!, string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 5)), "cluster");
        await using var cluster = await PrivateCluster.Start(deep);
        (await Ask(cluster.App, "select 1")).ShouldBe(1);
        var socket = new NpgsqlConnectionStringBuilder(cluster.App).Host!;
        (socket.Length + "/.s.PGSQL.5432".Length).ShouldBeLessThanOrEqualTo(107);
        await cluster.DisposeAsync();
        Directory.Delete(socket);
    }

    [Fact]
    public async Task A_folder_that_is_a_link_is_refused_and_left_alone()
    {
        using var folder = new ClusterFolder();
        var elsewhere = folder.Path + "-elsewhere";
        Directory.CreateDirectory(elsewhere);
        Directory.CreateSymbolicLink(folder.Path, elsewhere);
        await Should.ThrowAsync<ClusterRefusedException>(() => PrivateCluster.Start(folder.Path));
        Directory.EnumerateFileSystemEntries(elsewhere).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_living_stranger_does_not_keep_it_down()
    {
        using var folder = new ClusterFolder();
        await using (await PrivateCluster.Start(folder.Path)) { }
        var data = Path.Combine(folder.Path, "data");
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{Environment.ProcessId}\n{data}\n0\n5432\n\n\n\nready\n");
        await using var again = await PrivateCluster.Start(folder.Path);
        (await Ask(again.App, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task It_ends_with_a_killed_process_and_the_next_one_starts()
    {
        using var folder = new ClusterFolder();
        using var child = AppendingProcess.HoldCluster(folder.Path);
        var postmaster = int.Parse((await child.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        child.Kill();
        await child.WaitForExitAsync();
        for (var waited = Stopwatch.StartNew(); IsRunning(postmaster); await Task.Delay(20)) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        await using var cluster = await PrivateCluster.Start(folder.Path);
        (await Ask(cluster.App, "select 1")).ShouldBe(1);
    }

    // An orphan that has ended may stand in the table of processes until somebody asks for its exit code.
    private static bool IsRunning(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task A_killed_server_is_started_again()
    {
        using var folder = new ClusterFolder();
        await using var cluster = await PrivateCluster.Start(folder.Path);
        var killed = cluster.ProcessId!.Value;
        Process.GetProcessById(killed).Kill();
        while (cluster.ProcessId is null || cluster.ProcessId == killed) await Task.Delay(20);
        await cluster.WaitUntilReady();
        (await Ask(cluster.App, "select 1")).ShouldBe(1);
    }
}
