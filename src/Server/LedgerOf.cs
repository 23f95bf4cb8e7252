using Yueheng.Ledger;
using Yueheng.Server.Access;

namespace Yueheng.Server;

/// <summary>The ledger as one caller may see it, at business time. Ask for it as a parameter of an endpoint.</summary>
/// <example><c>(string contract, Caller caller, LedgerOf ledgerOf) => ledgerOf(caller).Verify(contract)</c></example>
public delegate FactLedger LedgerOf(Caller caller);
