@central-kms @registration
Feature: Registration of a sidecar
  A sidecar opens a WebSocket, says who it is, gets two keys and a challenge, and proves by its
  signatures that it has read them. It has one attempt.
  Central KMS Socket, Register and Challenge

  @central-kms
  Scenario: A sidecar gets keys and a challenge
    Given the sidecar is connected
    When the sidecar sends REGISTER
    Then the central KMS answers REGISTERED
    And the batchKey has 128 digits
    And the rowKey has 64 digits

  @central-kms
  Scenario: A sidecar that has read its keys is registered
    Given the sidecar has keys and a challenge
    When the sidecar sends CHALLENGE
    Then the central KMS answers CHALLENGE_ACCEPTED

  @central-kms
  Scenario Outline: One attempt: <what>
    Given the sidecar has keys and a challenge
    When the sidecar proves itself <how>
    Then the central KMS refuses it with the code <code>
    And the central KMS closes the connection

    Examples:
      | what                        | how                          | code  |
      | the batch signature is wrong | with a batch signature of another text | 40004 |
      | the row signature is wrong   | with a row signature of another text   | 40005 |

  @central-kms @hostile
  Scenario: A sidecar without a UUID gets no keys
    Given the sidecar is connected
    When the sidecar calls register with
      | id          | payments-1 |
      | serviceName | payments   |
    Then the central KMS refuses it with the code -32602

  @central-kms
  Scenario Outline: Nothing is done before its time: <message>
    Given the sidecar is connected
    When the sidecar sends <message>
    Then the central KMS answers KMS_ERROR

    Examples:
      | message   |
      | CHALLENGE |
      | BATCH     |

  @sidecar
  Scenario: The sidecar registers, and proves that it has read its keys
    Given the sidecar registers
    When the central KMS answers REGISTERED
    Then the sidecar sends CHALLENGE

  @sidecar
  Scenario: The sidecar takes another id, or leaves, where its own is taken
    Given the sidecar registers
    When the central KMS refuses it as taken
    Then the sidecar sends REGISTER or CLOSE_FRAME

  @sidecar
  Scenario: The sidecar saves nothing before it is registered
    Given the sidecar proves itself
    When the central KMS answers CHALLENGE_ACCEPTED
    Then the sidecar sends BATCH, PING or CLOSE_FRAME
