using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Statements.Bundles;
using static Yueheng.Statements.Tests.Bundles.Exported;

namespace Yueheng.Statements.Tests.Bundles;

public class BundleTests(Exported exported) : IClassFixture<Exported>
{
    [Fact]
    public async Task What_was_exported_verifies()
    {
        var report = await Verify(exported.Bundle, exported.Trusting);
        report.First.ShouldBeNull();
        report.Contract.ShouldBe(Contract);
        (report.Facts, report.Claims, report.Checkpoints, report.Evidence, report.Files, report.Statements).ShouldBe((await Count("ledger.facts"), 1, 2, 2, 1, 1));
        report.Figures.ShouldBeGreaterThan(100);
        report.Notes.ShouldHaveSingleItem().ShouldContain("已于 2025-12-08T00:30:00Z 由 u-manager 撤回销毁，理由：误传");
        report.Key.ShouldBe(exported.Key.Id);
    }

    private async Task<long> Count(string table)
    {
        await using var command = exported.Node.Database.Owner.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task Without_files_it_says_so()
    {
        var bundle = await exported.Export(withFiles: false);
        new Unpacked(bundle).Members.Keys.ShouldNotContain(path => path.StartsWith("files/", StringComparison.Ordinal));
        var report = await Verify(bundle, exported.Trusting);
        report.First.ShouldBeNull();
        report.Notes.ShouldContain("包内不含证据文件，只核对了证据列表。");
    }

    [Fact]
    public async Task Its_figures_are_those_of_the_judgement()
    {
        var unpacked = new Unpacked(exported.Bundle);
        var manifest = JsonNode.Parse(unpacked["manifest.json"])!;
        var judged = await exported.Node.Judgements.At([Contract], Contract, Node.Instant((string)manifest["asOf"]!));
        JsonNode.Parse(unpacked["figures.json"])!["figures"]!.AsObject().ToDictionary(figure => figure.Key, figure => (string)figure.Value!)
            .ShouldBe(judged.Figures.ToDictionary(figure => figure.Key, figure => figure.Value.Text));
    }

    /// <summary>What somebody does to a bundle, and what must be named: the part, and the place as far as it can be said.</summary>
    public static TheoryData<string, BundlePart, string> Alterations { get; } = new()
    {
        { "a fact's content", BundlePart.Facts, "facts.ndjson#3" },
        { "who recorded a fact", BundlePart.Facts, "facts.ndjson#3" },
        { "the order of facts", BundlePart.Facts, "facts.ndjson#3" },
        { "a fact left out", BundlePart.Facts, "facts.ndjson#3" },
        { "a fact put in", BundlePart.Facts, "facts.ndjson#3" },
        { "the last facts left out", BundlePart.Facts, "facts.ndjson#" },
        { "blank lines among facts", BundlePart.Facts, "facts.ndjson" },
        { "no facts", BundlePart.Facts, "facts.ndjson" },
        { "a claim", BundlePart.Claims, "claims.ndjson#1" },
        { "the last claim left out", BundlePart.Claims, "claims.ndjson#1" },
        { "a checkpoint's signature", BundlePart.Checkpoints, "checkpoints.json#1" },
        { "a checkpoint's head", BundlePart.Checkpoints, "checkpoints.json#1" },
        { "the last checkpoint left out", BundlePart.Checkpoints, "checkpoints.json" },
        { "checkpoints that are none", BundlePart.Checkpoints, "checkpoints.json" },
        { "a key", BundlePart.Keys, "keys.json" },
        { "a byte of evidence", BundlePart.Evidence, "files/" },
        { "evidence left out", BundlePart.Evidence, "files/" },
        { "the list of evidence", BundlePart.Evidence, "evidence.json" },
        { "a withdrawal taken back", BundlePart.Evidence, "files/" },
        { "a term", BundlePart.Terms, "terms/1/leased-line/contract.yaml" },
        { "a clause", BundlePart.Terms, "terms/1/leased-line/clauses.yaml" },
        { "a term file left out", BundlePart.Terms, "terms/1/leased-line/readings.yaml" },
        { "a term file put in", BundlePart.Manifest, "terms/1/leased-line/more.yaml" },
        { "the calendar", BundlePart.Calendar, "calendars/cn-government/2025.yaml" },
        { "a figure", BundlePart.Figures, "figures.json#" },
        { "a figure left out", BundlePart.Figures, "figures.json#" },
        { "a figure put in", BundlePart.Figures, "figures.json#made/up" },
        { "a statement's figure", BundlePart.Statements, "statements/2025-001.json" },
        { "a statement's print", BundlePart.Statements, "statements/2025-001.html" },
        { "a statement's head", BundlePart.Statements, "statements.json#2025-001" },
        { "what a party said", BundlePart.Statements, "statements.json" },
        { "a file put in", BundlePart.Manifest, "readme.txt" },
        { "who exported", BundlePart.Signature, "manifest.sig.json" },
        { "the signature", BundlePart.Signature, "manifest.sig.json" },
        { "no signature", BundlePart.Signature, "manifest.sig.json" },
    };

    [Theory, MemberData(nameof(Alterations))]
    public async Task What_was_done_to_it_is_found_and_named(string what, BundlePart part, string where)
    {
        var bundle = new Unpacked(exported.Bundle);
        Alter(bundle, what);
        var found = (await Verify(bundle.Pack())).First.ShouldNotBeNull();
        found.What.ShouldBe(part, found.Message);
        found.Where.ShouldStartWith(where, customMessage: found.Message);
        found.Message.ShouldNotBeEmpty();
    }

    private void Alter(Unpacked bundle, string what)
    {
        var facts = bundle.Lines("facts.ndjson").ToList();
        var checkpoints = JsonNode.Parse(bundle["checkpoints.json"])!.AsArray();
        switch (what)
        {
            case "a fact's content": facts[2] = facts[2].Replace("\"data\":{", "\"data\":{\"more\":1,", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal); break;
            case "who recorded a fact": facts[2] = facts[2].Replace("\"by\":\"li\"", "\"by\":\"wang\"", StringComparison.Ordinal); break;
            case "the order of facts": (facts[2], facts[5]) = (facts[5], facts[2]); break;
            case "a fact left out": facts.RemoveAt(2); break;
            case "a fact put in": facts.Insert(2, facts[8]); break;
            case "the last facts left out": facts.RemoveRange(facts.Count - 2, 2); break;
            case "blank lines among facts": facts.Insert(2, ""); break;
            case "no facts": bundle.Members.Remove("facts.ndjson"); return;
            case "a claim": bundle.Replace("claims.ndjson", "重复记录", "改写理由"); return;
            case "the last claim left out": bundle["claims.ndjson"] = ""; return;
            case "a checkpoint's signature": checkpoints[0]!["signature"] = "00" + ((string)checkpoints[0]!["signature"]!)[2..]; break;
            case "a checkpoint's head": checkpoints[0]!["facts"]!["seq"] = 1; break;
            case "the last checkpoint left out": checkpoints.RemoveAt(1); break;
            case "checkpoints that are none": bundle["checkpoints.json"] = "[null]"; return;
            case "a key": bundle.Replace("keys.json", exported.Key.Id, new string('0', 64)); return;
            case "a byte of evidence": bundle.Members[$"files/{exported.Kept.Sha256}"][0] ^= 1; return;
            case "evidence left out": bundle.Members.Remove($"files/{exported.Kept.Sha256}"); return;
            case "the list of evidence": bundle.Replace("evidence.json", "测量记录", "另一记录"); return;
            case "a withdrawal taken back":
                var listed = JsonNode.Parse(bundle["evidence.json"])!.AsArray();
                foreach (var file in listed) file!.AsObject().Remove("withdrawn");
                bundle["evidence.json"] = listed.ToJsonString();
                return;
            case "a term": bundle.Replace("terms/1/leased-line/contract.yaml", "label:", "label: "); return;
            case "a clause": bundle["terms/1/leased-line/clauses.yaml"] += "\n"; return;
            case "a term file left out": bundle.Members.Remove("terms/1/leased-line/readings.yaml"); return;
            case "a term file put in": bundle["terms/1/leased-line/more.yaml"] = "x: 1\n"; return;
            case "the calendar": bundle["calendars/cn-government/2025.yaml"] += "\n"; return;
            case "a figure":
                var figures = JsonNode.Parse(bundle["figures.json"])!;
                var first = figures["figures"]!.AsObject().First(figure => decimal.TryParse((string)figure.Value!, out _)).Key;
                figures["figures"]![first] = "12345.67";
                bundle["figures.json"] = figures.ToJsonString();
                return;
            case "a figure left out":
                var fewer = JsonNode.Parse(bundle["figures.json"])!;
                fewer["figures"]!.AsObject().RemoveAt(3);
                bundle["figures.json"] = fewer.ToJsonString();
                return;
            case "a figure put in":
                var more = JsonNode.Parse(bundle["figures.json"])!;
                more["figures"]!["made/up"] = "1";
                bundle["figures.json"] = more.ToJsonString();
                return;
            case "a statement's figure": bundle["statements/2025-001.json"] += " "; return;
            case "a statement's print": bundle["statements/2025-001.html"] += " "; return;
            case "a statement's head": bundle.Replace("statements.json", "\"ledgerHash\": \"", "\"ledgerHash\": \"0"); return;
            case "what a party said": bundle.Replace("statements.json", "\"stands\": []", "\"stands\": [{\"side\":\"buyer\",\"stand\":\"confirmed\",\"by\":\"x\",\"at\":\"2025-12-08T00:30:00Z\"}]"); return;
            case "a file put in": bundle["readme.txt"] = "x"; return;
            case "who exported": bundle.Replace("manifest.json", "u-auditor", "u-nobody"); return;
            case "the signature": bundle["manifest.sig.json"] = bundle["manifest.sig.json"].Replace("\"signature\": \"", "\"signature\": \"00", StringComparison.Ordinal); return;
            case "no signature": bundle.Members.Remove("manifest.sig.json"); return;
            default: throw new ArgumentOutOfRangeException(nameof(what), what);
        }
        if (what.Contains("checkpoint", StringComparison.Ordinal)) bundle["checkpoints.json"] = checkpoints.ToJsonString();
        else bundle.SetLines("facts.ndjson", facts);
    }

    [Fact]
    public async Task Any_bit_of_any_member_that_is_turned_is_found()
    {
        var random = new Random(5);
        foreach (var path in new Unpacked(exported.Bundle).Members.Keys.Where(path => path != "manifest.sig.json"))
        {
            var bundle = new Unpacked(exported.Bundle);
            var bytes = bundle.Members[path];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                (await Verify(bundle.Pack())).First.ShouldNotBeNull(path);
            }
            catch (BundleUnusableException)
            {
                path.ShouldBe("manifest.json");
            }
        }
    }

    [Fact]
    public async Task Any_member_that_is_left_out_is_found()
    {
        foreach (var path in new Unpacked(exported.Bundle).Members.Keys.Where(path => path != "manifest.json"))
        {
            var bundle = new Unpacked(exported.Bundle);
            bundle.Members.Remove(path);
            (await Verify(bundle.Pack())).First.ShouldNotBeNull(path).Message.ShouldContain("缺少", customMessage: path);
        }
    }

    [Theory]
    [InlineData("a term that changes figures")]
    [InlineData("a calendar that changes figures")]
    [InlineData("a clause")]
    public async Task Whoever_writes_the_manifest_anew_cannot_sign_it(string what)
    {
        var bundle = new Unpacked(exported.Bundle);
        if (what == "a clause") bundle["terms/1/leased-line/clauses.yaml"] += "\n";
        if (what == "a calendar that changes figures") bundle.Replace("calendars/cn-government/2025.yaml", "2025-10-01", "2025-10-02");
        if (what == "a term that changes figures") bundle.Replace("terms/1/leased-line/contract.yaml", "12000", "13000");
        var found = (await Verify(bundle.WithManifest().Pack())).First.ShouldNotBeNull();
        // Statements and figures show it before the signature does, where they change.
        ((BundlePart[])[BundlePart.Statements, BundlePart.Figures, BundlePart.Signature]).ShouldContain(found.What);
    }

    [Fact]
    public async Task A_bundle_signed_again_by_another_key_is_found_by_whoever_holds_a_key_or_a_checkpoint()
    {
        var (forged, other) = Forged();
        var naive = await Verify(forged);
        naive.First.ShouldBeNull();
        var signer = other.Id[..16];
        naive.Notes.ShouldContain(note => note.Contains("--key", StringComparison.Ordinal) && note.Contains(signer, StringComparison.Ordinal));
        (await Verify(forged, exported.Trusting)).First.ShouldNotBeNull().What.ShouldBe(BundlePart.Trust);
        (await Verify(forged, new([], [exported.Earlier]))).First.ShouldNotBeNull();
        (await Verify(forged, new([other.PublicKey], []))).First.ShouldBeNull();
    }

    // Facts, heads and all, by somebody who has the program and a key of his own.
    private (byte[] Bundle, SigningKey Key) Forged()
    {
        var data = Directory.CreateTempSubdirectory("forger-").FullName;
        try
        {
            var key = SigningKey.Open(data);
            var bundle = new Unpacked(exported.Bundle);
            var checkpoints = new List<Checkpoint>();
            foreach (var one in CheckpointFile.Read(bundle.Members["checkpoints.json"])!)
            {
                var bare = one with { Key = key.Id, Previous = checkpoints.LastOrDefault()?.Print() ?? Checkpoint.Genesis, About = one.About + "!" };
                checkpoints.Add(bare with { Signature = key.Sign(bare.Signed()) });
            }
            bundle.Members["checkpoints.json"] = CheckpointFile.Write(checkpoints);
            bundle.Members["keys.json"] = CheckpointFile.Write([new PublicKey(key.Id, key.Algorithm, key.PublicKey, 0, null, null)]);
            return (bundle.WithManifest().SignedBy(key).Pack(), key);
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    [Fact]
    public async Task An_earlier_checkpoint_holds_a_later_bundle()
    {
        (await Verify(exported.Bundle, new([], [exported.Earlier]))).First.ShouldBeNull();
        var found = (await Verify(exported.Bundle, new([], [exported.Earlier with { Facts = exported.Earlier.Facts with { Hash = new string('a', 64) } }]))).First.ShouldNotBeNull();
        (found.What, found.Where).ShouldBe((BundlePart.Facts, $"facts.ndjson#{exported.Earlier.Facts.Seq}"));
        (await Verify(exported.Bundle, new([], [exported.Earlier with { Contract = "other" }]))).First.ShouldNotBeNull().What.ShouldBe(BundlePart.Trust);
        (await Verify(exported.Bundle, new([], [exported.Earlier with { Number = 9 }]))).First.ShouldNotBeNull().What.ShouldBe(BundlePart.Trust);
    }

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "nothing", "不是可以读取的 zip 文件" },
        { "noise", "不是可以读取的 zip 文件" },
        { "cut short", "不是可以读取的 zip 文件" },
        { "another zip", "没有 manifest.json" },
        { "no manifest", "没有 manifest.json" },
        { "broken manifest", "manifest.json 不能读取" },
        { "a later form", "请使用更新的程序" },
        { "an id that leads out", "合同编号不合规" },
        { "a path that leads out", "不合规的文件名" },
        { "an absolute path", "不合规的文件名" },
        { "a path with a drive", "不合规的文件名" },
        { "a name twice", "两个同名文件" },
        { "a bomb", "展开后过大" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task What_is_no_bundle_is_refused(string what, string said)
    {
        var bundle = new Unpacked(exported.Bundle);
        var bytes = what switch
        {
            "nothing" => [],
            "noise" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("noise ", 1000))),
            "cut short" => exported.Bundle[..(exported.Bundle.Length / 2)],
            _ => null,
        };
        switch (what)
        {
            case "another zip": bundle.Members.Clear(); bundle["x.txt"] = "x"; break;
            case "no manifest": bundle.Members.Remove("manifest.json"); break;
            case "broken manifest": bundle["manifest.json"] = "{"; break;
            case "a later form": bundle.Replace("manifest.json", "\"bundle\": 1", "\"bundle\": 2"); break;
            case "an id that leads out": bundle.Replace("manifest.json", $"\"contract\": \"{Contract}\"", "\"contract\": \"../x\""); break;
            case "a path that leads out": bundle["terms/../../x"] = "x"; break;
            case "an absolute path": bundle["/etc/x"] = "x"; break;
            case "a path with a drive": bundle["c:\\x"] = "x"; break;
            case "a name twice": bytes = Twice(bundle.Pack()); break;
            case "a bomb": bytes = Bomb(bundle); break;
        }
        (await Should.ThrowAsync<BundleUnusableException>(() => Verify(bytes ?? bundle.Pack()))).Message.ShouldContain(said);
    }

    private static byte[] Twice(byte[] bundle)
    {
        var bytes = new MemoryStream();
        bytes.Write(bundle);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, true))
        {
            using var entry = zip.CreateEntry("facts.ndjson").Open();
            entry.Write("x"u8);
        }
        return bytes.ToArray();
    }

    // A member that is read whole, of more zeros than it may have.
    private static byte[] Bomb(Unpacked bundle)
    {
        bundle.Members.Remove("keys.json");
        var bytes = new MemoryStream();
        bytes.Write(bundle.Pack());
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, true))
        {
            using var entry = zip.CreateEntry("keys.json", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var written = 0; written < 80; written++) entry.Write(zeros);
        }
        return bytes.ToArray();
    }

    [Fact]
    public async Task Nothing_is_left_on_disk()
    {
        var before = Left();
        await Verify(exported.Bundle);
        Left().ShouldBe(before);

        static string[] Left() => Directory.GetDirectories(Path.GetTempPath(), "yueheng-verify-*");
    }

    [Fact]
    public async Task A_stranger_gets_no_bundle() =>
        await Should.ThrowAsync<Exception>(() => exported.Maker.Write(["other"], Contract, new("u-stranger"), new MemoryStream()));
}
