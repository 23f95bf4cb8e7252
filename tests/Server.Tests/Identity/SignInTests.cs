using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Identity;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Identity;

/// <summary>Signing in by password; each test on a clock of its own class, moved on by some.</summary>
public sealed class SignInTests(ServerFixture fixture) : IAsyncLifetime
{
    private const string Password = "Kein-Zufall-7";
    private readonly TestClock _truth = new();
    private TestNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await fixture.Start(options => options.Truth = _truth);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private Task<HttpResponseMessage> SignIn(string user, string password, string? code = null) => _node.Anonymous.Post("/api/session", new { user, password, code });

    private async Task<HttpClient> With(HttpResponseMessage signedIn)
    {
        var session = await signedIn.Json();
        var client = _node.NewClient();
        client.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", session.Text("csrf"));
        return client;
    }

    [Fact]
    public async Task The_right_password_opens_a_session_that_scripts_and_other_sites_cannot_reach()
    {
        await _node.Person([Role.Engineer], [TestNode.Contract], password: Password, login: "e1");
        var answer = await SignIn(" E1 ", Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("path=/");
        var client = await With(answer);
        (await (await client.Get("/api/session")).Json()).GetProperty("user").Text("title").ShouldBe("engineer");
        // The database keeps neither the password nor what the cookie holds.
        var secret = cookie.Split(';')[0].Split('=')[1];
        (await _node.Ask<long>("select count(*) from server.sessions where position($1 in encode(token, 'escape')) > 0", secret)).ShouldBe(0);
        (await _node.Ask<string>("select password from server.users where login = 'e1'")).ShouldNotContain(Password);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer()
    {
        await _node.Person([Role.Engineer], [TestNode.Contract], password: Password, login: "e2");
        var wrong = await SignIn("e2", "x");
        var unknown = await SignIn("nobody", "x");
        (await wrong.Problem(401)).ShouldBe("sign-in-refused");
        (await unknown.Content.ReadAsStringAsync(Cancellation)).ShouldBe(await wrong.Content.ReadAsStringAsync(Cancellation));
        unknown.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("e3")]
    [InlineData("nobody-either")]
    public async Task Five_failures_lock_for_a_quarter_of_an_hour_whoever_it_is(string login)
    {
        await _node.Person([Role.Engineer], [TestNode.Contract], password: Password, login: "e3");
        for (var attempt = 0; attempt < 4; attempt++) (await SignIn(login, "x")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await (await SignIn(login, "x")).Problem(429)).ShouldBe("locked");
        var locked = await SignIn(login, Password);
        (await locked.Problem(429)).ShouldBe("locked");
        locked.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        _truth.Pass(TimeSpan.FromMinutes(15));
        ((int)(await SignIn(login, Password)).StatusCode).ShouldBe(login == "e3" ? 200 : 401);
    }

    [Fact]
    public async Task Very_many_attempts_from_one_address_are_held_back()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 250).Select(attempt => SignIn($"guess{attempt}", "x")));
        var statuses = answers.Select(answer => (int)answer.StatusCode).ToList();
        statuses.ShouldContain(401);
        statuses.ShouldContain(429);
    }

    [Fact]
    public async Task A_session_ends_when_it_was_idle_too_long_and_in_any_case_after_twelve_hours()
    {
        var id = await _node.Person([Role.Engineer], [TestNode.Contract]);
        var idle = await _node.SignIn(id);
        var busy = await _node.SignIn(id);
        for (var hour = 0; hour < 11; hour++)
        {
            _truth.Pass(TimeSpan.FromHours(1));
            await (await busy.Get("/api/session")).Json();
        }
        (await (await idle.Get("/api/session")).Problem(401)).ShouldBe("sign-in-first");
        _truth.Pass(TimeSpan.FromMinutes(61));
        (await (await busy.Get("/api/session")).Problem(401)).ShouldBe("sign-in-first");
    }

    [Fact]
    public async Task An_administrator_can_do_nothing_before_the_second_factor_and_then_needs_it_every_time()
    {
        await _node.Person([], [], Admin.SystemAdmin, Password, "root1");
        await _node.Execute("update server.users set totp_secret = null where login = 'root1'");
        var client = await With(await SignIn("root1", Password));
        (await (await client.Get("/api/session")).Json()).Text("totp").ShouldBe("must-enrol");
        (await (await client.Get("/api/users")).Problem(403)).ShouldBe("must-enrol");
        (await (await client.Get("/api/contracts")).Problem(403)).ShouldBe("must-enrol");

        var offer = await (await client.Post("/api/session/totp")).Json();
        offer.Text("uri").ShouldContain("secret=" + offer.Text("secret"));
        offer.Text("qr").ShouldStartWith("<svg");
        var secret = FromBase32(offer.Text("secret"));
        (await (await client.Put("/api/session/totp", new { code = "000000" })).Problem(422)).ShouldBe("invalid");
        (await (await client.Put("/api/session/totp", new { code = Totp.Code(secret, Totp.StepOf(_truth.GetUtcNow())) })).Json()).Text("totp").ShouldBe("on");
        await (await client.Get("/api/users")).Json();

        (await (await SignIn("root1", Password)).Problem(401)).ShouldBe("totp-required");
        // The code that enrolled was used; so is the next, once.
        (await (await SignIn("root1", Password, Totp.Code(secret, Totp.StepOf(_truth.GetUtcNow())))).Problem(401)).ShouldBe("sign-in-refused");
        _truth.Pass(TimeSpan.FromSeconds(31));
        var code = Totp.Code(secret, Totp.StepOf(_truth.GetUtcNow()));
        await (await SignIn("root1", Password, code)).Json();
        (await (await SignIn("root1", Password, code)).Problem(401)).ShouldBe("sign-in-refused");

        // Whoever finds the screen open cannot take the second factor over.
        (await (await client.Post("/api/session/totp")).Problem(401)).ShouldBe("totp-required");
        // The database by itself makes no codes.
        (await _node.Ask<byte[]>("select totp_secret from server.users where login = 'root1'")).AsSpan().IndexOf(secret).ShouldBe(-1);
    }

    [Fact]
    public async Task An_initial_password_opens_nothing_until_it_is_changed_and_a_change_ends_other_sessions()
    {
        var id = await _node.Person([Role.Engineer], [TestNode.Contract], password: Password, login: "fresh");
        await _node.Execute("update server.users set must_change = true where id = $1", id);
        var client = await With(await SignIn("fresh", Password));
        var other = await _node.SignIn(id);
        (await (await client.Get("/api/contracts")).Problem(403)).ShouldBe("must-change-password");
        (await (await client.Post("/api/session/password", new { old = "x", @new = "Neu-und-lang-9" })).Problem(422)).ShouldBe("invalid");
        (await (await client.Post("/api/session/password", new { old = Password, @new = Password })).Problem(422)).ShouldBe("invalid");
        (await (await client.Post("/api/session/password", new { old = Password, @new = "Neu-und-lang-9" })).Json()).Text("password").ShouldBe("fine");
        await (await client.Get("/api/contracts")).Json();
        (await other.Get("/api/session")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await SignIn("fresh", Password)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        await (await SignIn("fresh", "Neu-und-lang-9")).Json();
    }

    [Theory]
    [InlineData("Kurz-1a", "至少")]
    [InlineData("alleskleingeschrieben", "种")]
    [InlineData("Password-123", "常见")]
    [InlineData("Wang.wei-2024", "登录名")]
    [InlineData("Aaaa1111aaaa", "重复")]
    [InlineData("Gut-genug-2024", null)]
    [InlineData("春江花月夜之一Abc1", null)]
    public void What_a_password_must_be(string password, string? because)
    {
        var refusal = PasswordRules.Refuse(password, "wang.wei");
        if (because is null) refusal.ShouldBeNull();
        else refusal.ShouldNotBeNull().ShouldContain(because);
    }

    [Fact]
    public void A_made_password_will_do()
    {
        for (var once = 0; once < 200; once++) PasswordRules.Refuse(PasswordRules.Make(), "someone").ShouldBeNull();
    }

    private static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(letter => Convert.ToString(letters.IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }
}
