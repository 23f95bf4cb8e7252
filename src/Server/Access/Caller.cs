using Yueheng.Ledger.Authority;

namespace Yueheng.Server.Access;

/// <summary>Who calls: a person who signed in, or a machine with a key. A parameter of this type is filled in by the host.</summary>
public sealed class Caller
{
    private readonly IReadOnlyDictionary<string, IReadOnlySet<Role>> _roles;
    private readonly IReadOnlySet<Permission>? _scope;
    private readonly bool _isChecked;

    /// <param name="roles">By contract; of a machine, its contracts with no role.</param>
    /// <param name="scope">What a machine's key allows; null for a person.</param>
    /// <param name="kinds">Patterns of kinds that a machine may record; null for a person.</param>
    /// <param name="isChecked">False only in the test which shows that the database holds back what the program forgets to check.</param>
    internal Caller(string id, string name, string title, Admin? admin, IReadOnlyDictionary<string, IReadOnlySet<Role>> roles, IReadOnlySet<Permission>? scope = null, IReadOnlyList<string>? kinds = null, bool isChecked = true)
    {
        (Id, Name, Title, _roles, _scope, Kinds, _isChecked) = (id, name, title, roles, scope, kinds, isChecked);
        Admins = admin is { } held ? new HashSet<Admin> { held } : new HashSet<Admin>();
        Contracts = [.. roles.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Pseudonymous, as it goes into <c>by</c>: <c>u-buyer-clerk</c>, <c>k-3f9a…</c>; without plus sign or comma.</summary>
    public string Id { get; }

    /// <summary>For the screen.</summary>
    public string Name { get; }

    public string Title { get; }

    /// <summary>At most one: the three administrators are separate.</summary>
    public IReadOnlySet<Admin> Admins { get; }

    /// <summary>All that the caller may see; the database shows no others.</summary>
    public IReadOnlyCollection<string> Contracts { get; }

    /// <summary>Of a machine, the kinds that its key names (<c>meter.read</c>, <c>incident.*</c>, <c>*</c>); null for people.</summary>
    public IReadOnlyList<string>? Kinds { get; }

    public bool IsMachine => Kinds is not null;

    /// <summary>Where the call came from, for the audit log.</summary>
    internal string Address { get; init; } = "";

    /// <summary>The session that the call belongs to; null for a machine.</summary>
    internal Identity.LiveSession? Session { get; init; }

    public IReadOnlySet<Role> RolesIn(string contract) => _roles.GetValueOrDefault(contract, new HashSet<Role>());

    /// <summary>Whom the caller speaks for in a contract.</summary>
    public Side SideIn(string contract) => AuthorIn(contract).Side;

    /// <summary>The caller as the ledger's table of authority knows them.</summary>
    public Author AuthorIn(string contract) => new(Id, [.. RolesIn(contract)], Kinds);

    public bool SeesMoney(string contract) => May(contract, Permission.ReadMoney);

    public IReadOnlySet<Permission> PermissionsIn(string contract) =>
        !_roles.ContainsKey(contract) ? new HashSet<Permission>() : _scope ?? Permissions.Of(RolesIn(contract));

    public bool May(string contract, Permission permission) => !_isChecked || PermissionsIn(contract).Contains(permission);

    /// <summary>Goes on only if the caller may do this here.</summary>
    /// <exception cref="ForbiddenException">The caller may not; or does not see the contract, which then might as well not exist.</exception>
    public void Require(string contract, Permission permission)
    {
        if (!_isChecked) return;
        if (!_roles.ContainsKey(contract)) throw ForbiddenException.NotThere(contract);
        if (!PermissionsIn(contract).Contains(permission)) throw new ForbiddenException($"您在本合同中没有此项权限（{permission.Word()}）。");
    }

    internal void Require(IEnumerable<Admin> any)
    {
        if (_isChecked && !Admins.Overlaps(any)) throw new ForbiddenException("此操作只由相应的管理员办理。");
    }

    /// <summary>The caller of a request; an endpoint's parameter of this type is filled in by this.</summary>
    /// <exception cref="ProblemException">Nobody has signed in.</exception>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context) ?? throw ProblemException.SignInFirst());

    internal static Caller? Of(HttpContext context) => context.Features.Get<Caller>();
}
