@etsi-004 @closing
Feature: Closing a key stream
  Each end of a stream is closed for itself. Calls and pushes use different connections: a key may
  be under way while close is.
  ETSI GS QKD 004 push mode, close

  @qkd-device
  Scenario: The QKD device closes a stream while its keys are under way
    Given keys are pushed at both ends
    When the KMS sends CLOSE
    Then the QKD device answers CLOSE_ACCEPTED

  @qkd-device
  Scenario: There are no keys of a stream that is closed
    Given a stream is open at the source
    When the KMS sends CLOSE
    Then the QKD device answers CLOSE_ACCEPTED
    When the KMS sends GET_KEY
    Then the QKD device answers GET_KEY_REFUSED

  @qkd-device
  Scenario: The QKD device closes no stream that there is not
    When the KMS sends CLOSE with
      | key_stream_id | 00000000-0000-4000-8000-00000000dead |
    Then the QKD device answers CLOSE_REFUSED

  @qkd-device @hostile
  Scenario: The QKD device closes nothing where no stream is named
    Given a stream is open at the source
    When the KMS sends CLOSE without key_stream_id
    Then the QKD device answers CLOSE_REFUSED or CALL_REFUSED

  @kms
  Scenario: The KMS closes what it has opened
    Given keys are pushed at the source
    Then the KMS leaves no stream open

  @kms
  Scenario: The KMS closes a stream for which there are no keys
    Given the KMS asks for keys at the source
    When the QKD device answers GET_KEY_REFUSED with
      | status | 4 |
    Then the KMS leaves no stream open
