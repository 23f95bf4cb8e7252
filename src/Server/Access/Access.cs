namespace Yueheng.Server.Access;

/// <summary>Who may call an endpoint: every endpoint under <c>/api</c> says so, and one that says nothing is refused to all.</summary>
public abstract record Access
{
    /// <summary>Without having signed in.</summary>
    public sealed record Anyone : Access;

    /// <summary>Whoever has signed in; the endpoint shows each only what is theirs.</summary>
    /// <param name="BeforeReady">Also before a second factor was enrolled or an initial password changed.</param>
    public sealed record SignedIn(bool BeforeReady = false) : Access;

    /// <summary>Who may do this in the contract of the path.</summary>
    public sealed record InContract(Permission Permission) : Access;

    /// <summary>One of these administrators.</summary>
    public sealed record Administrators(params IReadOnlyList<Admin> Any) : Access;
}

public static class AccessExtensions
{
    /// <summary>Anyone may call it.</summary>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access.Anyone());

    /// <summary>Whoever has signed in may call it.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder endpoint, bool beforeReady = false) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access.SignedIn(beforeReady));

    /// <summary>It takes a permission in the contract of the path (<c>{contract}</c>), asked before the handler runs.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access.InContract(permission));

    /// <summary>One of these administrators may call it.</summary>
    public static TBuilder ForAdmins<TBuilder>(this TBuilder endpoint, params Admin[] any) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access.Administrators(any));
}
