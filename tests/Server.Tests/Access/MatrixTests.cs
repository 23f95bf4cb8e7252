using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Access;

/// <summary>
/// Roles × endpoints × contracts, walked from the list of endpoints itself. What each may do stands in matrix.txt, which somebody wrote and
/// somebody read: an endpoint without a line there fails, as does a line without an endpoint.
/// </summary>
public sealed class MatrixTests(OneNode one) : IClassFixture<OneNode>
{
    private const char May = '+', MayNot = '-';
    private readonly TestNode _node = one.Node;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Matrix = new(() => File.ReadLines(Path.Combine(ServerFixture.Home, "tests", "Server.Tests", "Access", "matrix.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToDictionary(line => line[..line.LastIndexOf("  ", StringComparison.Ordinal)].TrimEnd(), line => line[(line.LastIndexOf("  ", StringComparison.Ordinal) + 2)..].Replace(" ", "", StringComparison.Ordinal), StringComparer.Ordinal));

    // The columns of the file, in its order.
    private static readonly IReadOnlyList<Enum> Columns =
    [
        Role.BuyerClerk, Role.BuyerReviewer, Role.BuyerLeader, Role.BuyerFinance, Role.UsingUnit, Role.ProviderManager, Role.Engineer, Role.DeskAgent, Role.Supervisor, Role.Auditor,
        Admin.SystemAdmin, Admin.SecurityAdmin, Admin.AuditAdmin,
    ];

    private IReadOnlyList<RouteEndpoint> Endpoints() =>
        [.. _node.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))];

    private static string NameOf(RouteEndpoint endpoint) => $"{MethodOf(endpoint)} {endpoint.RoutePattern.RawText!.TrimEnd('/')}";

    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.ShouldHaveSingleItem();

    [Fact]
    public void Every_endpoint_has_a_line_and_every_line_an_endpoint()
    {
        var endpoints = Endpoints();
        endpoints.Count.ShouldBeGreaterThan(50);
        endpoints.Select(NameOf).Except(Matrix.Value.Keys).ShouldBeEmpty("no line in matrix.txt");
        Matrix.Value.Keys.Except(endpoints.Select(NameOf)).ShouldBeEmpty("no such endpoint");
        foreach (var (endpoint, cells) in Matrix.Value) cells.ShouldMatch("^[+-]{13}$", endpoint);
    }

    [Fact]
    public void Every_endpoint_says_who_may_call_it() =>
        Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<Server.Access.Access>() is null).Select(NameOf).ShouldBeEmpty();

    public static TheoryData<string> Everybody() => [.. Columns.Select(column => column is Role role ? role.Word() : ((Admin)column).Word())];

    [Theory]
    [MemberData(nameof(Everybody))]
    [Trait("Length", "Long")]
    public async Task Each_may_do_what_the_table_says_and_nothing_else(string who)
    {
        var column = Columns.ToList().FindIndex(one => (one is Role role ? role.Word() : ((Admin)one).Word()) == who);
        var id = Columns[column] is Role held ? await _node.Person([held], [TestNode.Contract]) : await _node.Person([], [], (Admin)Columns[column]);
        var isAdmin = Columns[column] is Admin;
        var wrong = new List<string>();
        var refused = 0;
        foreach (var endpoint in Endpoints())
        {
            var name = NameOf(endpoint);
            var may = Matrix.Value[name][column] == May;
            var inContract = endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name == "contract");
            // A session of its own for each: some of them end it.
            using var client = await _node.SignIn(id);
            var (status, word) = await Call(client, endpoint, TestNode.Contract);
            // To an administrator no contract exists.
            var (expected, because) = isAdmin && inContract ? (404, "not-found") : (403, "forbidden");
            var isRefused = (status, word) is (401, "sign-in-first") or (403, "forbidden");
            if (may && isRefused || !may && (status, word) != (expected, because)) wrong.Add($"{name}: {status} {word}, the table says {(may ? May : MayNot)}");
            if (!may) refused++;
            if (!inContract) continue;
            // In a contract that one has no part in, nobody may do anything, nor learn that it is there.
            (status, word) = await Call(client, endpoint, TestNode.OtherContract);
            if ((status, word) is not (404, "not-found")) wrong.Add($"{name} in another contract: {status} {word}");
        }
        wrong.ShouldBeEmpty();
        refused.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Nobody_may_do_anything_but_sign_in()
    {
        var open = new List<string>();
        foreach (var endpoint in Endpoints())
            if ((await Call(_node.Anonymous, endpoint, TestNode.Contract)) is not (401, "sign-in-first")) open.Add(NameOf(endpoint));
        open.Order(StringComparer.Ordinal).ShouldBe(["GET /api/session/oauth2", "GET /api/session/oauth2/callback", "GET /api/session/ways", "POST /api/session"]);
    }

    [Fact]
    public async Task A_machine_does_what_its_key_says_and_nothing_else()
    {
        using var machine = await _node.Machine([Permission.ReadFacts], ["meter.*"]);
        var wrong = new List<string>();
        var allowed = 0;
        foreach (var endpoint in Endpoints())
        {
            var may = endpoint.Metadata.GetMetadata<Server.Access.Access>() switch
            {
                Server.Access.Access.InContract needed => needed.Permission == Permission.ReadFacts,
                Server.Access.Access.Administrators => false,
                _ => true,
            };
            var (status, word) = await Call(machine, endpoint, TestNode.Contract);
            var isRefused = (status, word) is (401, "sign-in-first") or (403, "forbidden");
            if (may == isRefused && !(may && NameOf(endpoint).Contains("/session", StringComparison.Ordinal))) wrong.Add($"{NameOf(endpoint)}: {status} {word}");
            if (may) allowed++;
        }
        wrong.ShouldBeEmpty();
        allowed.ShouldBeGreaterThan(5);
    }

    private static async Task<(int Status, string Word)> Call(HttpClient client, RouteEndpoint endpoint, string contract)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "contract" } => contract,
                    // Nothing has this number, id or hash.
                    _ => "987654",
                });
        }
        using var request = new HttpRequestMessage(new HttpMethod(MethodOf(endpoint)), path.ToString());
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Delete) request.Content = Body(endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.FirstOrDefault());
        // Streams of events never end: their head is enough.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var word = "";
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            word = (await answer.Json((int)answer.StatusCode)).Text("type")["/problems/".Length..];
        return ((int)answer.StatusCode, word);
    }

    private static HttpContent Body(string? type) => type switch
    {
        "multipart/form-data" => new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "x" } },
        null => new StringContent("{}", Encoding.UTF8, "application/json"),
        _ => new StringContent("{}", Encoding.UTF8, type),
    };
}
