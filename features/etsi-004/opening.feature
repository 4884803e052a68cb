@etsi-004 @opening
Feature: Opening a key stream
  A KMS asks the QKD device of its node for a key stream: first at the source, where the device
  makes the id, then at the destination, where that id is given.
  ETSI GS QKD 004 push mode, open-connect

  @qkd-device
  Scenario: The QKD device opens a stream at the source
    When the KMS sends OPEN_CONNECT
    Then the QKD device answers OPENED or COUNTER_PROPOSED

  @qkd-device
  Scenario: Both ends of a stream have the same id
    Given a stream is open at both ends
    Then both ends have the same id

  @qkd-device
  Scenario: A stream that is open is not opened once more
    Given a stream is open at both ends
    When the KMS opens the stream once more
    Then the QKD device answers OPEN_REFUSED

  @qkd-device
  Scenario Outline: What the KMS leaves open is up to the QKD device: <member>
    When the KMS asks for a stream whose <member> is null
    Then the QKD device answers OPENED or COUNTER_PROPOSED

    Examples:
      | member         |
      | key_chunk_size |
      | max_bps        |
      | ttl            |

  @qkd-device @hostile
  Scenario Outline: The QKD device opens no stream without <member>
    When the KMS sends OPEN_CONNECT without <member>
    Then the QKD device answers OPEN_REFUSED or CALL_REFUSED

    Examples:
      | member      |
      | source      |
      | destination |
      | qos         |

  @qkd-device @hostile
  Scenario: The QKD device takes no text for a number
    When the KMS asks for a stream whose key_chunk_size is "large"
    Then the QKD device answers OPEN_REFUSED or CALL_REFUSED

  @kms
  Scenario: The KMS leaves the id to the QKD device at the source
    Then the KMS sends OPEN_CONNECT with
      | key_stream_id | null |

  @kms
  Scenario: The KMS gives the id of the source at the destination
    Given the KMS asks for the stream at the destination
    When the QKD device answers OPENED
    Then both ends have the same id

  @kms
  Scenario: The KMS asks for no keys of a stream that is refused
    Given the KMS asks for a stream at the source
    When the QKD device answers OPEN_REFUSED with
      | status | 4 |
    Then the KMS asks for no keys

  @kms
  Scenario: The KMS asks anew after a counter proposal, or leaves
    Given the KMS asks for a stream at the source
    When the QKD device answers COUNTER_PROPOSED
    Then the KMS asks for no keys
