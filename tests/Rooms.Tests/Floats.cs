namespace Yueheng.Rooms.Tests;

#pragma warning disable CA1822, CS0649 // Kept as small as a mistake would be.

/// <summary>One class for each way in which floating point slips into code; <see cref="FloatingPointTests"/> must find them all.</summary>
internal static class Floats
{
    internal sealed class InAField { public double Hours; }

    internal sealed class InAConstant { public const float Rate = 0.8f; }

    internal sealed class InAParameter { public bool IsLate(double hours) => hours is double.NaN; }

    internal sealed class InAResult { public float Share(decimal part) => (float)part; }

    internal sealed class InALocal { public bool Parses(string text) => double.TryParse(text, out var number) && number > 0; }

    internal sealed class InAnInstruction { public long Half(long seconds) => (long)(seconds * 0.5); }

    internal sealed class InAGenericArgument { public object Rates() => new List<double>(); }

    internal sealed class InAMethodArgument { public object None() => Array.Empty<float>(); }

    internal sealed class InACall { public object Spent(TimeSpan time) => time.TotalHours; }

    internal sealed class InAHalf { public Half Small; }

    internal sealed class Innocent
    {
        public decimal Share(decimal part, decimal whole) => Math.Round(part / whole, 2);
        public IEnumerable<int> UpTo(int end) { for (var i = 0; i < end; i++) yield return i; }
        public string Named(string text) => text switch { "r4" => "ldc.r8", "r8" => "double", _ => text };
    }
}
