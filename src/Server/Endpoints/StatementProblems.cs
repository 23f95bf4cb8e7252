using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;
using Yueheng.Terms;

namespace Yueheng.Server.Endpoints;

/// <summary>What the room of statements refuses, as problems.</summary>
internal static class StatementProblems
{
    /// <summary>Null for anything else.</summary>
    public static ProblemException? Of(Exception broken) => broken switch
    {
        ContractUnknownException unknown => ProblemException.NotFound($"合同“{unknown.Contract}”"),
        UnreadableFactsException unreadable => new(409, "cannot-judge", "账本中有事实不能按现行合同文本读取，无法评判。") { Errors = [.. unreadable.Faults.Select(fault => new ProblemError(fault.Field, fault.Line, fault.Message))] },
        CannotJudgeException cannot => new(409, "cannot-judge", cannot.Message),
        FactsRefusedException refused => new(422, "invalid-fact", "所给的事实不能采用。") { Errors = [.. refused.Faults.Select(fault => new ProblemError(fault.Field, fault.Line, fault.Message))] },
        PackRefusedException refused => new(422, "invalid-pack", "此合同文件夹不能上架：" + refused.Faults[0].Message) { Errors = [.. refused.Faults.Select(fault => new ProblemError(fault.File, fault.Line == 0 ? null : fault.Line, fault.Message))] },
        SealRefusedException refused => new(502, "seal-server", refused.Message),
        StatementRefusedException refused => new(409, "conflict", refused.Message),
        _ => null,
    };
}
