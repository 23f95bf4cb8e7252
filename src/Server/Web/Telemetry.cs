using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Yueheng.Server.Web;

/// <summary>Traces and metrics over OTLP, when OTEL_EXPORTER_OTLP_ENDPOINT says where to; else nothing is gathered and nothing leaves.</summary>
internal sealed class Telemetry(IConfiguration settings) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public static void Use(IServiceCollection parts, IConfiguration settings)
    {
        if (string.IsNullOrEmpty(settings["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        // Requests say their route and their status by the names that everybody knows.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        parts.AddHostedService<Telemetry>();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var node = ResourceBuilder.CreateDefault().AddService(settings["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "yueheng");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(node).AddSource("Microsoft.AspNetCore").AddSource("Npgsql").AddOtlpExporter(exporter => Aim(exporter, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(node)
            .AddMeter("Microsoft.AspNetCore.Hosting").AddMeter("Microsoft.AspNetCore.Server.Kestrel").AddMeter("Npgsql").AddMeter("System.Runtime").AddOtlpExporter(exporter => Aim(exporter, "v1/metrics")).Build();
        return Task.CompletedTask;
    }

    private void Aim(OtlpExporterOptions exporter, string path)
    {
        var isHttp = settings["OTEL_EXPORTER_OTLP_PROTOCOL"] == "http/protobuf";
        var root = settings["OTEL_EXPORTER_OTLP_ENDPOINT"]!;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(isHttp ? root.TrimEnd('/') + "/" + path : root);
        if (settings["OTEL_EXPORTER_OTLP_HEADERS"] is { Length: > 0 } headers) exporter.Headers = headers;
    }

    // What is still held is sent before the node ends.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _traces?.ForceFlush();
        _metrics?.ForceFlush();
    }, cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
