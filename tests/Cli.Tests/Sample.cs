namespace Yueheng.Cli.Tests;

/// <summary>A small contract in a folder of its own, and facts of it.</summary>
internal sealed class Sample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public const string Contract =
        """
        language: terms/1
        contract:
          name: 样本合同
          parties: { buyer: 采购单位（示例）, provider: 服务单位（示例） }
          signed: 2024-12-20
          term: { from: 2025-01-01, through: 2025-12-31 }
          calendar: cn-government
        facts:
          incident.reported: { severity: text }
          incident.resolved: {}
          report.submitted: {}
          payment.made: { amount: amount, paid: date }
        terms:
          K1: { label: 恢复, clock: { of: { facts: incident.reported }, stops: { facts: incident.resolved }, limit: 1 hour } }
          DU-1:
            label: 月报
            duty:
              of: { periods: { each: quarter }, with: { due: last } }
              done: { facts: report.submitted, on: { subject: period } }
          DU-2: { duty: { of: { facts: incident.reported }, period: subject, due: { due: { from: at, within: 2 hours } }, done: { facts: report.submitted } } }
          total: { label: 已付, clause: c1, value: { sum: { of: amount, facts: payment.made } } }
        figures:
          - { address: total, value: total, format: money }
          - { address: "clock/{term}/{subject}", each: K1, value: state }
          - { address: "duty/{duty}/{period}", each: [DU-1, DU-2], value: state }
        """;

    public Sample(string? contract = null)
    {
        Folder = Path.Combine(_folder.Path, "sample");
        _folder.Write("sample/contract.yaml", contract ?? Contract);
    }

    public string Folder { get; }

    /// <summary>Writes a file into the contract's folder.</summary>
    public string Write(string name, params IEnumerable<string> lines) => _folder.Write($"sample/{name}", string.Join("\n", lines));

    public static string Fact(string id, string kind, string at = "2025-03-03T09:00:00+08:00", string subject = "INC-1", string data = "{}", string contract = "sample") =>
        $$"""{"id":"{{id}}","contract":"{{contract}}","kind":"{{kind}}","at":"{{at}}","subject":"{{subject}}","data":{{data}}}""";

    /// <summary>Assesses the sample on these lines, given as a file.</summary>
    public Ran Assess(IEnumerable<string> lines, string asOf = "2025-06-30T00:00:00+08:00", params string[] more) =>
        RunIn(Folder, "", [], ["assess", Folder, "--facts", Path.GetRelativePath(Folder, Write("facts.jsonl", lines)), "--as-of", asOf, .. more]);

    public void Dispose() => _folder.Dispose();
}
