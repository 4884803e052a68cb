"""PyKMIP's client through a session, against a server on 127.0.0.1: one line a step that went well.

    python client.py <port> <version> <ca> <certificate> <key>
"""

import sys

from kmip.core import enums
from kmip.core.factories.attributes import AttributeFactory
from kmip.pie import client, exceptions, objects

port, version, ca, cert, key = int(sys.argv[1]), sys.argv[2], *sys.argv[3:6]
use = enums.CryptographicUsageMask
algorithms = enums.CryptographicAlgorithm
data = b"sixteen bytes ok"
cbc = {
    "block_cipher_mode": enums.BlockCipherMode.CBC,
    "padding_method": enums.PaddingMethod.PKCS5,
    "cryptographic_algorithm": algorithms.AES,
}
rsa = {
    "padding_method": enums.PaddingMethod.PKCS1v15,
    "cryptographic_algorithm": algorithms.RSA,
    "hashing_algorithm": enums.HashingAlgorithm.SHA_256,
    "digital_signature_algorithm": enums.DigitalSignatureAlgorithm.SHA256_WITH_RSA_ENCRYPTION,
}


def step(name, is_right=True):
    if not is_right:
        sys.exit("wrong: " + name)
    print(name, flush=True)


with client.ProxyKmipClient(
    hostname="127.0.0.1",
    port=port,
    cert=cert,
    key=key,
    ca=ca,
    ssl_version="PROTOCOL_TLSv1_2",
    kmip_version=getattr(enums.KMIPVersion, "KMIP_" + version.replace(".", "_")),
) as peer:
    uid = peer.create(algorithms.AES, 256, name="made in " + version, cryptographic_usage_mask=[use.ENCRYPT, use.DECRYPT])
    step("create", isinstance(uid, str))
    name = AttributeFactory().create_attribute(enums.AttributeType.NAME, "made in " + version)
    step("locate", peer.locate(attributes=[name]) == [uid])
    step("get", len(peer.get(uid).value) == 32)
    step("get attribute list", "State" in peer.get_attribute_list(uid))
    found, attributes = peer.get_attributes(uid, ["State", "Cryptographic Length"])
    step("get attributes", found == uid and len(attributes) == 2)
    peer.activate(uid)
    step("activate")
    text, _ = peer.encrypt(data, uid, cbc, iv_counter_nonce=b"\x01" * 16)
    step("encrypt", data not in text)
    step("decrypt", peer.decrypt(text, uid, cbc, iv_counter_nonce=b"\x01" * 16) == data)
    given = objects.SymmetricKey(algorithms.AES, 128, b"\x02" * 16, masks=[use.ENCRYPT], name="given in " + version)
    step("register", peer.get(peer.register(given)).value == b"\x02" * 16)
    public, private = peer.create_key_pair(
        algorithms.RSA, 2048, public_usage_mask=[use.VERIFY], private_usage_mask=[use.SIGN]
    )
    step("create key pair", public != private)
    peer.activate(private)
    peer.activate(public)
    signature = peer.sign(data, private, rsa)
    step("sign", len(signature) == 256)
    verdict = peer.signature_verify(data, signature, public, rsa)
    step("signature verify", verdict == enums.ValidityIndicator.VALID)
    secret = peer.create(algorithms.HMAC_SHA256, 256, cryptographic_usage_mask=[use.MAC_GENERATE])
    peer.activate(secret)
    step("mac", len(peer.mac(data, secret, algorithms.HMAC_SHA256)[1]) == 32)
    try:
        peer.destroy(uid)
        step("destroy of an active key is refused", False)
    except exceptions.KmipOperationFailure:
        step("destroy of an active key is refused")
    peer.revoke(enums.RevocationReasonCode.CESSATION_OF_OPERATION, uid)
    step("revoke")
    peer.destroy(uid)
    step("destroy")
