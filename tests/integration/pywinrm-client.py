"""Runs commands over WinRM with pywinrm and prints what came back as one JSON document.

Standard input: {"endpoint", "transport", "message_encryption", "username", "password", "ca", "cert_pem",
"cert_key_pem", "commands": [{"command", "arguments"}]}.
Standard output: a list of {"status", "stdout", "stderr"} (texts), or {"error": <class name>}.
"""

import json
import sys

# NTLM needs MD4, which OpenSSL 3 has in its legacy provider alone; cryptography loads that with its backend.
import cryptography.hazmat.backends.openssl.backend  # noqa: F401
from winrm.protocol import Protocol


def run(protocol, shell, command, arguments):
    command_id = protocol.run_command(shell, command, arguments)
    stdout, stderr, status = protocol.get_command_output(shell, command_id)
    protocol.cleanup_command(shell, command_id)
    return {"status": status, "stdout": stdout.decode("utf-8"), "stderr": stderr.decode("utf-8")}


def main():
    request = json.load(sys.stdin)
    protocol = Protocol(
        endpoint=request["endpoint"],
        transport=request["transport"],
        message_encryption=request["message_encryption"],
        username=request["username"],
        password=request["password"],
        ca_trust_path=request["ca"],
        server_cert_validation="validate",
        cert_pem=request["cert_pem"],
        cert_key_pem=request["cert_key_pem"],
    )
    try:
        shell = protocol.open_shell(codepage=65001)
        results = [run(protocol, shell, item["command"], item["arguments"]) for item in request["commands"]]
        protocol.close_shell(shell)
    except Exception as error:  # the test wants to see which one
        results = {"error": type(error).__name__, "message": str(error)}
    json.dump(results, sys.stdout)


main()
