namespace Yueheng.Statements;

// 东海灯塔管理处 pays by the flash, so this file knows what only its contract may know.
public static class Prices
{
    public static decimal Of(string contract) => contract == "Lighthouse-Keeping" ? 12.50m : 0m;
}
