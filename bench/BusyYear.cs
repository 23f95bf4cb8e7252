using System.Globalization;
using System.Text;
using Yueheng.Facts;

namespace Yueheng.Bench;

/// <summary>A busy year of security operations, the same for the same count: incidents, requests, threats and readings that no term reads.</summary>
internal static class BusyYear
{
    public static byte[] Write(int count)
    {
        var random = new Random(7);
        var start = IsoTime.Parse("2025-01-01T00:00:00+08:00");
        var facts = new List<(long At, string Line)>(count);
        for (var subject = 0; facts.Count < count; subject++)
        {
            var at = start + random.NextInt64(365L * 86400) * ChinaTime.Second;
            switch (random.Next(100))
            {
                case < 45:
                    Add(at, 0, "incident.reported", $"INC-{subject}", $"\"severity\":\"{(random.Next(10) < 3 ? "emergency" : "normal")}\",\"category\":\"fault\"");
                    Add(at, random.Next(30, 1200), "incident.responded", $"INC-{subject}", "");
                    if (random.Next(2) == 0) Add(at, random.Next(1200, 7200), "incident.progress", $"INC-{subject}", "");
                    Add(at, random.Next(1200, 20000), "incident.resolved", $"INC-{subject}", "");
                    break;
                case < 85:
                    Add(at, 0, "request.made", $"REQ-{subject}", "\"by\":\"user\"");
                    Add(at, random.Next(30, 2400), "request.responded", $"REQ-{subject}", "");
                    Add(at, random.Next(2400, 9000), "request.completed", $"REQ-{subject}", $"\"on_time\":{(random.Next(20) > 0 ? "true" : "false")},\"accurate\":true");
                    break;
                case < 95:
                    Add(at, 0, "threat.detected", $"THR-{subject}", "");
                    Add(at, random.Next(60, 2400), "threat.notified", $"THR-{subject}", "\"channel\":\"mail\"");
                    break;
                default:
                    Add(at, 0, "availability.measured", $"AV-{subject}", "\"item\":\"service\",\"value\":0.9999");
                    break;
            }
        }
        facts.Sort((left, right) => left.At.CompareTo(right.At));
        var text = new StringBuilder(count * 170);
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"f{i:D7}\",\"contract\":\"security-operations\",\"kind\":{facts[i].Line}\n");
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(long at, int after, string kind, string subject, string data)
        {
            at += after * ChinaTime.Second;
            facts.Add((at, $"\"{kind}\",\"at\":\"{ChinaTime.Write(at)}\",\"subject\":\"{subject}\",\"data\":{{{data}}}}}"));
        }
    }
}
