using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yueheng.Ledger.Authority;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Web;

public sealed class TelemetryTests(ServerFixture fixture)
{
    [Fact]
    public async Task Traces_and_metrics_go_where_the_endpoint_says_and_hold_no_secret()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{what}", async (string what, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(what, Encoding.UTF8.GetString(body.ToArray()), (_, before) => before + Encoding.UTF8.GetString(body.ToArray()));
        });
        await collector.StartAsync(Cancellation);
        string cookie;
        await using (var node = await fixture.Start(options => options.AppSettings = $$"""{"OTEL_EXPORTER_OTLP_ENDPOINT":"{{collector.Urls.First()}}","OTEL_EXPORTER_OTLP_PROTOCOL":"http/protobuf"}"""))
        {
            var engineer = await node.As(Role.Engineer);
            cookie = engineer.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=')[1];
            await (await engineer.Get("/api/session")).Json();
        }
        // A node that ends sends what it still has.
        received["traces"].ShouldContain("/api/session");
        received["traces"].ShouldContain("yueheng");
        received["metrics"].ShouldContain("http.server.request.duration");
        received["traces"].ShouldNotContain(cookie);
        await collector.StopAsync(Cancellation);
    }
}
