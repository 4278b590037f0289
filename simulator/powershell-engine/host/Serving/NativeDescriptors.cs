using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>File descriptors as Linux and macOS have them.</summary>
internal static partial class NativeDescriptors
{
    private const int AfUnix = 1;
    private const int SockStream = 1;
    private const int ShutBoth = 2;

    /// <summary>
    /// Makes a descriptor of this process one end of a new pair of connected sockets.
    /// </summary>
    /// <returns>The other end.</returns>
    public static Socket Connect(int descriptor)
    {
        Span<int> pair = stackalloc int[2];
        Check(socketpair(AfUnix, SockStream, 0, pair));
        Check(dup2(pair[1], descriptor));
        Check(close(pair[1]));
        return new Socket(new SafeSocketHandle(pair[0], ownsHandle: true));
    }

    /// <summary>
    /// Ends a socket in both directions: the other end reads what is under way and then the end, and what it
    /// writes fails. Copies of the descriptor, which a script may have made, are ended with it.
    /// </summary>
    public static void End(int descriptor) => _ = shutdown(descriptor, ShutBoth);

    /// <summary>Points a descriptor at what another one stands for.</summary>
    public static void Redirect(int descriptor, int target) => Check(dup2(target, descriptor));

    /// <summary>Gives a second descriptor for the same thing.</summary>
    public static int Duplicate(int descriptor) => Check(dup(descriptor));

    private static int Check(int result) =>
        result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, Span<int> pair);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shutdown(int descriptor, int how);
}
