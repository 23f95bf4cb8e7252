using Yueheng.Terms.Syntax;

namespace Yueheng.Terms;

/// <summary>
/// The contract as written cannot be judged on these facts: it asks for a value to compute itself, nests without end,
/// makes more rows than any contract needs, or publishes two figures under one address. The message says which, in Chinese.
/// </summary>
public class CannotJudgeException(string message) : Exception(message)
{
    /// <summary>What in the contract is to be changed, where it is one place.</summary>
    public Position? Place { get; init; }
}
