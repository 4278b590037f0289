using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>
/// The standard streams of one run. Descriptors 0, 1 and 2 really become the run's, so that a script may
/// reach them however it likes: by Console.In, by OpenStandardInput, or by a copy of the descriptor.
/// </summary>
internal sealed class StandardStreams : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>What the process itself was started with.</summary>
    private static readonly int[] Own = [.. Enumerable.Range(0, 3).Select(NativeDescriptors.Duplicate)];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Socket[] sockets = [.. Enumerable.Range(0, 3).Select(NativeDescriptors.Connect)];
    private readonly Thread[] outputs;

    /// <summary>Connects the streams. What the script writes is handed to the two actions, in order.</summary>
    public StandardStreams(BlockingCollection<byte[]> input, Action<byte[]> onOutput, Action<byte[]> onError)
    {
        new Thread(() => Feed(input)) { IsBackground = true }.Start();
        outputs = [Pump(sockets[1], onOutput), Pump(sockets[2], onError)];
        ConnectConsole();
    }

    /// <summary>Ends the streams; returns when everything that was written has been handed on.</summary>
    public void Dispose()
    {
        Console.Out.Flush();
        Console.Error.Flush();
        for (var descriptor = 0; descriptor <= 2; descriptor++)
        {
            NativeDescriptors.End(descriptor);
            NativeDescriptors.Redirect(descriptor, Own[descriptor]);
        }
        foreach (var output in outputs) output.Join();
        foreach (var socket in sockets) socket.Dispose();
    }

    /// <summary>
    /// Console keeps the readers and writers that it made first, and with them the first run's descriptors.
    /// </summary>
    private static void ConnectConsole()
    {
        Console.SetIn(new StreamReader(Console.OpenStandardInput(), Utf8));
        Console.SetOut(WindowsWriter(Console.OpenStandardOutput()));
        Console.SetError(WindowsWriter(Console.OpenStandardError()));
    }

    private static StreamWriter WindowsWriter(Stream stream) =>
        new(stream, Utf8) { AutoFlush = true, NewLine = "\r\n" };

    private void Feed(BlockingCollection<byte[]> input)
    {
        try
        {
            foreach (var bytes in input.GetConsumingEnumerable()) sockets[0].Send(bytes);
            sockets[0].Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The run ended without reading all of its input.
        }
    }

    private static Thread Pump(Socket socket, Action<byte[]> hand)
    {
        var thread = new Thread(() =>
        {
            var buffer = new byte[BufferBytes];
            for (int count; (count = socket.Receive(buffer)) > 0;) hand(buffer[..count]);
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return thread;
    }
}
