namespace Yueheng.Facts;

/// <summary>A file of facts, one JSON object a line.</summary>
/// <param name="Name">As it shall appear in messages.</param>
/// <param name="Content">Its bytes, from the current position to the end; stays open.</param>
public sealed record FactFile(string Name, Stream Content);
