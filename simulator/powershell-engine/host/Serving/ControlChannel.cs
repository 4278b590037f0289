using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AetherV.PowerShellEngine.Serving;

/// <summary>
/// The conversation with the simulator: one JSON object a line in both directions, over a socket that this
/// process was started with. It is apart from the standard streams, which belong to the scripts.
/// </summary>
/// <remarks>
/// From the simulator: <c>run</c> starts a script; <c>stdin</c> (base64, null: the end) is its input;
/// <c>answer</c> answers a call. To it: <c>ready</c>, <c>stdout</c> and <c>stderr</c> (base64), <c>call</c>,
/// and <c>exit</c> once all output was sent.
/// </remarks>
internal sealed class ControlChannel
{
    private const int Descriptor = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly NetworkStream stream = new(new Socket(new SafeSocketHandle(Descriptor, true)), true);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonObject>> calls = [];
    private readonly BlockingCollection<RunRequest> runs = [];
    private BlockingCollection<byte[]> input = [];
    private long lastCall;

    /// <summary>Starts to listen.</summary>
    public void Open() => new Thread(Listen) { IsBackground = true }.Start();

    /// <summary>Gives the runs that are asked for, until the simulator closes the channel.</summary>
    public IEnumerable<RunRequest> Runs() => runs.GetConsumingEnumerable();

    /// <summary>Sends one message.</summary>
    public void Send(string name, JsonNode? value)
    {
        var line = new JsonObject { [name] = value }.ToJsonString(Json) + "\n";
        var bytes = Encoding.UTF8.GetBytes(line);
        lock (stream) stream.Write(bytes);
    }

    /// <summary>Asks the simulator to do something and waits for its answer, however long that takes.</summary>
    /// <returns>An object with either <c>result</c> or <c>error</c>.</returns>
    public JsonObject Call(string operation, JsonNode? arguments)
    {
        var id = Interlocked.Increment(ref lastCall);
        var answer = new TaskCompletionSource<JsonObject>();
        calls[id] = answer;
        Send("call", new JsonObject { ["id"] = id, ["operation"] = operation, ["arguments"] = arguments });
        return answer.Task.GetAwaiter().GetResult();
    }

    private void Listen()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line) Receive(JsonNode.Parse(line)!.AsObject());
        // The simulator is gone: nobody waits for whatever runs, and nothing can be sent.
        Process.GetCurrentProcess().Kill();
    }

    private void Receive(JsonObject message)
    {
        if (message["run"] is JsonObject run)
        {
            var request = run.Deserialize<RunRequest>(Json)!;
            input = request.Input;
            runs.Add(request);
        }
        else if (message["stdin"] is JsonValue bytes) input.Add(Convert.FromBase64String(bytes.GetValue<string>()));
        else if (message.ContainsKey("stdin")) input.CompleteAdding();
        else if (message["answer"] is JsonObject answer && calls.TryRemove(answer["id"]!.GetValue<long>(), out var call))
        {
            call.SetResult(answer);
        }
    }
}
