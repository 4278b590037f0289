"""Sends messages over WinRM as an NTLM client that others wrote (gss-ntlmssp), raw or within MIT's SPNEGO.

Standard input: {"endpoint", "mechanism": "ntlm" | "spnego", "username", "password", "ca", "certificate_hash",
"messages": [text]}. Over https the messages go as they are, over http sealed; `certificate_hash` (hexadecimal) binds
the handshake to the channel.
Standard output: [status of the handshake's end, then {"status", "body"} of each message].
"""

import base64
import http.client
import json
import re
import ssl
import struct
import sys
from urllib.parse import urlsplit

import gssapi
from gssapi.raw import ChannelBindings
from gssapi.raw.ext_password import acquire_cred_with_password

MECHANISMS = {
    "ntlm": gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10"),
    "spnego": gssapi.OID.from_int_seq("1.3.6.1.5.5.2"),
}
BOUNDARY = b"--Encrypted Boundary"
OCTETS = b"\tContent-Type: application/octet-stream\r\n"
PROTOCOL = "application/HTTP-SPNEGO-session-encrypted"
SEALED_TYPE = f'multipart/encrypted;protocol="{PROTOCOL}";boundary="Encrypted Boundary"'
SIGNATURE_LENGTH = 16


class Client:
    def __init__(self, request):
        url = urlsplit(request["endpoint"])
        self.seals = url.scheme == "http"
        if self.seals:
            self.http = http.client.HTTPConnection(url.hostname, url.port)
        else:
            context = ssl.create_default_context(cafile=request["ca"])
            self.http = http.client.HTTPSConnection(url.hostname, url.port, context=context)
        self.path = url.path
        mechanism = MECHANISMS[request["mechanism"]]
        name = gssapi.Name(request["username"], gssapi.NameType.user)
        password = request["password"].encode()
        credentials = acquire_cred_with_password(name, password, usage="initiate", mechs=[mechanism])
        bound = request["certificate_hash"]
        self.context = gssapi.SecurityContext(
            name=gssapi.Name(f"HTTP@{url.hostname}", gssapi.NameType.hostbased_service),
            creds=gssapi.Credentials(base=credentials.creds),
            mech=mechanism,
            usage="initiate",
            flags=[gssapi.RequirementFlag.confidentiality, gssapi.RequirementFlag.integrity],
            channel_bindings=bound
            and ChannelBindings(application_data=b"tls-server-end-point:" + bytes.fromhex(bound)),
        )

    def post(self, body, headers):
        self.http.request("POST", self.path, body, headers)
        response = self.http.getresponse()
        return response.status, response.headers, response.read()

    def authenticate(self):
        token = self.context.step()
        while True:
            authorization = "Negotiate " + base64.b64encode(token).decode()
            status, headers, _ = self.post(b"", {"Authorization": authorization})
            answer = re.match(r"Negotiate (\S+)", headers.get("WWW-Authenticate", ""))
            if answer is None:
                return status
            token = self.context.step(base64.b64decode(answer[1]))
            if self.context.complete and token is None:
                return status

    def send(self, message):
        if not self.seals:
            status, _, body = self.post(message, {"Content-Type": "application/soap+xml;charset=UTF-8"})
            return status, body
        sealed = self.context.wrap(message, True).message
        part = f"\r\n\tContent-Type: {PROTOCOL}\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8"
        body = b"".join(
            [
                BOUNDARY,
                f"{part};Length={len(message)}\r\n".encode(),
                BOUNDARY,
                b"\r\n",
                OCTETS,
                struct.pack("<I", SIGNATURE_LENGTH),
                sealed,
                BOUNDARY,
                b"--\r\n",
            ]
        )
        status, _, answer = self.post(body, {"Content-Type": SEALED_TYPE})
        begin = answer.index(OCTETS) + len(OCTETS) + 4
        return status, self.context.unwrap(answer[begin : -len(BOUNDARY) - 4]).message


def main():
    request = json.load(sys.stdin)
    client = Client(request)
    results = [client.authenticate()]
    if results[0] == 200:
        for message in request["messages"]:
            status, body = client.send(message.encode())
            results.append({"status": status, "body": body.decode()})
    json.dump(results, sys.stdout)


main()
