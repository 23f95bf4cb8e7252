using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Documents;

/// <summary>
/// What the amounts of a contract's summary are called. Contracts mean different things by them (payable in all, or what is left to pay;
/// a net of one year, or of the whole): the contract's own names say which.
/// </summary>
public static class SummaryNames
{
    public static string Payable(ContractSyntax contract) => Of(contract, contract.Summary?.Payable) ?? "应付合计";
    public static string Net(ContractSyntax contract) => Of(contract, contract.Summary?.Net) ?? "净额";

    private static string? Of(ContractSyntax contract, Expression? what) => what is Name name ? contract.Terms.GetValueOrDefault(name.Text)?.Label : null;
}
