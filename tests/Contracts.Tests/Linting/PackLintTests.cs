using Yueheng.Contracts.Linting;

namespace Yueheng.Contracts.Tests.Linting;

/// <summary>Every fault of a pack: the good pack with one change that brings it about, and nothing else.</summary>
public class PackLintTests
{
    private const string Nothing = "";

    public static readonly TheoryData<string, string, string> Faults = new()
    {
        { "clause-twice", "{ id: c3, at: 三", "{ id: c1, at: 三" },
        { "clause-unknown", "price: { value: 120000.00, clause: c1 }", "price: { value: 120000.00, clause: [c1, c9] }" },
        { "clause-unknown", "clauses: [c1], terms", "clauses: [c11], terms" },
        { "clause-unknown", "{ id: price, clause: c1", "{ id: price, clause: c11" },
        { "clause-unclaimed", "text: 其他, runs: record", "text: 其他, runs: auto" },
        { "human-unclaimed", "text: 其他, runs: record", "text: 其他, runs: human" },
        { "by-unknown", "by: [K1, R1]", "by: [K1, R2]" },
        { "reading-without-alternative", ", alternatives: { alt: { label: 另, replaces: { price: { value: 100000.00 } } } }", Nothing },
        { "reading-of-nothing", "terms: [price]", "terms: [prices]" },
        { "reading-of-nothing", "replaces: { price:", "replaces: { prices:" },
        { "figure-twice", "  - { address: fee, value: { times: [price, share] } }", "  - { address: fee, value: { times: [price, share] } }\n  - { address: fee, value: { times: [price, share] } }" },
        { "figure-maybe-twice", "  - { address: score,", "  - { address: fee, value: { times: [price, 90%] } }\n  - { address: score," },
        { "figure-without-clause", "  - { address: score,", "  - { address: year, value: 2025 }\n  - { address: score," },
        { "bands-gap", "rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }], otherwise: 80%", "rows: [{ at-least: 90, is: 100% }, { at-least: 80, less-than: 90, is: 90% }, { less-than: 75, is: 80% }]" },
        { "bands-overlap", "{ at-least: 80, is: 90% }", "{ at-least: 80, at-most: 90, is: 90% }" },
        { "band-never", "rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }]", "rows: [{ at-least: 80, is: 100% }, { at-least: 90, is: 90% }]" },
        { "band-empty", "{ at-least: 80, is: 90% }", "{ at-least: 80, less-than: 80, is: 90% }" },
        { "bands-hole", "rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }], otherwise", "rows: [{ more-than: 90, is: 100% }, { at-least: 80, less-than: 90, is: 90% }], otherwise" },
        { "percent-missing", "times: [price, share]", "times: [price, 80]" },
        { "percent-missing", "{ at-least: 80, is: 90% }", "{ at-least: 80, is: 90 }" },
        { "percent-missing", "stated:\n", "stated:\n  - { id: first, what: 首付, share: 30, of: price }\n" },
        { "term-as-text", "is: { severity: major }", "is: { severity: price }" },
        { "term-unread", "terms:\n", "terms:\n  spare: { value: { times: [price, 3%] }, clause: c1 }\n" },
        { "view-unread", "views:\n", "views:\n  half: { as-of: term.from }\n" },
        { "kind-unread", "incident.resolved: {} }", "incident.resolved: {}, patrol.done: {} }" },
        { "field-unread", "incident.resolved: {} }", "incident.resolved: { by: text } }" },
        { "field-unread", "{ label: 另,", "{ label: 另, reads: { incident.reported: { by: text } }," },
        { "kind-unread", "{ label: 另,", "{ label: 另, reads: { patrol.done: {} }," },
        { "reading-reads-twice", "{ label: 另,", "{ label: 另, reads: { incident.reported: { severity: text } }," },
        { "reading-reads-twice", "{ label: 另,", "{ label: 另, reads: { incident.resolved: {} }," },
        { "stated-twice", "stated:\n", "stated:\n  - { id: price, what: 总价, amount: 120000.00 }\n" },
        { "stated-unknown", "words: 壹拾贰万元整", "words: 壹拾贰万元整, same-as: total" },
        { "stated-unreadable", "amount: 120000.00, words: 壹拾贰万元整", "amount: 十二万元" },
        { "heading-differs", "stated:\n", "stated:\n  - { id: end, what: 末日, date: 2025-12-30, role: end }\n" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_found_where_it_is_made(string kind, string good, string bad)
    {
        TinyPack.Findings(TinyPack.With(Nothing, Nothing)).ShouldBeEmpty();
        // What reads the price times eighty no longer reads the share.
        PackLint.Of(TinyPack.With(good, bad)).Where(finding => kind != "percent-missing" || finding.Kind != "term-unread").Select(finding => finding.Kind).Distinct().ShouldBe([kind]);
    }

    [Theory]
    [InlineData("rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }]", "rows: [{ at-least: 90, is: 100% }, { less-than: 90, at-least: 80, is: 90% }, { less-than: 80, is: 80% }]")]     // edges that meet
    [InlineData("{ at-least: 80, is: 90% }], otherwise: 80%", "{ at-least: 80, is: 90% }]")]                  // an open end below
    [InlineData("rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }]", "rows: [{ at-most: 50, is: 60% }, { at-most: 80, is: 90% }]")]
    [InlineData("{ at-least: 80, is: 90% }", "{ at-least: card, is: 90% }")]                                  // an edge that is computed
    [InlineData("times: [price, share]", "times: [price, share, 80%]")]
    [InlineData("times: [price, share]", "times: [price, share, 12]")]
    [InlineData("replaces: { price: { value: 100000.00 } }", "replaces: { price: { value: { times: [unit, 4] } }, unit: { value: 25000.00 } }")]    // a part of the alternative
    [InlineData("  - { address: score,", "  - { address: fee, when: { of: price, at-most: 0 }, value: { times: [price, 90%] } }\n  - { address: score,")]
    [InlineData("incident.resolved: {} }", "incident.resolved: { from: from, to: until } }")]               // the reader itself compares them
    public void What_is_meant_so_is_no_fault(string good, string other) => TinyPack.Findings(TinyPack.With(good, other)).ShouldBeEmpty();

    [Fact]
    public void A_wrong_number_of_a_clause_is_told_with_the_nearest() =>
        PackLint.Of(TinyPack.With("clauses: [c1], terms", "clauses: [c11], terms")).ShouldHaveSingleItem().Message.ShouldBe("解释“I-1”所涉条款“c11”不在条款表中，最相近的是“c1”；改为表中的编号，或把它补进 clauses.yaml");

    [Fact]
    public void A_gap_says_which_stretch_is_uncovered() =>
        PackLint.Of(TinyPack.With("rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }], otherwise: 80%", "rows: [{ more-than: 90, is: 100% }, { less-than: 90, is: 90% }]"))
            .ShouldHaveSingleItem().Message.ShouldBe("分档有缺口：恰为 90 不属任何一档，其值缺失；补一档或写 otherwise");
}
