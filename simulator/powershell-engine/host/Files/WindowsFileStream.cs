using AetherV.PowerShellEngine.Hosting;
using Microsoft.Win32.SafeHandles;

namespace AetherV.PowerShellEngine.Files;

/// <summary>
/// What a script gets for <c>System.IO.FileStream</c>: errors carry Windows' codes, and the file takes its room
/// on the simulated volume, which can be full.
/// </summary>
/// <remarks>Only the constructors that agents use are here: another one fails, it does not go past this class.</remarks>
public sealed class WindowsFileStream : FileStream
{
    /// <summary>HRESULT_FROM_WIN32 of the codes in winerror.h.</summary>
    private const int FileExists = unchecked((int)0x80070050);
    private const int DiskFull = unchecked((int)0x80070070);

    private readonly string path;

    public WindowsFileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
        : this(path, mode, access, share, bufferSize, FileOptions.None)
    {
    }

    public WindowsFileStream(
        string path, FileMode mode, FileAccess access, FileShare share, int bufferSize, FileOptions options)
        : base(Open(path, mode, access, share, options), access, bufferSize) => this.path = path;

    public override void SetLength(long value)
    {
        Reserve(value);
        base.SetLength(value);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Reserve(Position + count);
        base.Write(buffer, offset, count);
    }

    private static SafeFileHandle Open(
        string path, FileMode mode, FileAccess access, FileShare share, FileOptions options)
    {
        if (mode == FileMode.CreateNew && System.IO.Path.Exists(path))
        {
            throw new IOException($"The file '{path}' already exists.", FileExists);
        }
        return File.OpenHandle(path, mode, access, share, options);
    }

    private void Reserve(long bytes)
    {
        if (SessionContext.Current.ReserveRoom(path, bytes) is { } refusal) throw new IOException(refusal, DiskFull);
    }
}
