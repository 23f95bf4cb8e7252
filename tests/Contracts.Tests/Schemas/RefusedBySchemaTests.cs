using System.Text.Json.Nodes;

namespace Yueheng.Contracts.Tests.Schemas;

/// <summary>What an editor underlines before anyone runs <c>yueheng check</c>.</summary>
public class RefusedBySchemaTests
{
    private static readonly JsonSchema Contract = JsonSchema.Load("contract.schema.json"), Fact = JsonSchema.Load("facts.schema.json");

    private static IReadOnlyList<string> FaultsOf(string term) => Contract.Faults(EditorYaml.Read($$"""
        language: terms/1
        contract: { name: 甲, parties: { buyer: 乙 }, signed: 2025-01-01, term: { from: 2025-01-01, through: 2025-12-31 }, calendar: cn-government }
        facts: { incident.reported: { severity: text }, incident.resolved: }
        terms:
          it: {{term}}
        figures: [ { address: it, value: 1 } ]
        """));

    [Theory]
    [InlineData("{ value: 20 }")]
    [InlineData("{ value: 20% }")]
    [InlineData("{ value: 2025-12-31 }")]
    [InlineData("{ value: true }")]
    [InlineData("{ value: { text: 20 } }")]
    [InlineData("{ value: { count: { facts: incident.reported, on: [subject] } } }")]
    [InlineData("{ value: { value: other, view: year } }")]
    [InlineData("{ facts: incident.reported, where: [ { is: { severity: [1, 2] } }, workday: day ] }")]
    [InlineData("{ rows: { columns: { period: text, due: date }, list: [[2025, ~]] } }")]
    [InlineData("{ clock: { of: { facts: incident.reported }, stops: { facts: incident.resolved, last: true }, limit: 10 minutes } }")]
    [InlineData("{ value: { choose: [ { when: a, is: 1 }, { otherwise: 2 } ] } }")]
    [InlineData("{ from: a, order: [ at, { desc: points } ], first: [] }")]
    public void A_good_term_passes(string term) => FaultsOf(term).ShouldBeEmpty();

    [Theory]
    [InlineData("{ value: }")]                                                        // nothing
    [InlineData("{ valeu: 1 }")]                                                      // an unknown key
    [InlineData("{ value: 中文 }")]                                                    // a text that is no name
    [InlineData("{ value: 3 fortnights }")]
    [InlineData("{ value: { pluss: [1, 2] } }")]                                      // an unknown operation
    [InlineData("{ value: { plus: [1, 2], minus: [1, 2] } }")]                        // two operations
    [InlineData("{ value: { count: { in: a, facts: b } } }")]                         // both places to look
    [InlineData("{ value: { count: {} } }")]                                          // none
    [InlineData("{ value: { sum: { in: a } } }")]                                     // of what?
    [InlineData("{ value: { units: { of: a, each: 1, count: begun } } }")]            // not one of the words
    [InlineData("{ value: { due: { from: a, within: 3 } } }")]                        // a span without a unit
    [InlineData("{ value: { part: { of: a, before: x, after: y } } }")]
    [InlineData("{ value: { choose: [ { is: 1 } ] } }")]                              // a case without when
    [InlineData("{ value: { of: a } }")]                                              // a comparison with nothing
    [InlineData("{ value: 1, facts: incident.reported }")]                            // a value and a set
    [InlineData("{ facts: a, from: b }")]                                             // two sources
    [InlineData("{ where: a }")]                                                      // no source
    [InlineData("{ clock: { of: a, stops: { facts: b, at: c } } }")]
    [InlineData("{ scorecard: { items: {}, rules: { r: { item: s, points: -1 } } } }")] // a rule without occurrences
    [InlineData("{ from: a, order: [ { asc: at } ] }")]
    public void A_bad_term_is_underlined(string term) => FaultsOf(term).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""{"id":"f1","contract":"c","kind":"patrol.done","at":"2025-03-03T09:00:00+08:00","subject":"P","data":{"patrol":"daily","period":"2025-03-03","hidden_danger":null,"more":[1]}}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"our.own","at":"2025-03-03T09:00:00.5Z","subject":"P","seq":4,"hash":"ab","recordedAt":null}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"assurance.declared","at":"2025-03-03T09:00:00Z","subject":"P","data":{"from":"2025-03-03","to":"2025-03-04T10:00:00+08:00"}}""")]
    public void A_good_fact_passes(string line) => Fact.Faults(JsonNode.Parse(line)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"id":"","contract":"c","kind":"patrol.done","at":"2025-03-03T09:00:00+08:00","subject":"P"}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"patrol.done","at":"2025-03-03T09:00:00","subject":"P"}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"patrol.done","at":"2025-03-03T09:00:00+08:00"}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"patrol.done","at":"2025-03-03T09:00:00+08:00","subject":"P","site":"A"}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"patrol.done","at":"2025-03-03T09:00:00+08:00","subject":"P","data":{"hidden_danger":"yes"}}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"payment.made","at":"2025-03-03T09:00:00+08:00","subject":"P","data":{"amount":"12.50"}}""")]
    [InlineData("""{"id":"f1","contract":"c","kind":"training.held","at":"2025-03-03T09:00:00+08:00","subject":"P","data":{"attendees":2.5}}""")]
    public void A_bad_fact_is_underlined(string line) => Fact.Faults(JsonNode.Parse(line)).ShouldNotBeEmpty();
}
