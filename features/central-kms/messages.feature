@central-kms @messages
Feature: JSON-RPC over WebSocket
  All messages are JSON-RPC 2.0 in text frames: errors have codes, answers have the id of their
  call, and the frames below keep to RFC 6455.

  @central-kms @hostile
  Scenario Outline: A call that is wrong is refused, and the next one is served: <oddity>
    Given the sidecar is registered
    When the sidecar sends a text that <oddity>
    Then the central KMS refuses it with the code <code>
    When the sidecar sends BATCH
    Then the central KMS answers BATCH_STORED

    Examples:
      | oddity                        | code   |
      | is no JSON                    | -32700 |
      | is no call                    | -32600 |
      | calls a method that is not    | -32601 |
      | calls a method without params | -32602 |

  @central-kms @hostile
  Scenario: Nobody answers a call without an id
    Given the sidecar is registered
    When the sidecar sends a text that is a notification
    And the sidecar sends BATCH
    Then the central KMS answers BATCH_STORED

  @central-kms
  Scenario: A message in fragments is one message
    Given the sidecar is registered
    When the sidecar sends BATCH in three fragments
    Then the central KMS answers BATCH_STORED

  @central-kms
  Scenario: A ping has its pong
    Given the sidecar is registered
    When the sidecar sends PING
    Then the central KMS answers PONG

  @central-kms @hostile
  Scenario: A frame that is not masked ends the connection
    Given the sidecar is registered
    When the sidecar sends BATCH without a mask
    Then the central KMS closes the connection

  @central-kms
  Scenario: The close frame of a sidecar is answered
    Given the sidecar is connected
    When the sidecar sends CLOSE_FRAME
    Then the central KMS answers CLOSE_FRAME

  @sidecar
  Scenario: The sidecar answers pings
    Given the sidecar is registered
    When the central KMS sends PING
    Then the sidecar answers PONG

  @sidecar
  Scenario: The sidecar answers the close frame of the KMS
    Given the sidecar is registered
    When the central KMS sends CLOSE_FRAME
    Then the sidecar answers CLOSE_FRAME
