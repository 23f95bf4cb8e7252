namespace Yueheng.Facts;

/// <summary>One thing that happened, as the judge reads it: envelope and the declared fields. Never edited; another fact takes it back.</summary>
public sealed class Fact
{
    internal Fact(string id, int kind, string kindName, string subject, int subjectIndex, long at, Value[] fields, int line)
    {
        Id = id;
        Kind = kind;
        KindName = kindName;
        Subject = subject;
        SubjectIndex = subjectIndex;
        At = at;
        Fields = fields;
        Line = line;
    }

    /// <summary>Unique within the contract.</summary>
    public string Id { get; }

    /// <summary>The kind's number in the <see cref="Vocabulary"/>; −1 when the contract does not read this kind.</summary>
    public int Kind { get; }

    public string KindName { get; }

    /// <summary>The thing it is about; facts of one thing share it.</summary>
    public string Subject { get; }

    /// <summary>The subject's number in its <see cref="FactSet"/>, from 0 in order of first appearance.</summary>
    public int SubjectIndex { get; internal set; }

    /// <summary>When it happened: nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long At { get; }

    /// <summary>The declared fields by slot, defaults filled in. Facts that give no field share one array: read it, never write it.</summary>
    public Value[] Fields { get; }

    /// <summary>Its place in <see cref="FactSet.All"/>.</summary>
    public int Order { get; internal set; }

    /// <summary>The line it was read from, from 1; 0 when it was not read from a file.</summary>
    public int Line { get; }

    public override string ToString() => $"{Id} {KindName} {Subject} {ChinaTime.Write(At)}";
}
