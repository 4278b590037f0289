"""One task of the bench with pywinrm: a Task of tasks.ts on stdin, a TaskResult on stdout."""

import json
import resource
import sys
import threading
import time

# NTLM needs MD4, which OpenSSL 3 has in its legacy provider alone; cryptography loads that with its backend.
import cryptography.hazmat.backends.openssl.backend  # noqa: F401
from winrm.protocol import Protocol

task = json.load(sys.stdin)


def connect(url):
    return Protocol(
        endpoint=url,
        transport="plaintext" if task["authentication"] == "basic" else "ntlm",
        username=task["username"],
        password=task["password"],
        ca_trust_path=task["ca"],
        server_cert_validation="validate",
    )


def command(protocol, shell, name, *arguments):
    command_id = protocol.run_command(shell, name, arguments)
    stdout, _stderr, _status = protocol.get_command_output(shell, command_id)
    protocol.cleanup_command(shell, command_id)
    return stdout


def once(url):
    protocol = connect(url)
    shell = protocol.open_shell()
    command(protocol, shell, "hello.exe")
    protocol.close_shell(shell)


def everywhere():
    threads = [threading.Thread(target=once, args=(url,)) for url in task["urls"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def timed(work):
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(scenario, url, count):
    if scenario == "cold":
        return [timed(lambda: once(url)) for _ in range(count)]
    if scenario == "hosts":
        return [timed(everywhere)]
    protocol = connect(url)
    send = getattr(protocol, "send_command_input", None)
    if scenario in ("warm", "stdin") and send is None:
        return None
    shell = protocol.open_shell()

    def stdin():
        command_id = protocol.run_command(shell, "count.exe")
        send(shell, command_id, b"x" * task["bytes"], end=True)
        protocol.get_command_output(shell, command_id)
        protocol.cleanup_command(shell, command_id)

    def stdout():
        size = len(command(protocol, shell, "flood.exe", str(task["bytes"])))
        if size != task["bytes"]:
            raise ValueError(f"{size} bytes came instead of {task['bytes']}.")

    try:
        if scenario == "command":
            return [timed(lambda: command(protocol, shell, "hello.exe")) for _ in range(count)]
        if scenario == "stdin":
            return [timed(stdin)]
        if scenario == "stdout":
            return [timed(stdout)]
        return None
    finally:
        protocol.close_shell(shell)


times = measure(task["scenario"], task["urls"][0], task["count"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
json.dump({"times": times, "peakBytes": peak}, sys.stdout)
