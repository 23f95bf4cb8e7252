using System.Net.Http.Json;
using System.Text.Json;

namespace Yueheng.Statements.Issuing;

/// <summary>A server of electronic seals: given a statement's print, it answers with the sealed document. Organisations have their own; this is all that is asked of one.</summary>
public interface IElectronicSeal
{
    /// <param name="number">The statement's.</param>
    /// <param name="print">Its print, as issued.</param>
    /// <exception cref="SealRefusedException">The server does not seal it, or cannot be reached.</exception>
    Task<SealedDocument> Seal(IssuedStatement issued, byte[] print, CancellationToken cancellation);
}

/// <summary>What a seal server made of a print.</summary>
/// <param name="Name">A file name: 评估单-2025-003.pdf.</param>
/// <param name="Content">The sealed document, PDF or OFD.</param>
/// <param name="Date">The date of the seal.</param>
public sealed record SealedDocument(string Name, byte[] Content, DateOnly Date);

/// <summary>The seal server does not seal it; the message says why, in Chinese.</summary>
public sealed class SealRefusedException(string message) : Exception(message);

/// <summary>
/// A seal server over HTTP, the plainest there can be. It is sent
/// <code>POST {"contract":"…","number":"2025-003","printSha256":"64 hex digits","ledgerSeq":7,"ledgerHash":"64 hex digits","print":"base64"}</code>
/// and answers 200 with <code>{"name":"….pdf","date":"2025-12-10","document":"base64"}</code>, or anything else with <c>{"message":"…"}</c>.
/// </summary>
/// <param name="http">Goes where the seal server is and nowhere else.</param>
/// <param name="address">The seal server's.</param>
public sealed class HttpElectronicSeal(HttpClient http, Uri address) : IElectronicSeal
{
    private const int LargestDocument = 50 << 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Order(string Contract, string Number, string PrintSha256, long LedgerSeq, string LedgerHash, byte[] Print);

    private sealed record Made(string? Name, string? Date, byte[]? Document, string? Message);

    public async Task<SealedDocument> Seal(IssuedStatement issued, byte[] print, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(address, new Order(issued.Contract, issued.Number, issued.PrintSha256, issued.LedgerSeq, issued.LedgerHash, print), Json, cancellation);
            if (answer.Content.Headers.ContentLength > LargestDocument) throw new SealRefusedException("电子签章服务返回的文件过大。");
            var made = await answer.Content.ReadFromJsonAsync<Made>(Json, cancellation);
            if (!answer.IsSuccessStatusCode) throw new SealRefusedException($"电子签章服务没有签章（{(int)answer.StatusCode}）{(made?.Message is { Length: > 0 } why ? "：" + why : "")}。");
            return made is { Name.Length: > 0, Document.Length: > 0 } && DateOnly.TryParseExact(made.Date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date)
                ? new SealedDocument(Path.GetFileName(made.Name), made.Document, date)
                : throw new SealRefusedException("电子签章服务的回答缺少 name、date 或 document。");
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException or NotSupportedException || broken is TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new SealRefusedException("电子签章服务没有可用的回答。");
        }
    }
}
