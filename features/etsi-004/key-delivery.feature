@etsi-004 @key-delivery
Feature: Delivery of keys
  The KMS asks for keys once; from then on the QKD device pushes them, one call a key, and the KMS
  answers each. Both ends of a stream get the same keys.
  ETSI GS QKD 004 push mode, get-key and key-material

  @qkd-device
  Scenario: The same keys come at both ends
    Given keys are pushed at both ends
    Then the same keys come at both ends

  @qkd-device
  Scenario: The QKD device begins once it was asked
    Given a stream is open at both ends
    When the KMS sends GET_KEY
    Then the QKD device answers GET_KEY_ACCEPTED
    And the QKD device sends KEY_MATERIAL

  @qkd-device
  Scenario: Each key is as long as was agreed on
    Given keys are pushed at both ends
    Then the same keys come at both ends
    And each key has 32 bytes

  @qkd-device
  Scenario: The QKD device has no keys for a stream that there is not
    When the KMS sends GET_KEY with
      | key_stream_id | 00000000-0000-4000-8000-00000000dead |
    Then the QKD device answers GET_KEY_REFUSED

  @qkd-device @hostile
  Scenario: The QKD device has no keys where no stream is named
    Given a stream is open at both ends
    When the KMS sends GET_KEY without key_stream_id
    Then the QKD device answers GET_KEY_REFUSED or CALL_REFUSED

  @kms
  Scenario: The KMS takes the keys that it asked for
    Given keys are pushed at the source
    When the QKD device pushes 1 key
    Then the KMS takes 1 key

  @kms
  Scenario Outline: The KMS takes a key that is pushed <form>
    Given keys are pushed at the source
    When the QKD device pushes a key <form>
    Then the KMS takes 1 key

    Examples:
      | form                            |
      | in chunks                       |
      | with a member that nobody knows |

  @kms
  Scenario: The KMS answers a key that it has already
    Given keys are pushed at the source
    When the QKD device pushes 1 key
    And the QKD device pushes the same key again
    Then the KMS answers it

  @kms @hostile
  Scenario Outline: The KMS takes no key <form>
    Given keys are pushed at the source
    When the QKD device pushes a key <form>
    Then the KMS does not take it

    Examples:
      | form                      |
      | that is no JSON           |
      | without an index          |
      | without a key             |
      | that is no base 64        |
      | whose index is -1         |
      | whose index needs 33 bits |
      | to another path           |
      | by PUT                    |

  @kms @hostile
  Scenario: The KMS answers a key of a stream that nobody opened
    Given keys are pushed at the source
    When the QKD device pushes a key of a stream that nobody opened
    Then the KMS answers it

  @kms
  Scenario: The KMS goes on after a key that it did not take
    Given keys are pushed at the source
    When the QKD device pushes a key that is no JSON
    And the QKD device pushes 1 key
    Then the KMS takes 1 key
