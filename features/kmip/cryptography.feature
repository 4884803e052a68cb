@kmip @cryptography
Feature: Cryptographic operations
  What a server makes with the keys that it keeps is what everybody else would make with them.
  KMIP 2.1, Encrypt; Decrypt; Sign; Signature Verify; Hash; RNG Retrieve

  @server
  Scenario: What was encrypted is decrypted
    Given a key is Active
    When the KMIP client encrypts 00112233445566778899aabbccddeeff with the key
    Then it succeeds
    When the KMIP client decrypts it with the key
    Then it gives 00112233445566778899aabbccddeeff

  @server
  Scenario: What was tampered with is not decrypted
    Given a key is Active
    When the KMIP client encrypts 0badcafe with the key
    Then it succeeds
    When the KMIP client decrypts it with the key and another tag
    Then it fails

  @server
  Scenario: A signature is valid for what was signed, and for nothing else
    When the KMIP client makes a pair of keys and activates both
    And the KMIP client signs 48656c6c6f with the private key
    Then it succeeds
    When the KMIP client verifies it of 48656c6c6f with the public key
    Then the signature is Valid
    When the KMIP client verifies it of 48656c6c6e with the public key
    Then the signature is Invalid

  @server
  Scenario: A digest is that of everybody
    When the KMIP client asks for Hash with
      | Data | "616263" |
    Then it gives ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad

  @server
  Scenario: Random bytes are as many as were asked for, and others each time
    When the KMIP client asks for RNG Retrieve with
      | DataLength | 32 |
    Then it gives 32 bytes
    When the KMIP client asks for RNG Retrieve with
      | DataLength | 32 |
    Then it gives 32 bytes

  @server
  Scenario: A key is used for what it was made for
    When the KMIP client asks for Create with
      | Attributes | {"CryptographicAlgorithm": "AES", "CryptographicLength": 256, "CryptographicUsageMask": "Encrypt"} |
    Then it succeeds
    When the KMIP client asks for Activate of the key
    Then it succeeds
    When the KMIP client encrypts 0badcafe with the key
    Then it succeeds
    When the KMIP client decrypts it with the key
    Then it fails
