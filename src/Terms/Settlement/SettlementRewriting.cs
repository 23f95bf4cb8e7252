using Yueheng.Terms.Compiling;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Settlement;

/// <summary>A payment instalment: amount, the instant at which all its conditions were met, due, paid.</summary>
internal static class Instalments
{
    public static TermSyntax Rewrite(string name, InstalmentSyntax instalment)
    {
        var at = instalment.Position;
        var columns = new Dictionary<string, Expression>
        {
            ["instalment"] = Write.Text(name, at),
            ["amount"] = instalment.Amount,
            ["met"] = instalment.Needs is { Count: > 0 } needs ? new LatestOf { Parts = needs, Position = at } : new MissingLiteral { Type = "instant", Position = at },
            ["paid"] = Lookups.Sum(instalment.Paid, null, "payment.made", "instalment", name, at),
        };
        var due = instalment.Due
            ?? (instalment.Within is { } within ? new Due { From = Write.Name("met", at), Within = within, Position = at } : new MissingLiteral { Type = "instant", Position = at });
        return new TermSyntax
        {
            From = new SetExpression { Table = [columns], Position = at },
            With = new Dictionary<string, Expression> { ["due"] = new DueAt { Of = due, Position = at } },
            Position = at,
        };
    }
}

/// <summary>A bond or guarantee: what is required, what was lodged, and when the required sum was reached.</summary>
internal static class Securities
{
    public static TermSyntax Rewrite(string name, SecuritySyntax security)
    {
        var at = security.Position;
        var sum = Lookups.Sum(security.Lodged, security.Amount, "security.lodged", "security", name, at);
        return new TermSyntax
        {
            Table =
            [
                new Dictionary<string, Expression>
                {
                    ["security"] = Write.Text(name, at),
                    ["required"] = security.Required,
                    ["lodged"] = sum,
                    ["complete"] = new Reaches { Of = sum.Of, Level = security.Required, Give = Write.Name("at", at), In = sum.In, Facts = sum.Facts, On = sum.On, Where = sum.Where, Order = sum.Order, Position = at },
                },
            ],
            Position = at,
        };
    }
}

internal static class Lookups
{
    /// <summary>The amounts of a kind of fact about one instalment or security, unless the contract says where to look.</summary>
    public static Sum Sum(PaidSyntax? lookup, Expression? of, string kind, string field, string name, Position at)
    {
        var own = lookup is { In: not null } or { Facts: not null };
        return new Sum
        {
            Of = lookup?.Of ?? of ?? Write.Name("amount", at),
            In = lookup?.In,
            Facts = own ? lookup!.Facts : [kind],
            On = lookup?.On ?? (own ? null : new Matching { Columns = new Dictionary<string, Expression> { [field] = Write.Text(name, at) }, Position = at }),
            Where = lookup?.Where,
            Order = lookup?.Order,
            View = lookup?.View,
            AsOf = lookup?.AsOf,
            Assuming = lookup?.Assuming,
            Position = at,
        };
    }
}

/// <summary>Liquidated damages: an amount that is never negative, never above its cap, rounded to the fen when it is produced.</summary>
internal static class LiquidatedDamages
{
    public static TermSyntax Rewrite(DamagesSyntax damages)
    {
        var at = damages.Position;
        Expression amount = new Greatest { Parts = [Write.Literal("0", at), damages.Of], Position = at };
        if (damages.Cap is { } cap) amount = new Least { Parts = [amount, cap], Position = at };
        return new TermSyntax { Value = new Round { Of = amount, To = "0.01", Position = at }, Position = at };
    }
}

/// <summary>A row of a violation table: an occurrence, its amount and the events it belongs to.</summary>
internal static class Violations
{
    public static TermSyntax Rewrite(string name, ViolationSyntax violation)
    {
        var at = violation.Position;
        var rows = violation.Where is null ? violation.Each : new SetExpression { From = violation.Each, Where = violation.Where, Position = at };
        return new TermSyntax
        {
            From = rows,
            With = new Dictionary<string, Expression>
            {
                ["violation"] = Write.Text(name, at),
                ["subject"] = violation.Subject ?? Write.Name("subject", at),
                ["amount"] = new Round { Of = violation.Amount, To = "0.01", Position = at },
                ["events"] = new Join { Parts = violation.Events is { } events ? [events] : [], Position = at },
                ["at"] = violation.At ?? Write.Name("at", at),
            },
            Position = at,
        };
    }
}

internal static class Measures
{
    public static TermSyntax Rewrite(MeasureSyntax measure)
    {
        var at = measure.Position;
        var columns = new Dictionary<string, Expression> { ["value"] = measure.Value };
        if (measure.Target is { } target) columns["state"] = Write.Choose(at, Write.When(target, Write.Text("met", at)), Write.Otherwise(Write.Text("breached", at)));
        return new TermSyntax { From = measure.Of, With = columns, Position = at };
    }
}

/// <summary>A window within which something may be done.</summary>
internal static class Windows
{
    public static TermSyntax Rewrite(WindowSyntax window)
    {
        var at = window.Position;
        Expression from = Write.Name("from", at), to = Write.Name("to", at), now = Write.Name("as-of", at);
        return new TermSyntax
        {
            From = new SetExpression { Table = [new Dictionary<string, Expression> { ["from"] = new DueAt { Of = window.From, Begins = true, Position = at } }], Position = at },
            With = new Dictionary<string, Expression>
            {
                ["to"] = new Due { From = from, Within = window.Within, Position = at },
                ["state"] = Write.Choose(at,
                    Write.When(new Comparison { Of = now, LessThan = from, Position = at }, Write.Text("not-open", at)),
                    Write.When(Write.Present(from, false), Write.Text("not-open", at)),
                    Write.When(Write.AtMost(now, to), Write.Text("open", at)),
                    Write.Otherwise(Write.Text("closed", at))),
            },
            Position = at,
        };
    }
}
