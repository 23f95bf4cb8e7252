using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>
/// Makes up plausible years of service under a contract, from the contract alone: what it reads happens, what it asks for is done,
/// in time or not, as the grade has it. The same seed gives the same year. Usable from many threads.
/// </summary>
/// <example><c>new Simulator(pack.Id, pack.Contract).Year(7, Grade.Fair).ToFactSet()</c></example>
public sealed class Simulator
{
    private const int MostRounds = 7;

    private readonly string _id;
    private readonly Contract _contract;
    private readonly Inquiry _inquiry;
    private readonly List<Obligation> _obligations = [];
    private readonly List<Instalment> _instalments = [];
    private readonly List<Bond> _bonds = [];
    private readonly List<Expression> _figures = [];
    private readonly Question _worth;
    private readonly HashSet<string> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<Question, int> _places = new(ReferenceEqualityComparer.Instance);

    /// <param name="id">The contract's id, which its facts carry.</param>
    /// <param name="contract">The contract, compiled.</param>
    public Simulator(string id, Contract contract)
    {
        (_id, _contract) = (id, contract);
        var tree = new SyntaxTree(contract.Syntax);
        var finder = new RecipeFinder(tree);
        Wordings = new Wordings(tree);
        foreach (var (name, term) in contract.Syntax.Terms)
        {
            if (term.Duty is { } duty && finder.Of(duty.Done, duty.Of) is { } fulfilled) _obligations.Add(new Obligation(name, term, fulfilled));
            if (term.Clock is { } clock && finder.Of(clock.Stops, clock.Of) is { } stopped) _obligations.Add(new Obligation(name, term, stopped));
            if (term.Instalment is { } instalment) _instalments.Add(new Instalment(name, instalment, finder));
            if (term.Security is { } security) _bonds.Add(new Bond(name, security, finder));
        }
        foreach (var recipe in _obligations.SelectMany(obligation => obligation.Plan.Recipes)) _answers.UnionWith(recipe.Kinds);
        var isOwedDaily = _answers.Contains(Happenings.Attendance);
        foreach (var recipe in _instalments.SelectMany(instalment => instalment.Needs).SelectMany(recipes => recipes))
            _answers.UnionWith(recipe.Kinds);
        // People on site on the first day are a condition; that they are there every day goes without saying.
        if (!isOwedDaily) _answers.Remove(Happenings.Attendance);
        foreach (var (kind, columns) in contract.Syntax.Facts)
            foreach (var column in columns.Keys) _figures.AddRange(Wordings.FiguresOf(kind, column).Where(figure => Wordings.Number(figure) is null));
        _worth = new Question(null, _figures.Select((figure, place) => ($"figure{place}", figure)).ToDictionary(pair => pair.Item1, pair => pair.figure), null);
        Openings = SpellsOf(tree);
        var questions = Questions();
        for (var place = 0; place < questions.Count; place++) _places[questions[place]] = place;
        _inquiry = new Inquiry(contract, questions);
        AsOf = contract.Syntax.Sample is { } sample && IsoTime.TryParse(sample.AsOf, out var settled) ? settled : contract.TermTo + 120 * ChinaTime.Day;
    }

    /// <summary>The instant at which a simulated year is settled: that of the contract's sample, else 120 days after the term.</summary>
    public long AsOf { get; }

    internal Wordings Wordings { get; }

    /// <summary>Whether the contract says itself when it is paid; bills are otherwise paid as its duties ask.</summary>
    internal bool HasInstalments => _instalments.Count > 0;

    /// <summary>Kinds that open something, with those that close it and the columns they share.</summary>
    internal IReadOnlyDictionary<string, (IReadOnlyList<string> Closing, IReadOnlyList<string> By)> Openings { get; }

    private List<Question> Questions() =>
    [
        .. _obligations.Select(obligation => obligation.Question),
        .. _instalments.Select(instalment => instalment.Standing),
        .. _instalments.Select(instalment => instalment.Conditions),
        .. _bonds.Select(bond => bond.Question),
        _worth,
    ];

    private static Dictionary<string, (IReadOnlyList<string>, IReadOnlyList<string>)> SpellsOf(SyntaxTree tree)
    {
        var found = new Dictionary<string, (IReadOnlyList<string>, IReadOnlyList<string>)>(StringComparer.Ordinal);
        foreach (var term in tree.Contract.Terms.Values) Visit(term);
        return found;

        void Visit(Syntax node)
        {
            if (node is Spells { Opens: Is opens, Closes: Is closes } spells && opens.Values.TryGetValue("kind", out var from) && closes.Values.TryGetValue("kind", out var to))
                foreach (var kind in from) found.TryAdd(kind, (to, spells.By));
            foreach (var child in SyntaxTree.Children(node)) Visit(child);
        }
    }

    /// <summary>One year; the same arguments give the same facts on every machine.</summary>
    public SimulatedYear Year(long seed, Grade grade)
    {
        var book = new Workbook(_contract.Vocabulary, seed, grade, AsOf);
        var before = Ask(book);
        var worth = Values(_worth, before);
        var diary = new Diary(_contract.Calendar);
        var fields = new Fields(_contract.Syntax, Wordings, grade, figure => Wordings.Number(figure) is { } number ? Value.Of(number) : Worth(figure, worth), ChinaTime.DayOf(_contract.TermTo) - 1, diary);
        var year = new YearOfService(_contract, this, book, fields, diary);

        new Ending(year).Place();
        new Closing(year).Place();
        for (var place = 0; place < _bonds.Count; place++) Settlement.Lodge(year, _bonds[place], Values(_bonds[place].Question, before));
        new Happenings(year).Place(_answers);
        var courses = new Courses(year);
        var fulfilment = new Fulfilment(year);
        var settlement = new Settlement(year);
        for (var round = 0; round < MostRounds; round++)
        {
            var answers = Ask(book);
            var written = book.Drafts.Count;
            courses.Place([.. _obligations.Where(obligation => obligation.IsClock).Select(clock => (clock, Rows(clock.Question, answers)))]);
            foreach (var obligation in _obligations) fulfilment.Meet(obligation, Rows(obligation.Question, answers), courses);
            for (var place = 0; place < _instalments.Count; place++)
                settlement.Pay(_instalments[place], place, Values(_instalments[place].Standing, answers), Values(_instalments[place].Conditions, answers), answers.Payable);
            fulfilment.Review();
            if (book.Drafts.Count == written) break;
        }
        return new SimulatedYear(_id, _contract.Vocabulary, AsOf, book.InOrder());
    }

    private Value Worth(Expression figure, IReadOnlyDictionary<string, Value> worth) =>
        _figures.IndexOf(figure) is >= 0 and var place ? worth.GetValueOrDefault($"figure{place}") : Value.Missing;

    private Answers Ask(Workbook book) => _inquiry.Ask(book.Facts(), AsOf);

    private IReadOnlyList<IReadOnlyDictionary<string, Value>> Rows(Question question, Answers answers) => answers.Rows[_places[question]];

    private IReadOnlyDictionary<string, Value> Values(Question question, Answers answers) =>
        Rows(question, answers) is [var row, ..] ? row : new Dictionary<string, Value>();
}

/// <summary>What every step of making a year works with.</summary>
internal sealed record YearOfService(Contract Contract, Simulator Simulator, Workbook Book, Fields Fields, Diary Diary)
{
    public bool Reads(string kind) => Contract.Syntax.Facts.ContainsKey(kind);

    /// <summary>Writes a fact with its fields, unless its kind would end the contract.</summary>
    public Draft? Add(string kind, long at, string subject, IReadOnlyDictionary<string, Value>? wanted = null) =>
        !Reads(kind) || Simulator.Wordings.Ends(kind) ? null : Write(kind, at, subject, wanted);

    /// <summary>Writes a fact that ends the contract.</summary>
    public Draft? End(string kind, long at, string subject, IReadOnlyDictionary<string, Value> wanted) => Write(kind, at, subject, wanted);

    private Draft? Write(string kind, long at, string subject, IReadOnlyDictionary<string, Value>? wanted) =>
        Book.Add(kind, at, subject, Fields.Of(kind, at, subject, Book.Dice($"fields {kind} {subject} {ChinaTime.DayOf(at)}"), wanted ?? new Dictionary<string, Value>()));

    /// <summary>When the contract was ended early: from then on nothing new happens of itself.</summary>
    public long EndsAt { get; set; } = long.MaxValue;

    public int Signed => ChinaTime.DayOf(IsoTime.Parse(Contract.Syntax.Contract.Signed + "T00:00:00+08:00"));
}
