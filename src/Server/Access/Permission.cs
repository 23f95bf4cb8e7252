namespace Yueheng.Server.Access;

/// <summary>What somebody may do in one contract; which role may do what stands in <see cref="Permissions"/>.</summary>
public enum Permission
{
    ReadFacts,
    ReadFigures,
    ReadMoney,
    Append,
    BulkAppend,
    ProposeClaim,
    AnswerClaim,
    DecideClaim,
    UploadEvidence,
    ReadEvidence,
    WithdrawEvidence,
    IssueStatement,
    ConfirmStatement,
    Export,
    Verify,
    WhatIf,
    ProposePack,
    AgreePack,
    WriteNotes,
    ReadNotes,
    ReadOutlook,
    ManageContract,
}

/// <summary>The three separated administrators (三员分立): none can do another's part, none has a role in a contract.</summary>
public enum Admin
{
    /// <summary>系统管理员: users, keys of machines, settings of the node.</summary>
    SystemAdmin,
    /// <summary>安全管理员: grants roles.</summary>
    SecurityAdmin,
    /// <summary>审计管理员: reads and verifies the audit log.</summary>
    AuditAdmin,
}
