"""Accepts logons by the machine's own GSS-API: NTLM by gss-ntlmssp, SPNEGO by MIT Kerberos.

Reads one JSON object a line from standard input and answers each with one on standard output:
start {mechanism, bindings?}, step {token}, unwrap {data}, wrap {data}. Bytes are base64.
"""

import base64
import json
import sys

import gssapi
from gssapi.raw import ChannelBindings

MECHANISMS = {
    "ntlm": gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10"),
    "spnego": gssapi.OID.from_int_seq("1.3.6.1.5.5.2"),
}


def decoded(text):
    return base64.b64decode(text)


def encoded(data):
    return base64.b64encode(data or b"").decode("ascii")


class Acceptor:
    def __init__(self, mechanism, bindings=None):
        channel = ChannelBindings(application_data=decoded(bindings)) if bindings else None
        credentials = gssapi.Credentials(usage="accept", mechs=[MECHANISMS[mechanism]])
        self.context = gssapi.SecurityContext(creds=credentials, usage="accept", channel_bindings=channel)

    def step(self, token):
        answer = {"token": encoded(self.context.step(decoded(token))), "complete": self.context.complete}
        if self.context.complete:
            answer["name"] = str(self.context.initiator_name).rstrip("\0")
        return answer

    def unwrap(self, data):
        message = self.context.unwrap(decoded(data))
        return {"data": encoded(message.message), "encrypted": message.encrypted}

    def wrap(self, data):
        return {"data": encoded(self.context.wrap(decoded(data), True).message)}


def main():
    acceptor = None
    for line in sys.stdin:
        request = json.loads(line)
        operation = request.pop("operation")
        try:
            if operation == "start":
                acceptor = Acceptor(**request)
                answer = {}
            else:
                answer = getattr(acceptor, operation)(**request)
        except gssapi.exceptions.GSSError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


main()
