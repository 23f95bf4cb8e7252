using Yueheng.Contracts.Linting;

namespace Yueheng.Contracts.Tests.Linting;

/// <summary>Every defect of a paper: what is stated, and what would be stated if it were mended.</summary>
public class PaperLintTests
{
    public static readonly TheoryData<string, string, string> Defects = new()
    {
        { "words-differ", "- { id: a, what: 款, amount: 90.00, words: 玖拾伍元整 }", "- { id: a, what: 款, amount: 95.00, words: 玖拾伍元整 }" },
        { "words-form", "- { id: a, what: 款, amount: 15.00, words: 拾伍元整 }", "- { id: a, what: 款, amount: 15.00, words: 壹拾伍元整 }" },
        { "words-unreadable", "- { id: a, what: 款, amount: 15.00, words: 十五块 }", "- { id: a, what: 款, amount: 15.00, words: 壹拾伍元整 }" },
        { "sum-differs", "- { id: a, what: 甲, amount: 100000.00, parts-of: price }\n- { id: b, what: 乙, parts-of: price, blank: false }", "- { id: a, what: 甲, amount: 100000.00, parts-of: price }\n- { id: b, what: 乙, parts-of: price, amount: 20000.00 }" },
        { "sum-differs", "- { id: a, what: 甲, amount: 60% }\n- { id: b, what: 乙, amount: 30% }\n- { id: all, what: 各期, amount: 100%, sum-of: [a, b] }", "- { id: a, what: 甲, amount: 60% }\n- { id: b, what: 乙, amount: 40% }\n- { id: all, what: 各期, amount: 100%, sum-of: [a, b] }" },
        { "sum-uncheckable", "- { id: a, what: 甲, parts-of: price }", "- { id: a, what: 甲, amount: 120000.00, parts-of: price }" },
        { "shares-not-whole", "- { id: a, what: 甲, share: 60%, of: price, parts-of: price, amount: 72000.00 }\n- { id: b, what: 乙, share: 39.9999999%, of: price, parts-of: price, amount: 48000.00 }", "- { id: a, what: 甲, share: 60%, of: price, parts-of: price, amount: 72000.00 }\n- { id: b, what: 乙, share: 40%, of: price, parts-of: price, amount: 48000.00 }" },
        { "share-differs", "- { id: a, what: 门槛, share: 15%, of: price, amount: 20000.00 }", "- { id: a, what: 门槛, share: 15%, of: price, amount: 18000.00 }" },
        { "beyond-ceiling", "- { id: cap, what: 上限, share: 20%, of: price }\n- { id: a, what: 违约金, amount: 25000.00, under: cap }", "- { id: cap, what: 上限, share: 20%, of: price }\n- { id: a, what: 违约金, amount: 24000.00, under: cap }" },
        { "limit-beyond-limit", "- { id: all, what: 全程, limit: 4 hours }\n- { id: a, what: 换备机, limit: 1 day, under: all }", "- { id: all, what: 全程, limit: 4 hours }\n- { id: a, what: 换备机, limit: 240 minutes, under: all }" },
        { "signatures-differ", "- { id: a, what: 乙方落款, date: 2024-12-30, role: signed }\n- { id: b, what: 甲方落款, date: 2025-01-01, role: signed }", "- { id: a, what: 乙方落款, date: 2025-01-01, role: signed }\n- { id: b, what: 甲方落款, date: 2025-01-01, role: signed }" },
        { "ends-before-start", "- { id: a, what: 起, date: 2025-06-01, role: start }\n- { id: b, what: 止, date: 2025-05-31, role: end }", "- { id: a, what: 起, date: 2025-06-01, role: start }\n- { id: b, what: 止, date: 2025-12-31, role: end }" },
        { "due-before-signature", "- { id: a, what: 首份报告, date: 2024-12-31, role: due }", "- { id: a, what: 首份报告, date: 2025-01-31, role: due }" },
        { "effective-before-signature", "- { id: a, what: 生效, date: 2024-12-31, role: effective }", "- { id: a, what: 生效, date: 2025-01-01, role: effective }" },
        { "date-outside-term", "- { id: a, what: 演练, date: 2026-01-01, role: within }", "- { id: a, what: 演练, date: 2025-12-31, role: within }" },
        { "date-too-early", "- { id: end, what: 期满, date: 2025-12-31 }\n- { id: check, what: 验收, from: end, limit: 10 workdays }\n- { id: a, what: 保函, date: 2025-12-31, covers: check }", "- { id: end, what: 期满, date: 2025-12-31 }\n- { id: check, what: 验收, from: end, limit: 10 workdays }\n- { id: a, what: 保函, date: 2026-01-31, covers: check }" },
        { "bands-overlap", "- { id: a, what: 响应, bands: [{ at-most: 1 hour, is: 1小时内 }, { at-least: 1 hour, is: 1小时以上 }] }", "- { id: a, what: 响应, bands: [{ at-most: 1 hour, is: 1小时内 }, { more-than: 1 hour, is: 超过1小时 }] }" },
        { "bands-gap", "- { id: a, what: 得分, bands: [{ more-than: 80, is: 合格 }, { less-than: 80, is: 不合格 }] }", "- { id: a, what: 得分, bands: [{ at-least: 80, is: 合格 }, { less-than: 80, is: 不合格 }] }" },
        { "statements-differ", "- { id: a, what: 附件合计, amount: 120001.00, same-as: price }", "- { id: a, what: 附件合计, amount: 120000.00, same-as: price }" },
        { "statements-differ", "- { id: first, what: 起, date: 2025-04-01 }\n- { id: last, what: 止, date: 2026-03-30 }\n- { id: a, what: 一年, from: first, limit: 1 year, same-as: last }", "- { id: first, what: 起, date: 2025-04-01 }\n- { id: last, what: 止, date: 2026-03-31 }\n- { id: a, what: 一年, from: first, limit: 1 year, same-as: last }" },
        { "statements-differ", "- { id: a, what: 目录, says: 保密协议 }\n- { id: b, what: 标题, says: 保密合同, same-as: a }", "- { id: a, what: 目录, says: 保密协议 }\n- { id: b, what: 标题, says: 保密协议, same-as: a }" },
        { "limits-contradict", "- { id: a, what: 正文, subject: 移交, limit: 15 workdays }\n- { id: b, what: 违约条款, subject: 移交, limit: 1 month }", "- { id: a, what: 正文, subject: 恢复, limit: 1 day }\n- { id: b, what: 违约条款, subject: 恢复, limit: 24 hours }" },
        { "figures-contradict", "- { id: a, what: 正文, subject: 泄密, share: 20%, of: price }\n- { id: b, what: 附件, subject: 泄密, share: 5%, of: price }", "- { id: a, what: 正文, subject: 泄密, share: 20%, of: price }\n- { id: b, what: 附件, subject: 泄密, amount: 24000.00 }" },
        { "unit-price-uneven", "- { id: a, what: 终端, amount: 100.00, quantity: 3 }", "- { id: a, what: 终端, amount: 99.00, quantity: 3 }" },
        { "unit-prices-differ", "- { id: a, what: 一行, subject: 音箱, amount: 600.00, quantity: 4 }\n- { id: b, what: 二行, subject: 音箱, amount: 200.00, quantity: 2 }", "- { id: a, what: 一行, subject: 音箱, amount: 400.00, quantity: 4 }\n- { id: b, what: 二行, subject: 音箱, amount: 200.00, quantity: 2 }" },
        { "amount-zero", "- { id: a, what: 甲, amount: 120000.00, parts-of: price }\n- { id: b, what: 乙, amount: 0.00, parts-of: price }", "- { id: a, what: 甲, amount: 110000.00, parts-of: price }\n- { id: b, what: 乙, amount: 10000.00, parts-of: price }" },
        { "count-differs", "- { id: a, what: 系统, amount: 3, list: [甲, 乙] }", "- { id: a, what: 系统, amount: 2, list: [甲, 乙] }" },
        { "listed-twice", "- { id: a, what: 条号, list: ['1.1', '1.1'] }", "- { id: a, what: 条号, list: ['1.1', '1.2'] }" },
        { "numbering-gap", "- { id: a, what: 条目, list: [4, 5, 11] }", "- { id: a, what: 条目, list: [4, 5, 6] }" },
        { "not-in-list", "- { id: annexes, what: 附件, list: [保密协议] }\n- { id: a, what: 引用, says: 清单, in: annexes }", "- { id: annexes, what: 附件, list: [保密协议, 清单] }\n- { id: a, what: 引用, says: 清单, in: annexes }" },
        { "blank", "- { id: a, what: 传真, blank: true }", "- { id: a, what: 传真, blank: false }" },
        { "vague", "- { id: a, what: 备份, vague: 定期 }", "- { id: a, what: 备份, limit: 1 week }" },
    };

    [Theory, MemberData(nameof(Defects))]
    public void A_defect_is_found_and_is_gone_once_mended(string kind, string stated, string mended)
    {
        PaperLint.Of(TinyPack.Compile(TinyPack.Stating(stated))).Select(finding => finding.Kind).ShouldBe([kind]);
        PaperLint.Of(TinyPack.Compile(TinyPack.Stating(mended))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("starts-before-signature", "signed: 2025-01-01", "signed: 2025-03-01")]
    [InlineData("year-without-notice", "through: 2025-12-31", "through: 2026-12-31")]
    public void A_defect_is_found_in_the_heading(string kind, string old, string changed) =>
        TinyPack.Findings(TinyPack.With(old, changed)).Select(finding => finding.Kind).ShouldBe([kind]);

    [Theory]
    [InlineData("2025-06-20", "2025-07-01")]
    [InlineData("2025-07-01", "2025-06-01")]
    [InlineData("2025-06-20", "2026-01-01", "amendment-after-term")]
    [InlineData("2025-12-01", "2025-02-01", "amendment-signed-late")]
    [InlineData("2029-09-20", "2025-10-01", "amendment-signed-late")]
    public void An_amendment_begins_within_the_term_and_is_not_signed_long_after(string signed, string from, params string[] kinds) =>
        TinyPack.Findings(TinyPack.With("figures:", $"amendments: {{ A1: {{ label: 补充协议, clause: c1, signed: {signed}, from: {from}, replaces: {{ price: {{ value: 120000.00 }} }} }} }}\nfigures:"))
            .Select(finding => finding.Kind).ShouldBe(kinds);

    [Fact]
    public void Duties_that_fell_due_before_signature_are_counted_in_one_finding()
    {
        var duty = "\n  reports: { clause: c1, label: 月报, duty: { of: { periods: { each: month, from: 2025-01-01T00:00:00+08:00, to: 2025-07-01T00:00:00+08:00 } }, due: last, done: { facts: incident.resolved, on: { subject: period } } } }\n  price:";
        TinyPack.Findings(TinyPack.With("\n  price:", duty)).ShouldBeEmpty();
        var syntax = TinyPack.With("signed: 2025-01-01, term: { from: 2025-01-01, through: 2025-12-31 }, calendar: cn-government }\nfacts: { incident.reported: { severity: text }, incident.resolved: {} }\nterms:\n  price:",
            "signed: 2025-03-31, term: { from: 2025-03-31, through: 2025-12-31 }, calendar: cn-government }\nfacts: { incident.reported: { severity: text }, incident.resolved: {} }\nterms:" + duty);
        TinyPack.Findings(syntax).ShouldHaveSingleItem().Message.ShouldBe("“月报”有 2 次期限（2025-01-31、2025-02-28）早于签署日 2025-03-31");
    }

    [Fact]
    public void A_threshold_that_is_not_its_share_is_told_with_all_figures() =>
        TinyPack.Findings(TinyPack.Stating("- { id: a, clause: c3, what: 门槛, share: 15%, of: price, amount: 20000.00 }")).ShouldHaveSingleItem().ToString()
            .ShouldBe("严重 contract.yaml:22: [c3、c1] “门槛”写作 15%，金额 20,000.00；120,000.00 的 15% 为 18,000.00，相差 2,000.00；所写金额占 16.6667%，合于 133,333.33 的基数（share-differs/a）");

    [Fact]
    public void A_last_band_of_time_that_ends_leaves_the_rest_out() =>
        TinyPack.Findings(TinyPack.Stating("- { id: a, what: 离岗, bands: [{ more-than: 1 hour, less-than: 2 hours, is: 一档 }, { more-than: 2 hours, less-than: 4 hours, is: 二档 }] }")).ShouldHaveSingleItem().Message
            .ShouldBe("“离岗”的分档有缺口：恰为 2小时；≥ 4小时 不属任何一档");

    [Fact]
    public void A_total_names_the_parts_that_state_no_amount() =>
        TinyPack.Findings(TinyPack.Stating("- { id: a, what: 甲, amount: 119200.00, parts-of: price }\n- { id: b, what: 摄像机, parts-of: price }")).ShouldHaveSingleItem().Message
            .ShouldBe("“总价”写作 120,000.00，1 项之和为 119,200.00，相差 800.00；未写数的有：摄像机");
}
