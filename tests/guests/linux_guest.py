#!/usr/bin/env python3
"""The provisioning agent of a Linux guest, as far as Hyper-V's KVP exchange sees it.

It shares no code with AetherV or its simulator: it knows the pool files of the Linux integration services
and version 1 of the provisioning protocol, and it leaves all cryptography to the openssl program. It reads
and writes nothing but the pool files of one folder and the file that takes what it was told.

usage: linux_guest.py <folder with the pool files> <file for the values> [--version 1.0.0] [--poll 5]

Ends with 0 after provisioningapplied and with 1 after provisioningfailed.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time

KEY_BYTES = 512
VALUE_BYTES = 2048
RECORD_BYTES = KEY_BYTES + VALUE_BYTES

META = "hlvmm.meta."
DATA = "hlvmm.data."


class ProvisioningFailed(Exception):
    """Says what failed in the words that the host gets: `error <verb>:<thing>`."""


def read_pool(path):
    """The records of a pool file; one that is not there yet has none."""
    try:
        with open(path, "rb") as pool:
            content = pool.read()
    except FileNotFoundError:
        return {}
    items = {}
    for start in range(0, len(content) - RECORD_BYTES + 1, RECORD_BYTES):
        record = content[start : start + RECORD_BYTES]
        key = record[:KEY_BYTES].split(b"\0", 1)[0].decode("utf-8")
        value = record[KEY_BYTES:].split(b"\0", 1)[0].decode("utf-8")
        if key:
            items[key] = value
    return items


def write_pool(path, items):
    content = b"".join(
        key.encode("utf-8").ljust(KEY_BYTES, b"\0") + value.encode("utf-8").ljust(VALUE_BYTES, b"\0")
        for key, value in items.items()
    )
    with open(path + ".guest", "wb") as pool:
        pool.write(content)
    os.replace(path + ".guest", path)


def openssl(*arguments, data=None):
    done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=False)
    if done.returncode != 0:
        raise ProvisioningFailed("error run:openssl " + arguments[0])
    return done.stdout


class Guest:
    def __init__(self, folder, version, poll):
        self.from_host = os.path.join(folder, ".kvp_pool_0")
        self.to_host = os.path.join(folder, ".kvp_pool_1")
        self.version = version
        self.poll = poll

    def say(self, **items):
        """Publishes items of ours; an empty one goes away."""
        pool = read_pool(self.to_host)
        for name, value in items.items():
            pool.pop(META + name, None)
            if value:
                pool[META + name] = value
        write_pool(self.to_host, pool)

    def wait_for(self, state):
        while True:
            items = read_pool(self.from_host)
            if items.get(META + "host_provisioning_system_state") == state:
                if items.get(META + "version") == self.version:
                    return items
            time.sleep(self.poll)

    def provision(self):
        """One run from the host's question to the values it sent."""
        self.wait_for("waitingforpublickey")
        with tempfile.TemporaryDirectory() as private:
            key = os.path.join(private, "key.pem")
            openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
            public = openssl("rsa", "-in", key, "-RSAPublicKey_out", "-outform", "DER")
            self.say(guest_provisioning_public_key=base64.b64encode(public).decode("ascii"))
            self.say(
                guest_provisioning_error="",
                guest_provisioning_system_state="waitingforaeskey",
            )
            items = self.wait_for("provisioningdatapublished")
            return unseal(items, key)


def unseal(items, key):
    """Unwraps the AES key, decrypts every value, and checks them against the host's checksum."""
    wrapped = base64.b64decode(items.get(META + "shared_aes_key", ""))
    # OpenSSL 3.2 and later answer a wrong padding with random bytes; the checksum finds that out below.
    aes_key = openssl(
        "pkeyutl", "-decrypt", "-inkey", key, "-pkeyopt", "rsa_padding_mode:pkcs1", data=wrapped
    )
    if len(aes_key) != 32:
        raise ProvisioningFailed("error decrypt:shared_aes_key")

    names = sorted({re.sub(r"\._\d+$", "", item[len(DATA) :]) for item in items if item.startswith(DATA)})
    values = {name: read_value(items, name, aes_key) for name in names}
    digest = hashlib.sha256("|".join(values.values()).encode("utf-8")).digest()
    if base64.b64encode(digest).decode("ascii") != items.get(META + "provisioning_system_checksum"):
        raise ProvisioningFailed("error verify:checksum")
    return values


def read_value(items, name, aes_key):
    """A value that stands in one piece wins over its chunks `._0`, `._1` and so on."""
    if DATA + name in items:
        return decrypt(items[DATA + name], aes_key)
    value = ""
    for number in range(30):
        chunk = items.get(f"{DATA}{name}._{number}")
        if chunk is None:
            break
        value += decrypt(chunk, aes_key)
    return value


def decrypt(item, aes_key):
    sealed = base64.b64decode(item)
    plain = openssl(
        "enc", "-d", "-aes-256-cbc", "-K", aes_key.hex(), "-iv", sealed[:16].hex(), data=sealed[16:]
    )
    return plain.decode("utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("values")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--poll", type=float, default=5.0)
    arguments = parser.parse_args()

    guest = Guest(arguments.folder, arguments.version, arguments.poll)
    try:
        values = guest.provision()
        guest.say(guest_provisioning_system_state="applying")
        with open(arguments.values, "w", encoding="utf-8") as output:
            json.dump(values, output, ensure_ascii=False, indent=2)
    except (ProvisioningFailed, OSError, ValueError) as error:
        guest.say(
            guest_provisioning_error=(str(error) or "error provision:guest")[:200],
            guest_provisioning_system_state="provisioningfailed",
        )
        return 1
    guest.say(guest_provisioning_system_state="provisioningapplied")
    return 0


if __name__ == "__main__":
    sys.exit(main())
