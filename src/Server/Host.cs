using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yueheng.Ledger;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Server.Endpoints;
using Yueheng.Server.Identity;
using Yueheng.Server.Web;

namespace Yueheng.Server;

/// <summary>A node: the rooms put on the network.</summary>
public static class Host
{
    /// <summary>Builds a node; nothing listens until it is started.</summary>
    /// <param name="database">Open and migrated, and outlives the node. Null: the node describes itself and answers nothing.</param>
    /// <param name="clock">The contracts' time.</param>
    /// <param name="truth">True time; null: the system's.</param>
    public static WebApplication Build(HostSettings settings, LedgerDatabase? database, BusinessClock clock, TimeProvider? truth = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "yueheng",
            EnvironmentName = Environments.Production,
            // An appsettings.json in the data directory is read, once.
            ContentRootPath = Directory.Exists(settings.Data) ? Path.GetFullPath(settings.Data) : AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(Limit);
        builder.WebHost.UseUrls([.. settings.Urls]);
        Logs.Use(builder.Logging);
        Telemetry.Use(builder.Services, builder.Configuration);
        AddParts(builder.Services, builder.Configuration, settings, database, clock, truth ?? TimeProvider.System);
        var app = builder.Build();
        Pipe(app);
        return app;
    }

    // A body is small unless its endpoint says otherwise.
    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 4 << 20;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(20);
    }

    private static void AddParts(IServiceCollection parts, IConfiguration configuration, HostSettings settings, LedgerDatabase? database, BusinessClock clock, TimeProvider truth)
    {
        parts.AddSingleton(settings);
        parts.AddSingleton(truth);
        parts.AddSingleton(clock);
        if (database is not null) parts.AddSingleton(database);
        else parts.AddSingleton<LedgerDatabase>(_ => throw new InvalidOperationException("This node has no database."));
        parts.AddSingleton<LedgerOf>(services => caller => new FactLedger(services.GetRequiredService<LedgerDatabase>(), clock, caller.Contracts));
        parts.AddSingleton<AuditLog>();
        parts.AddSingleton<Sessions>();
        parts.AddSingleton<MachineKeys>();
        parts.AddSingleton<People>();
        parts.AddSingleton<SealedSecrets>();
        parts.AddSingleton<SignInLimits>();
        parts.AddSingleton<SessionAnswers>();
        parts.AddSingleton(services => new SignIn(
            services.GetRequiredService<People>(), services.GetService<LdapDirectory>(), services.GetRequiredService<SealedSecrets>(), services.GetRequiredService<SignInLimits>(),
            services.GetRequiredService<Sessions>(), services.GetRequiredService<AuditLog>(), truth));
        if (LdapSettings.Of(configuration) is { } ldap) parts.AddSingleton(ldap).AddSingleton<LdapDirectory>();
        if (IssuerSettings.Of(configuration) is { } issuer) parts.AddSingleton(issuer).AddSingleton<Issuer>();
        RoomParts.Add(parts, settings, clock);

        parts.Configure<JsonOptions>(json => Json.Use(json.SerializerOptions));
        parts.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        parts.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        parts.AddOpenApi("v1", Description.Use);
    }

    private static void Pipe(WebApplication app)
    {
        // A proxy on this machine says who asked and how; nobody else is believed.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemPages>();
        app.UseRouting();
        app.UseMiddleware<Gate>();
        app.UseMiddleware<ConsoleFiles>();
        app.MapOpenApi("/openapi/{documentName}.json");
        Health.Map(app);
        var api = app.MapGroup("/api");
        foreach (var feature in EndpointList.InApi) feature(api);
        var contract = api.MapGroup("/contracts/{contract}");
        foreach (var feature in EndpointList.InContract) feature(contract);
    }
}
