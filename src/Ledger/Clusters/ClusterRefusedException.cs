namespace Yueheng.Ledger.Clusters;

/// <summary>The private cluster cannot run on this machine as it is. The message, in Chinese, says what is missing and what to do.</summary>
public sealed class ClusterRefusedException(string message, Exception? inner = null) : Exception(message, inner);
